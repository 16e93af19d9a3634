using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Problems.Api;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Pages;

/// <summary>Solves a problem: shows what each customer will read, lets choose who is told, and tells how far it is.</summary>
[Authorize(Policy = ProblemsPlugin.WorkPermission)]
public sealed class SolveModel(ProblemDoor door, Solution solution, IConfigurationReader configuration, ITexts texts)
    : PageModel
{
    private HashSet<string>? chosen;

    /// <summary>The problem.</summary>
    public TicketState Problem { get; private set; } = null!;

    /// <summary>The message to customers who read English.</summary>
    public string English { get; private set; } = string.Empty;

    /// <summary>The message to customers who read Korean.</summary>
    public string Korean { get; private set; } = string.Empty;

    /// <summary>The chosen resolution of the problem.</summary>
    public string? Resolution { get; private set; }

    /// <summary>The resolutions of the problem's workflow.</summary>
    public IReadOnlyList<WorkflowResolution> Resolutions { get; private set; } = [];

    /// <summary>Each incident with its message.</summary>
    public IReadOnlyList<PreviewedMessage> Messages { get; private set; } = [];

    /// <summary>Why nothing was told.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>Whether the incident is ticked; at first everyone is.</summary>
    public bool IsChosen(TicketState incident) => chosen?.Contains(incident.Key.ToString()) ?? true;

    /// <summary>Shows the messages as the settings propose them.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        (English, Korean) = solution.Proposed();
        return await DrawAsync(cancellation);
    }

    /// <summary>Shows the messages as typed, or tells them.</summary>
    public async Task<IActionResult> OnPostAsync(
        string? key,
        string? act,
        string? english,
        string? korean,
        string? resolution,
        string[] incidents,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        (English, Korean, Resolution) = (Lines(english), Lines(korean), resolution);
        chosen = [.. incidents];
        if (act != "solve")
        {
            return await DrawAsync(cancellation);
        }

        var keys = incidents.SelectMany(text => TicketKey.TryParse(text, out var one) ? new[] { one } : []);
        var tell = new TellIncidents(keys.Distinct().ToValueList(), English, Korean);
        var answer = await solution.SolveAsync(HttpContext.CurrentViewer()!, Problem, tell, resolution, cancellation);
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{Problem.Key}"));
        }

        Refusals = [.. answer.Refusals.Select(texts.Say)];
        Response.StatusCode = RefusedResult.StatusOf(answer.Refusals[0]);
        return await DrawAsync(cancellation);
    }

    private static string Lines(string? text) => (text ?? string.Empty).ReplaceLineEndings("\n");

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        if (await door.FindAsync(HttpContext.CurrentViewer()!, key, cancellation) is not { } found)
        {
            return false;
        }

        Problem = found;
        Resolutions =
            configuration.Current.TryGet<TicketTypeDocument>(found.Type, out var type)
            && configuration.Current.TryGet<WorkflowDocument>(type.Workflow, out var workflow)
                ? workflow.Resolutions
                : [];
        return true;
    }

    private async Task<PageResult> DrawAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        Messages = await solution.PreviewAsync(viewer, Problem, English, Korean, cancellation);
        return Page();
    }
}
