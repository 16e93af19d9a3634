using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ServiceDesk.Host.Intake.OpenForms;

/// <summary>
/// Answers 429 before anything is read of a large form from an address that sent too much. Small forms are read, so that what was typed
/// into them is not lost when it is refused.
/// </summary>
public sealed class LargeForms(OpenFormLimits limits) : IAuthorizationFilter
{
    /// <summary>From how many bytes on a form is a large one.</summary>
    public const long Large = 256 * 1024;

    /// <summary>In front of what reads the form: the limits of its size, and the check of its token.</summary>
    public const int Order = 800;

    /// <inheritdoc/>
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        if (
            HttpMethods.IsPost(request.Method)
            // One that does not say how long it is may be of any length.
            && (request.ContentLength ?? long.MaxValue) > Large
            && limits.TakeLarge(context.HttpContext.Connection.RemoteIpAddress) is { } wait
        )
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            // Else the page that says so would read it for its own parameters.
            request.ContentType = null;
            context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }
    }
}
