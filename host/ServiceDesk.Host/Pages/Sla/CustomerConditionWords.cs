using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>
/// What ends a promise or lets it wait, in the customer's words. Only what customers see happen is told: queries, teams,
/// notes and approvals are none of theirs, and a condition that such a one narrows is not told at all.
/// </summary>
public sealed class CustomerConditionWords(ITexts texts, ICurrentConfiguration configuration)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "resolved",
        "closed",
        "reopened",
        "agent-comment",
        "agent-mail",
        "phone-note",
        "customer-comment",
    };

    /// <summary>Sentences on what comes next of a live clock, each with its icon.</summary>
    /// <param name="type">The ticket's type, whose statuses have the names.</param>
    public IEnumerable<(string Icon, string Sentence)> Of(ClockLedger ledger, string type)
    {
        var workflow = configuration.Snapshot.WorkflowOf(type);
        return new[]
        {
            ("flag", "stops", ledger.Stops),
            ("player-pause", "pauses", ledger.Pauses),
            ("refresh", "resets", ledger.Resets),
            ("circle-x", "cancels", ledger.Cancels),
        }
            .Select(list => (list.Item1, list.Item2, Words: Write(list.Item3, workflow)))
            .Where(list => list.Words.Length > 0)
            .Select(list => (list.Item1, texts.Format($"promises.customer-{list.Item2}-next", list.Words)));
    }

    private string Write(ValueList<SlaCondition> conditions, WorkflowDocument? workflow) =>
        string.Join(
            ", ",
            conditions
                .Where(condition => string.IsNullOrWhiteSpace(condition.Query))
                .Select(condition => Write(condition, workflow))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
        );

    private string? Write(SlaCondition condition, WorkflowDocument? workflow) =>
        condition switch
        {
            { On: { } happening } => Known.Contains(happening) ? texts[$"promises.customer-on-{happening}"] : null,
            { Status: { } id } => workflow?.Status(id) is { } status
                ? texts.Format("promises.customer-in-status", (status.CustomerName ?? status.Name).ToString())
                : null,
            _ => null,
        };
}
