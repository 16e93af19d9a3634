using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Pages.Rules;

/// <summary>What an agent's page of a ticket says about rules.</summary>
/// <param name="Runs">What rules did here, newest first.</param>
/// <param name="Answers">For each rule, why it did not act, or when it did.</param>
/// <param name="Callable">Rules that can be started by hand.</param>
public sealed record AutomationView(
    IReadOnlyList<RuleRunLine> Runs,
    IReadOnlyList<(RuleDocument Rule, string Answer)> Answers,
    IReadOnlyList<RuleDocument> Callable
);

/// <summary>Reads what rules did on a ticket, and answers for each why it did not act.</summary>
public sealed class TicketAutomation(
    IRuleRuns runs,
    IRuleDrafts drafts,
    RuleRunLines lines,
    RuleSentences sentences,
    ClockAnswers clocks,
    ITicketGrains grains,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
)
{
    private const int Shown = 50;

    /// <summary>How many runs the part of the page would show.</summary>
    public Task<int> CountAsync(TicketId ticket, CancellationToken cancellation) =>
        runs.CountAsync(ticket, Shown, cancellation);

    /// <summary>The part of the page; the viewer works on the ticket's desk.</summary>
    public async Task<AutomationView> ReadAsync(TicketState ticket, CancellationToken cancellation)
    {
        var question = new RuleRunQuestion { Ticket = ticket.Id };
        var written = await lines.WriteAsync(await runs.FindAsync(question, Shown, cancellation), cancellation);
        var waits = await runs.WaitsAsync(ticket.Id, cancellation);
        var snapshot = configuration.Snapshot;
        var rules = RuleTriggers.InOrder(snapshot).ToList();
        var answers = new List<(RuleDocument, string)>();
        foreach (var rule in rules)
        {
            var last =
                written.FirstOrDefault(line => line.Run.Rule == rule.Id)
                ?? await LastAsync(ticket.Id, rule.Id, written.Count, cancellation);
            var answer = Answer(rule, ticket, last, waits, snapshot);
            answers.Add((rule, last is null ? await WithClockAsync(rule, ticket, answer, cancellation) : answer));
        }

        foreach (var draft in await drafts.AllAsync(cancellation))
        {
            if (rules.TrueForAll(rule => rule.Id != draft.Rule))
            {
                answers.Add(
                    ((RuleDocument)DocumentText.FromStored(DocumentKinds.Rule, draft.Document), texts["rule.why-draft"])
                );
            }
        }

        return new AutomationView(written, answers, [.. rules.Where(rule => rule.MayBeCalled(ticket.Desk))]);
    }

    private async Task<string> WithClockAsync(
        RuleDocument rule,
        TicketState ticket,
        string answer,
        CancellationToken cancellation
    ) =>
        rule.Enabled && rule.IsFor(ticket.Desk) && await grains.GetAsync(ticket.Id, cancellation) is { } found
            ? $"{answer} {await clocks.OfAsync(rule, found, cancellation)}".TrimEnd()
            : answer;

    // Only where there is more than what is shown.
    private async Task<RuleRunLine?> LastAsync(TicketId ticket, string rule, int shown, CancellationToken cancellation)
    {
        if (shown < Shown)
        {
            return null;
        }

        var found = await runs.FindAsync(new RuleRunQuestion { Ticket = ticket, Rule = rule }, 1, cancellation);
        return (await lines.WriteAsync(found, cancellation)).FirstOrDefault();
    }

    private string Answer(
        RuleDocument rule,
        TicketState ticket,
        RuleRunLine? last,
        IReadOnlyList<RuleWait> waits,
        IConfiguration snapshot
    )
    {
        if (!rule.Enabled)
        {
            return texts["rule.why-off"];
        }

        if (!rule.IsFor(ticket.Desk))
        {
            return texts.Format("rule.why-other-desk", string.Join(", ", rule.Desks));
        }

        if (waits.FirstOrDefault(wait => wait.Rule == rule.Id) is { } waiting)
        {
            return texts.Format("rule.why-waits", times.Moment(waiting.DueAt));
        }

        return last is null
            ? texts.Format("rule.why-never", sentences.Write(rule, snapshot).When)
            : Answer(last, times.Moment(last.Run.At));
    }

    private string Reason(RuleRun run) => run.Detail.Script is { } said ? lines.Said(said) : "";

    private string Answer(RuleRunLine last, string at) =>
        last.Run.Outcome switch
        {
            RuleOutcome.Not => texts.Format("rule.why-not-met", at, RuleRunLines.Reasons(last)),
            RuleOutcome.Undecided => texts.Format("rule.why-undecided", at, Reason(last.Run)),
            RuleOutcome.Answered => texts.Format("rule.why-answered", at),
            RuleOutcome.Loop => texts.Format("rule.why-loop", at),
            RuleOutcome.ActorGone => texts.Format("rule.why-actor-gone", at),
            _ when last.Run.HasRefusals => texts.Format("rule.why-refused", at, RuleRunLines.Reasons(last)),
            _ => texts.Format("rule.why-did", at),
        };
}
