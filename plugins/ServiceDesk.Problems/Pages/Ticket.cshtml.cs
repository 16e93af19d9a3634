using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Links.Reading;
using ServiceDesk.Problems.Api;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.Pages;

/// <summary>What is known of a problem and which incidents belong to it. Works without JavaScript.</summary>
[Authorize(Policy = ProblemsPlugin.WorkPermission)]
public sealed class TicketModel(
    ProblemDoor door,
    ITicketGrains grains,
    ITicketQueries queries,
    ProblemIncidents incidents,
    SimilarIncidents similar,
    IConfigurationReader configuration,
    ITexts texts
) : PageModel
{
    private static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>The problem.</summary>
    public TicketState Problem { get; private set; } = null!;

    /// <summary>Its incidents that the viewer may see.</summary>
    public IReadOnlyList<TicketState> Incidents { get; private set; } = [];

    /// <summary>Tickets that may be attached: found by the query, or similar ones.</summary>
    public IReadOnlyList<TicketState> Offered { get; private set; } = [];

    /// <summary>What became of tickets that were to be attached.</summary>
    public IReadOnlyList<AttachedItem> Report { get; private set; } = [];

    /// <summary>Why nothing changed.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>A query for tickets to attach.</summary>
    [BindProperty(SupportsGet = true, Name = "query")]
    public string? Query { get; set; }

    /// <summary>Whether the offered tickets were found by a query.</summary>
    public bool IsSearch => !string.IsNullOrWhiteSpace(Query);

    /// <summary>Keys that were typed and refused.</summary>
    public string Typed { get; private set; } = string.Empty;

    /// <summary>As typed or saved.</summary>
    public bool IsKnownError { get; private set; }

    /// <summary>As typed or saved.</summary>
    public bool Publish { get; private set; }

    /// <summary>As typed or saved.</summary>
    public string Workaround { get; private set; } = string.Empty;

    /// <summary>As typed or saved.</summary>
    public string RootCause { get; private set; } = string.Empty;

    /// <summary>The name of a ticket's status.</summary>
    public string StatusOf(TicketState ticket) =>
        StatusNames.Of(configuration.Current, ticket, isCustomer: false).ToString();

    /// <summary>Shows everything.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ? await DrawAsync(cancellation) : NotFound();

    /// <summary>Writes down what is known.</summary>
    public async Task<IActionResult> OnPostDescribeAsync(
        string? key,
        bool known,
        string? cause,
        string? workaround,
        bool publish,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        var command = new DescribeProblem(
            known,
            (workaround ?? "").ReplaceLineEndings("\n"),
            publish,
            (cause ?? "").ReplaceLineEndings("\n")
        );
        var envelope = CommandEnvelope.By(HttpContext.CurrentViewer()!, command);
        var answer = await grains.SendAsync(Problem.Id, envelope, cancellation);
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{Problem.Key}"));
        }

        (IsKnownError, Publish, Workaround, RootCause) = (known, publish, command.Workaround, command.RootCause);
        Refusals = [.. answer.Refusals.Select(texts.Say)];
        Response.StatusCode = RefusedResult.StatusOf(answer.Refusals[0]);
        return await DrawAsync(cancellation);
    }

    /// <summary>Attaches tickets and tells of each what became of it.</summary>
    /// <param name="keys">Ticked ones.</param>
    /// <param name="more">Typed ones.</param>
    public async Task<IActionResult> OnPostAttachAsync(
        string? key,
        string[] keys,
        string? more,
        bool wait,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        var typed = (more ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var done = await incidents.AttachAsync(
            HttpContext.CurrentViewer()!,
            Problem.Id,
            keys.Concat(typed),
            wait,
            cancellation
        );
        Report = [.. done.Select(one => AttachedItem.Of(one, texts))];
        Typed = string.Join(", ", done.Where(one => one.Refusal is not null).Select(one => one.Key));
        await FindAsync(key, cancellation);
        return await DrawAsync(cancellation);
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        if (await door.FindAsync(HttpContext.CurrentViewer()!, key, cancellation) is not { } found)
        {
            return false;
        }

        Problem = found;
        var known = found.Problem();
        (IsKnownError, Publish, Workaround, RootCause) = (
            known.IsKnownError,
            known.IsPublished,
            known.Workaround,
            known.RootCause
        );
        return true;
    }

    private async Task<PageResult> DrawAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        Incidents = await incidents.OfAsync(viewer, Problem, cancellation);
        Offered = IsSearch ? await SearchAsync(viewer, cancellation) : await SimilarAsync(viewer, cancellation);
        return Page();
    }

    private async Task<IReadOnlyList<TicketState>> SimilarAsync(Viewer viewer, CancellationToken cancellation) =>
        [.. (await similar.FindAsync(viewer, Problem, cancellation)).Select(one => one.Ticket)];

    private async Task<IReadOnlyList<TicketState>> SearchAsync(Viewer viewer, CancellationToken cancellation)
    {
        try
        {
            var page = await queries.FindAsync(viewer, Query!, ProblemIncidents.MostAtOnce, null, cancellation);
            var attached = Incidents.Select(one => one.Id).Append(Problem.Id).ToHashSet();
            return [.. page.Items.Select(item => item.State).Where(one => !attached.Contains(one.Id))];
        }
        catch (QueryException wrong)
        {
            Refusals = [.. Refusals, texts.Format(wrong.Error.Code, [.. wrong.Error.Arguments])];
            return [];
        }
    }
}
