using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ServiceDesk.Host.Pages.Errors;

/// <summary>An answer that is not a page, in words.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(Duration = 0, Location = ResponseCacheLocation.None, NoStore = true)]
public sealed class ErrorModel : PageModel
{
    /// <summary>Which sentence: <c>403</c>, <c>404</c>, <c>400</c>, <c>429</c>, <c>500</c> or <c>503</c>.</summary>
    public string Kind { get; private set; } = "404";

    /// <summary>The icon for it.</summary>
    public string Icon =>
        Kind switch
        {
            "401" => "login",
            "403" => "lock",
            "404" => "zoom-question",
            "400" => "refresh",
            "429" => "clock",
            _ => "plug",
        };

    /// <summary>By which the entry in the log is found; null unless the product failed.</summary>
    public string? Trace { get; private set; }

    /// <summary>Any method: what failed may have been a post.</summary>
    public void OnGet() => Show();

    /// <summary>As for get.</summary>
    public void OnPost() => Show();

    /// <summary>As for get.</summary>
    public void OnPut() => Show();

    /// <summary>As for get.</summary>
    public void OnPatch() => Show();

    /// <summary>As for get.</summary>
    public void OnDelete() => Show();

    /// <summary>As for get.</summary>
    public void OnOptions() => Show();

    private void Show()
    {
        // Of the address alone: the form that failed may have a field of the same name, or be none that can be read.
        var asked = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        // The handler of exceptions has set a finer status than the one in its path.
        var status = asked == 500 && Response.StatusCode >= 400 ? Response.StatusCode : asked;
        Kind = status switch
        {
            401 => "401",
            403 => "403",
            400 or 413 or 415 => "400",
            429 => "429",
            503 => "503",
            >= 500 => "500",
            _ => "404",
        };
        Response.StatusCode = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Trace = status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
    }
}
