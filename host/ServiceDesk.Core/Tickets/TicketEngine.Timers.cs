using NodaTime;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

public sealed partial class TicketEngine
{
    /// <summary>The key of the timer that closes a ticket by itself.</summary>
    public const string AutoCloseTimer = "auto-close";

    // More timers due at once are worked off by the next steps, so that no plugin can hold a ticket for ever.
    private const int MostTimersInAStep = 1000;

    /// <summary>The timers that follow from a ticket under a configuration. One that has come and had no effect follows still, but is not stored.</summary>
    public ValueList<DerivedTimer> TimersOf(TicketSnapshot ticket, IConfiguration configuration) =>
        Derive(ticket, configuration).ToValueList();

    /// <summary>Whether a timer would have an effect on a ticket if it came now.</summary>
    public bool HasEffect(TicketSnapshot ticket, DerivedTimer timer, IConfiguration configuration)
    {
        var course = new Course(this, ticket, configuration);
        return course.Timers().Contains(timer) && Fire(course, timer).Ticket!.State.Version > ticket.State.Version;
    }

    // Works off what was due until an instant, in the order of the instants; each is recorded at its own.
    private Course CatchUp(Course course, Instant until)
    {
        for (var fired = 0; fired < MostTimersInAStep; fired++)
        {
            var next = course
                .Timers()
                .Where(timer => timer.DueAt <= until)
                .OrderBy(timer => timer.DueAt)
                .ThenBy(timer => timer.Key, StringComparer.Ordinal)
                .FirstOrDefault();
            if (next is null)
            {
                return course;
            }

            course = Fire(course, next).WithSpent(next);
        }

        return course;
    }

    private Course Fire(Course course, DerivedTimer timer)
    {
        var ticket = course.Ticket!;
        var at = Instant.Max(timer.DueAt, ticket.State.UpdatedAt);
        var envelope = new CommandEnvelope(new FireTimer(timer.Key, timer.DueAt), Actor.System);
        var context = new DecisionContext(at, envelope, course.Configuration);
        if (sla.OnTimer(ticket.Clocks, timer) is { } slaEvent)
        {
            // What a clock measured is a fact; no policy objects to it.
            return course.With([slaEvent], context);
        }

        return Settle(course, EventsOf(ticket.State, timer, course.Configuration), context).After ?? course;
    }

    private ValueList<TicketEvent> EventsOf(TicketState ticket, DerivedTimer timer, IConfiguration configuration)
    {
        if (timer.Key == AutoCloseTimer)
        {
            return
                configuration.WorkflowOf(ticket.Type) is { } workflow
                && Ticket.ClosingByItself(ticket, workflow) is { } closing
                ? [closing]
                : [];
        }

        if (ApprovalFold.OnTimer(ticket, timer) is { } ofApproval)
        {
            return [ofApproval];
        }

        var owner = timer.Key.Split(':')[0];
        return Extensions.Facets.TryGetValue(owner, out var model) && ticket.Facets.Find(owner) is { } facet
            ? Extensions.Guard($"timer {timer.Key}", () => model.OnTimer(ticket, facet, timer).ToValueList(), [])
            : [];
    }

    // Breaches of imported history belong into the record; anything else that was due in it acts on nothing any more.
    private IEnumerable<DerivedTimer> Derive(TicketSnapshot ticket, IConfiguration configuration) =>
        Acting(ticket.State, configuration)
            .Where(timer => ticket.State.ImportedUntil is not { } until || timer.DueAt > until)
            .Concat(sla.Timers(ticket.Clocks));

    private IEnumerable<DerivedTimer> Acting(TicketState ticket, IConfiguration configuration) =>
        AutoClose(ticket, configuration)
            .Concat(ApprovalFold.Timers(ticket))
            .Concat(Extensions.Facets.Values.SelectMany(model => Own(ticket, model)));

    private static IEnumerable<DerivedTimer> AutoClose(TicketState ticket, IConfiguration configuration) =>
        configuration.WorkflowOf(ticket.Type) is { AutoClose: { } rule } workflow
        && Ticket.ClosingByItself(ticket, workflow) is not null
            ? [new DerivedTimer(AutoCloseTimer, ticket.StatusSince + rule.After)]
            : [];

    // A plugin's timers bear its facet's name, so that none can take another's place.
    private ValueList<DerivedTimer> Own(TicketState ticket, FacetModel model) =>
        ticket.Facets.Find(model.Id) is { } facet
            ? Extensions.Guard(
                $"timers of {model.Id}",
                () =>
                    model
                        .Timers(ticket, facet)
                        .Where(timer => timer.Key.StartsWith(model.Id + ":", StringComparison.Ordinal))
                        .ToValueList(),
                []
            )
            : [];
}
