using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Rules;

/// <summary>
/// Why a rule that runs by the clock left a ticket alone. It goes only over tickets that match its query, so that of the others
/// nothing is recorded: the query is asked again, on the ticket as it is.
/// </summary>
public sealed class ClockAnswers(
    QueryLanguage language,
    RuleRunLines lines,
    ICurrentConfiguration configuration,
    ITicketQueries queries,
    IPeopleStore people,
    IViewers viewers,
    ReaderTimes times,
    IClock clock,
    ITexts texts
)
{
    /// <summary>The answer in one sentence; empty when the clock does not set the rule off.</summary>
    public async Task<string> OfAsync(RuleDocument rule, TicketSnapshot ticket, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var called = rule.When.Where(trigger => trigger.On == TriggerWords.Schedule).ToList();
        if (called.Count == 0)
        {
            return "";
        }

        if (rule.Actor is { } email && !await SeesAsync(email, ticket, cancellation))
        {
            return texts.Format("rule.why-clock-actor", email);
        }

        var snapshot = configuration.Snapshot;
        if (!language.Holds(rule.Condition, ticket, now, snapshot))
        {
            return texts.Format("rule.why-clock-unmet", await ReasonsAsync(rule, ticket, now, cancellation));
        }

        var next = called.Select(trigger => Schedules.Next(trigger.Cron!, trigger.Zone, now)).OfType<Instant>();
        return next.Order().Select(at => texts.Format("rule.why-clock-next", times.Moment(at))).FirstOrDefault("");
    }

    private async Task<bool> SeesAsync(string email, TicketSnapshot ticket, CancellationToken cancellation) =>
        await people.FindByEmailAsync(email, cancellation) is { } person
        && await viewers.OfAsync(person.Id, cancellation) is { } viewer
        && await queries.FindByKeyAsync(viewer, ticket.State.Key, cancellation) is not null;

    private async Task<string> ReasonsAsync(
        RuleDocument rule,
        TicketSnapshot ticket,
        Instant now,
        CancellationToken cancellation
    )
    {
        var detail = new RuleRunDetail
        {
            Trigger = TriggerWords.Schedule,
            TicketVersion = ticket.State.Version,
            Condition = rule.Condition,
            Truth = language.Explain(rule.Condition, ticket, now, configuration.Snapshot),
        };
        var run = new RuleRun(0, rule.Id, 0, ticket.State.Id, "", now, RuleOutcome.Not, detail);
        return RuleRunLines.Reasons((await lines.WriteAsync([run], rule, cancellation))[0]);
    }
}
