using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>One pure step of a ticket: what the grain does between loading and committing.</summary>
/// <param name="After">The ticket after the step; null when it was refused and did not exist.</param>
/// <param name="Events">What is to be recorded, numbered after the ticket's version, positions 0; empty when refused or nothing changed.</param>
/// <param name="Refusals">Reasons for a no. Events of timers that were due before the command may stand beside them and are committed all the same.</param>
/// <param name="Timers">All instants that now follow from the state.</param>
public sealed record TicketStep(
    TicketSnapshot? After,
    ValueList<RecordedEvent> Events,
    ValueList<Refusal> Refusals,
    ValueList<DerivedTimer> Timers
);

/// <summary>
/// The pure heart of a grain: catches up on timers that were due before <c>now</c> (each recorded at the instant it was
/// due), decides the command, lets policies check and follow, evolves state, facets and clocks, and derives the timers.
/// </summary>
/// <param name="extensions">What plugins add.</param>
/// <param name="sla">The SLA engine.</param>
/// <param name="condition">The query language, for conditions of transitions.</param>
public sealed partial class TicketEngine(TicketExtensions extensions, ISlaFold sla, TicketCondition condition)
{
    /// <summary>What plugins add.</summary>
    public TicketExtensions Extensions { get; } = extensions;

    /// <summary>The desk on which identity and key must be reserved before the step; null when the command needs none or the desk does not exist.</summary>
    public static string? DeskToReserve(TicketState? before, TicketCommand command, IConfiguration configuration)
    {
        var desk = (before, command) switch
        {
            (null, OpenTicket open) => open.Desk,
            ({ } ticket, MoveTicket move) when move.Desk != ticket.Desk => move.Desk,
            _ => null,
        };
        return desk is not null && configuration.TryGet<DeskDocument>(desk, out _) ? desk : null;
    }

    /// <summary>Takes one step. Never throws on what people, plugins or documents do.</summary>
    /// <param name="before">The ticket; null when it is being opened.</param>
    /// <param name="envelope">The command.</param>
    /// <param name="configuration">The configuration under which it is decided.</param>
    /// <param name="now">The clock's instant. An importer's <see cref="CommandEnvelope.At"/> stands for it; should the clock have gone back, the ticket's last event does.</param>
    /// <param name="reservation">Identity and key, where <see cref="DeskToReserve"/> names a desk.</param>
    /// <param name="facts">What <see cref="FactsQuestion.Of"/> asks for.</param>
    /// <exception cref="InvalidOperationException">A needed reservation is missing.</exception>
    public TicketStep Step(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        IConfiguration configuration,
        Instant now,
        TicketReservation? reservation,
        DecisionFacts facts
    )
    {
        if (ImportRules.Time(envelope, before?.State, now) is { } wrongTime)
        {
            return Refused(before, configuration, wrongTime);
        }

        var at = Instant.Max(envelope.At ?? now, before?.State.UpdatedAt ?? Instant.MinValue);
        var course = CatchUp(new Course(this, before, configuration), at);
        var context = new DecisionContext(at, envelope, configuration) { Facts = facts.OfPlugins };
        var decision = Expected(before, envelope, configuration, at) is { } refusal
            ? Decision.Refuse(refusal)
            : Decide(course, context, facts, reservation);
        var (after, refusals) = decision.IsAccepted
            ? Settle(course, decision.Events, context)
            : (null, decision.Refusals);
        course = after ?? course;
        return new TicketStep(course.Ticket, course.Recorded, refusals, course.Timers());
    }

    private Decision Decide(
        Course course,
        DecisionContext context,
        DecisionFacts facts,
        TicketReservation? reservation
    ) =>
        context.Envelope.Command switch
        {
            ChangeTicket { Parts.Count: 0 } => Decision.Refuse(Refusal.Invalid(RefusalCodes.PartsNotPossible, null)),
            ChangeTicket change => DecideTogether(course, change.Parts, context, facts),
            OpenTicket { Then.Count: > 0 } open when course.Ticket is null => DecideOpening(
                course,
                open,
                context,
                facts,
                reservation
            ),
            _ => Ticket.Decide(new TicketQuestion(course.Ticket, context, facts, reservation, condition), Extensions),
        };

    // What is done to the new ticket is decided on it as it was just opened.
    private Decision DecideOpening(
        Course course,
        OpenTicket open,
        DecisionContext context,
        DecisionFacts facts,
        TicketReservation? reservation
    )
    {
        var opening = context with { Envelope = context.Envelope with { Command = open with { Then = [] } } };
        var opened = Decide(course, opening, facts, reservation);
        if (!opened.IsAccepted)
        {
            return opened;
        }

        // Who keeps it from the own organization and shares it with that one says two things; which of them is meant is asked.
        if (
            opened.Events.OfType<TicketOpened>().Single() is { IsPrivate: true, Organization: { } own }
            && open.Then.OfType<ShareTicket>().Any(share => share.Organization == own)
        )
        {
            return Decision.Refuse(Refusal.Invalid(RefusalCodes.SharedThoughPrivate, "sharedWith"));
        }

        var further = DecideTogether(course.With(opened.Events, opening), open.Then, context, facts);
        return further.IsAccepted ? Decision.Accept([.. opened.Events, .. further.Events]) : further;
    }

    // Every part's refusals are told, though one is enough to refuse them all.
    private Decision DecideTogether(
        Course course,
        ValueList<TicketCommand> parts,
        DecisionContext context,
        DecisionFacts facts
    )
    {
        if (
            parts.Any(part =>
                part is ChangeTicket or OpenTicket or MoveTicket or MergeTicket or UndoMerge or RedactText or RedactFile
            )
        )
        {
            return Decision.Refuse(Refusal.Invalid(RefusalCodes.PartsNotPossible, null));
        }

        var (events, refusals) = (new List<TicketEvent>(), new List<Refusal>());
        foreach (var part in parts)
        {
            var partly = context with { Envelope = context.Envelope with { Command = part } };
            var decision = Decide(course, partly, facts, reservation: null);
            course = course.With(decision.Events, partly);
            events.AddRange(decision.Events);
            refusals.AddRange(decision.Refusals);
        }

        return refusals.Count == 0 ? Decision.Accept(events) : Decision.Refuse(refusals);
    }

    private TicketStep Refused(TicketSnapshot? before, IConfiguration configuration, Refusal refusal)
    {
        var course = new Course(this, before, configuration);
        return new TicketStep(before, [], [refusal], course.Timers());
    }

    // The sender's view must be the current one, where the sender asks for that. What time brings in this very step is not held against it.
    private Refusal? Expected(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        IConfiguration configuration,
        Instant at
    ) =>
        envelope switch
        {
            { ExpectedVersion: { } version } when version != (before?.State.Version ?? 0) => new Refusal(
                RefusalKind.Stale,
                RefusalCodes.VersionStale,
                []
            ),
            { Command: FireTimer fire } when before is not null && envelope.Viewer is null => WhyNotFire(
                new DerivedTimer(fire.Key, fire.DueAt),
                new Course(this, before, configuration),
                at
            ),
            _ => null,
        };

    // A due timer takes effect by the catching up; the command only says whether there was one.
    private static Refusal? WhyNotFire(DerivedTimer timer, Course before, Instant at) =>
        (timer.DueAt <= at, before.Timers().Contains(timer)) switch
        {
            (_, false) => Refusal.Conflict(RefusalCodes.TimerGone, timer.Key),
            (false, true) => Refusal.Conflict(RefusalCodes.TimerNotDue, timer.Key),
            _ => null,
        };

    // Lets policies add what follows and object. Nothing of a refused course stays.
    private (Course? After, ValueList<Refusal> Refusals) Settle(
        Course course,
        ValueList<TicketEvent> events,
        DecisionContext context
    )
    {
        if (events.Count == 0)
        {
            return (course, []);
        }

        var before = course.Ticket?.State;
        var trial = course.With(events, context);
        foreach (var policy in Extensions.Policies)
        {
            var state = trial.Ticket!.State;
            var following = Extensions.Guard(
                $"policy {policy.GetType().Name}",
                () => policy.Follow(before, state, events, context).ToValueList(),
                []
            );
            trial = trial.With(following, context);
            events = [.. events, .. following];
        }

        ValueList<TicketEvent> left = [.. Ticket.LeftBehind(trial.Ticket!.State)];
        trial = trial.With(left, context);
        events = [.. events, .. left];

        var after = trial.Ticket!.State;
        var refusals = Extensions
            .Policies.SelectMany(policy =>
                Extensions.Guard(
                    $"policy {policy.GetType().Name}",
                    () => policy.Check(before, after, events, context).ToValueList(),
                    []
                )
            )
            .ToValueList();
        return refusals.Count == 0 ? (trial, []) : (null, refusals);
    }
}
