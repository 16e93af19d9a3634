using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Approvals;

/// <summary>What an approval could not do, in the reader's language.</summary>
/// <param name="Sentence">What it was.</param>
/// <param name="Reasons">Every reason.</param>
public sealed record TroubleWords(string Sentence, IReadOnlyList<string> Reasons)
{
    /// <summary>The words of a ticket's trouble; null when it has none.</summary>
    public static TroubleWords? Of(TicketState ticket, ITexts texts, IConfiguration configuration) =>
        ticket.ApprovalTrouble is { } trouble
            ? new(
                SentenceOf(ticket, trouble, texts, configuration),
                [.. trouble.Why.Select(one => texts.Format(one.Code, [.. FormErrors.Arguments(one, configuration)]))]
            )
            : null;

    private static string SentenceOf(
        TicketState ticket,
        ApprovalTrouble trouble,
        ITexts texts,
        IConfiguration configuration
    )
    {
        if (trouble.Transition is not { } id)
        {
            var policy = trouble.Policy ?? "";
            return texts.Format(
                "approvals.trouble-not-asked",
                configuration.TryGet<ApprovalDocument>(policy, out var known) ? known.Name.ToString() : policy
            );
        }

        var way = configuration.WorkflowOf(ticket.Type)?.Transitions.FirstOrDefault(one => one.Id == id);
        var approval = trouble.Approval is { } number ? ticket.FindApproval(number)?.Title.ToString() : null;
        return texts.Format("approvals.trouble-not-followed", approval ?? "?", way?.Name.ToString() ?? id);
    }
}
