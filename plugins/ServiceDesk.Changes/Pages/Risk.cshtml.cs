using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Pages;

/// <summary>The questionnaire of a change's risk; works without JavaScript.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class RiskModel(ITicketQueries queries, ITicketGrains grains, ITexts texts) : PageModel
{
    /// <summary>The change.</summary>
    public TicketState Ticket { get; private set; } = null!;

    /// <summary>The answers, as given or as saved.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; private set; } = new Dictionary<string, string>();

    /// <summary>Why nothing changed.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>The tone of a level.</summary>
    public static string ToneOf(RiskLevel level) =>
        level switch
        {
            RiskLevel.High => "tone-red",
            RiskLevel.Medium => "tone-amber",
            _ => "tone-green",
        };

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Answers = (Ticket.Risk()?.Reasons ?? []).ToDictionary(reason => reason.Question, reason => reason.Answer);
        return Page();
    }

    /// <summary>Sends the command and goes back to the ticket.</summary>
    public async Task<IActionResult> OnPostAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Answers = RiskQuestions
            .All.Where(question => Request.Form[question.Id].Count > 0)
            .ToDictionary(question => question.Id, question => Request.Form[question.Id].ToString());
        var viewer = HttpContext.CurrentViewer()!;
        var answer = await grains.SendAsync(
            Ticket.Id,
            CommandEnvelope.By(viewer, new AssessRisk(ValueMap<string>.From(Answers))),
            cancellation
        );
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{Ticket.Key}"));
        }

        Refusals = [.. answer.Refusals.Select(texts.Say).Distinct()];
        return Page();
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        var found = await queries.FindWorkedAsync(HttpContext.CurrentViewer(), key, ChangesPlugin.Type, cancellation);
        Ticket = found!;
        return found is not null;
    }
}
