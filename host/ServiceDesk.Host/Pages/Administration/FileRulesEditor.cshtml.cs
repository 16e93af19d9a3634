using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Files;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Which files tickets take, and how large: for customers and for agents.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class FileRulesEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ITexts texts
) : PageModel
{
    /// <summary>Whose files rules are for.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["customers", "agents"];

    private static readonly char[] Between = [' ', ',', ';', '\t', '\r', '\n'];

    private FileRulesDocument current = FileRulesDocument.Standard;

    /// <summary>The version that the form was drawn from; 0 when nothing was configured.</summary>
    [BindProperty(Name = "version")]
    public int Version { get; set; }

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>What an input shows: what was typed, else what stands.</summary>
    /// <param name="part">One of <see cref="Parts"/>; null for the ticket.</param>
    /// <param name="what"><c>megabytes</c>, <c>allowed</c> or <c>refused</c>.</param>
    public string Text(string? part, string what)
    {
        if (Request.HasFormContentType)
        {
            return Request.Form[NameOf(part, what)].ToString();
        }

        var rules = part == "agents" ? current.Agents : current.Customers;
        return what switch
        {
            "megabytes" => (part is null ? current.TicketMegabytes : rules.Megabytes).ToString(
                CultureInfo.InvariantCulture
            ),
            "allowed" => string.Join(", ", rules.Allowed),
            _ => string.Join(", ", rules.Refused),
        };
    }

    /// <summary>The name of an input.</summary>
    public static string NameOf(string? part, string what) => part is null ? $"ticket-{what}" : $"{part}-{what}";

    public void OnGet() => Read();

    /// <summary>Saves the rules.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var version = Version;
        Read();
        var document = current with
        {
            TicketMegabytes = Number(null),
            Customers = Typed("customers"),
            Agents = Typed("agents"),
        };
        if (!Errors.Any)
        {
            var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null);
            var outcome = await editor.SaveAsync(documents.ToYaml(document), version, author, cancellation);
            if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
            {
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage();
            }

            Tell(outcome);
        }

        Version = version;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Tell(ConfigurationOutcome outcome)
    {
        if (outcome.Status == ConfigurationStatus.Conflict)
        {
            Errors.Add(null, "administration.conflict");
        }

        foreach (var problem in outcome.Problems.Select(found => found.Problem))
        {
            Errors.Add(FieldOf(problem.Path), problem.Code, [.. problem.Arguments]);
        }
    }

    // "/customers/refused/3" is told at the input of the list.
    private static string? FieldOf(string path) =>
        path.Split('/') switch
        {
            ["", "ticketMegabytes", ..] => NameOf(null, "megabytes"),
            ["", "customers" or "agents", var what, ..] parts => NameOf(parts[1], what),
            _ => null,
        };

    private FileRules Typed(string part) =>
        new()
        {
            Megabytes = Number(part),
            Allowed = Endings(part, "allowed"),
            Refused = Endings(part, "refused"),
        };

    private int Number(string? part)
    {
        var name = NameOf(part, "megabytes");
        var most = part is null ? 100_000 : FileRulesDocument.LargestFile;
        if (
            int.TryParse(Request.Form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
        )
        {
            return number;
        }

        Errors.Add(name, "files.megabytes-wrong", most.ToString(CultureInfo.CurrentCulture));
        return 1;
    }

    private ValueList<string> Endings(string part, string what)
    {
        var name = NameOf(part, what);
        var typed = Request
            .Form[name]
            .ToString()
            .Split(Between, StringSplitOptions.RemoveEmptyEntries)
            .Select(ending => ending.TrimStart('*', '.').ToLowerInvariant())
            .Distinct(StringComparer.Ordinal)
            .ToValueList();
        if (typed.FirstOrDefault(ending => !FileRuling.IsEnding(ending)) is { } wrong)
        {
            Errors.Add(name, "files.ending-wrong", wrong);
        }

        return typed;
    }

    private void Read()
    {
        var snapshot = configuration.Snapshot;
        current = FileRuling.Of(snapshot);
        Version = snapshot.TryGet<FileRulesDocument>(FileRulesDocument.Only, out _)
            ? snapshot.VersionOf<FileRulesDocument>(FileRulesDocument.Only)
            : 0;
    }
}
