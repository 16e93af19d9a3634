using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>
/// A ticket's life told step by step, with its clocks. Queries are of the form <c>word = value</c> over type, priority,
/// status, assigned, team and the clocks of two metrics.
/// </summary>
internal sealed class Story(ConfigurationSnapshot configuration, SlaFold? engine = null)
{
    public static readonly Instant Monday9 = Instant.FromUtc(2026, 11, 23, 0, 0);
    public static readonly PersonId Requester = new(1);
    private static readonly PersonId Agent = new(2);

    private readonly List<RecordedEvent> events = [];
    private readonly Dictionary<long, TicketState> states = [];
    private readonly Dictionary<long, ConfigurationSnapshot> revisions = [];

    private static readonly SlaFold Own = new((query, ticket, _, _) => Matches(query, ticket));

    public SlaFold Fold { get; } = engine ?? Own;

    public ConfigurationSnapshot Configuration { get; set; } = configuration;

    public Instant Now { get; private set; } = Monday9;

    public TicketState? Ticket { get; private set; }

    public ValueList<SlaClock> Clocks { get; private set; } = [];

    public IReadOnlyList<RecordedEvent> Events => events;

    public SlaClock Clock => Assert.Single(Clocks);

    public SlaClock Last => Clocks[^1];

    public IEnumerable<string> TimerKeys => Fold.Timers(Clocks).Select(timer => timer.Key);

    public long Version => Ticket?.Version ?? 0;

    public Story After(Duration time)
    {
        Now += time;
        return this;
    }

    public Story Hours(double hours) => After(Duration.FromHours(hours));

    public Story Open(Priority priority = Priority.Medium, string status = "new", PersonId? assignee = null)
    {
        var opened = new TicketOpened(
            new TicketId(1),
            new TicketKey("ITSD", 1),
            "incident",
            null,
            "Printer burns",
            "",
            status,
            CategoryOf(status),
            priority,
            Requester,
            null,
            assignee,
            null,
            ValueMap<FieldValue>.Empty,
            [],
            Channel.Portal,
            null
        );
        return Record(
            opened,
            new TicketState
            {
                Id = opened.Id,
                Key = opened.Key,
                Version = 1,
                Type = opened.Type,
                Summary = opened.Summary,
                Description = opened.Description,
                Status = status,
                Category = opened.Category,
                Priority = priority,
                Requester = Requester,
                Assignee = assignee,
                Channel = opened.Channel,
                CreatedAt = Now,
                UpdatedAt = Now,
                PublicUpdatedAt = Now,
                StatusSince = Now,
            }
        );
    }

    public Story Move(string status, Actor? actor = null)
    {
        var before = State;
        return Record(
            new StatusChanged("go", before.Status, status, CategoryOf(status), status == "closed", null),
            before with
            {
                Status = status,
                Category = CategoryOf(status),
                ClosedAt = status == "closed" ? Now : null,
            },
            actor
        );
    }

    public Story Raise(Priority priority) =>
        Record(new PriorityChanged(State.Priority, priority), State with { Priority = priority });

    public Story Assign(PersonId? assignee = null, bool toNobody = false)
    {
        var person = toNobody ? (PersonId?)null : assignee ?? Agent;
        return Record(new TicketAssigned(person, null), State with { Assignee = person });
    }

    public Story GiveTo(long? team) =>
        Record(
            new TicketAssigned(State.Assignee, team is { } id ? new TeamId(id) : null),
            State with
            {
                Team = team is { } given ? new TeamId(given) : null,
            }
        );

    public Story SetField(string field, decimal value) =>
        Record(
            new FieldsChanged(ValueMap<FieldValue?>.Empty.SetItem(field, new NumberValue(value))),
            State with
            {
                Fields = State.Fields.SetItem(field, new NumberValue(value)),
            }
        );

    public Story AgentComments(ActorKind kind = ActorKind.Person, Channel? channel = null) =>
        Record(
            new PublicCommentAdded(Version + 1, "Hello", ByCustomer: false, []) { Channel = channel },
            State with
            {
                PublicComments = State.PublicComments + 1,
            },
            new Actor(kind, Agent)
        );

    public Story CustomerComments() =>
        Record(
            new PublicCommentAdded(Version + 1, "Hello?", ByCustomer: true, []),
            State with
            {
                PublicComments = State.PublicComments + 1,
            },
            Actor.Of(Requester)
        );

    public Story Attaches(PersonId by, Visibility visibility = Visibility.Public) =>
        Record(
            new FilesAttached([new AttachedFile(Version + 1, "scan.pdf", "application/pdf", 1, "aa")], visibility),
            State,
            Actor.Of(by)
        );

    public Story AgentNotes(Channel? channel = null) =>
        Record(new InternalNoteAdded(Version + 1, "Hm", []) { Channel = channel }, State);

    /// <summary>Asks for an approval, by a policy or by hand.</summary>
    public Story AsksApproval(string? policy = null)
    {
        var id = Version + 1;
        var title = LocalizedText.Of("May we?");
        return Record(
            new ApprovalRequested(id, title, policy, [], false, null, false, false, null, null, null),
            State with
            {
                Approvals = State.Approvals.Add(
                    new Approval
                    {
                        Id = id,
                        Title = title,
                        Policy = policy,
                        Steps = [],
                        RequestedAt = Now,
                    }
                ),
            }
        );
    }

    /// <summary>Ends the newest approval.</summary>
    public Story EndsApproval(ApprovalState state)
    {
        var last = State.Approvals[^1];
        return Record(
            new ApprovalEnded(last.Id, state, null, false),
            State with
            {
                Approvals = State.Approvals.SetItem(State.Approvals.Count - 1, last with { State = state }),
            }
        );
    }

    public Story Edit() => Record(new TextEdited("Printer still burns", null), State);

    /// <summary>Records what each timer due by now wants, at the instant it was due, as a grain does before a command.</summary>
    public Story Sweep()
    {
        var until = Now;
        while (Fold.Timers(Clocks).Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt) is { } timer)
        {
            var wanted = Fold.OnTimer(Clocks, timer);
            Assert.NotNull(wanted);
            Now = Instant.Max(timer.DueAt, State.UpdatedAt);
            Record(wanted, State, Actor.System);
        }

        Now = until;
        return this;
    }

    public ClockReading Reading() => ClockReading.Of(Last, Now, Configuration);

    public ClockLedger Ledger() => SlaLedger.Of(Last, Now, Configuration);

    /// <summary>Two people correct the newest clock.</summary>
    public Story Correct(ValueList<CorrectedSpan> spans, params ReadOnlySpan<long> keptGoals) =>
        Record(
            new SlaCorrected(Last.Metric, Last.Cycle, spans, ValueList.Create(keptGoals), "Why", Requester, Agent),
            State
        );

    /// <summary>Merges the ticket into another, as the product does: one that is not done is closed with it.</summary>
    public Story Merge()
    {
        var (before, key) = (State, new TicketKey("ITSD", 2));
        var standing = new StandingBeforeMerge(
            before.Status,
            before.Category,
            before.Resolution,
            before.StatusSince,
            before.ResolvedAt,
            before.ClosedAt,
            before.ReopenCount
        );
        Record(
            new TicketMerged(new TicketId(2), key),
            before with
            {
                Merged = new MergedInto(new TicketId(2), key, Now, standing),
            }
        );
        return before.Category == StatusCategory.Done ? this : Move("closed");
    }

    /// <summary>Undoes the merge: the status comes back, and then the ticket is one of its own again.</summary>
    public Story Unmerge()
    {
        if (State.Merged is not { } merged)
        {
            throw new InvalidOperationException("The ticket is not merged.");
        }

        if (merged.Before.Status != State.Status)
        {
            Move(merged.Before.Status);
        }

        return Record(
            new MergeUndone(merged.Ticket, merged.Key),
            State with
            {
                Merged = null,
                ClosedAt = merged.Before.ClosedAt,
            }
        );
    }

    /// <summary>The ticket after an event of the story.</summary>
    public TicketState? Evolve(TicketState? before, RecordedEvent recorded) => states[recorded.Version];

    /// <summary>Publishes the next version of a document, and brings it to the live clocks as the mode says.</summary>
    public Story Publish(ConfigurationDocument document, ChangeoverMode mode)
    {
        Configuration = Configuration.With(document);
        var isCalendar = document is CalendarDocument;
        var applied = new SlaVersionApplied(
            isCalendar ? DocumentKinds.Calendar : DocumentKinds.SlaPolicy,
            document.Id,
            isCalendar
                ? Configuration.VersionOf<CalendarDocument>(document.Id)
                : Configuration.VersionOf<SlaPolicyDocument>(document.Id),
            mode,
            [],
            Agent
        );
        if (mode == ChangeoverMode.NewTicketsOnly)
        {
            return this;
        }

        var recomputed =
            mode == ChangeoverMode.Recompute
                ? new SlaRecompute(Fold, Evolve).Of(events, Clocks, applied, Configuration)
                : [];
        return Record(applied with { Recomputed = recomputed }, State, Actor.System);
    }

    /// <summary>The clocks once more from the first event.</summary>
    public ValueList<SlaClock> Refold() =>
        new SlaRefold(Fold, (_, recorded) => states[recorded.Version]).Recompute(
            events,
            revision => revisions[revision]
        );

    private TicketState State => Ticket ?? throw new InvalidOperationException("The ticket was not opened.");

    private Story Record(TicketEvent happened, TicketState after, Actor? actor = null)
    {
        var recorded = new RecordedEvent(
            after.Id,
            Version + 1,
            0,
            happened,
            Now,
            actor ?? Actor.Of(Agent),
            Configuration.Revision,
            null,
            0
        );
        after = after with { Version = recorded.Version, UpdatedAt = Now };
        Clocks = Fold.Apply(Clocks, Ticket, after, recorded, Configuration);
        Ticket = after;
        events.Add(recorded);
        states[recorded.Version] = after;
        revisions[Configuration.Revision] = Configuration;
        return this;
    }

    private static StatusCategory CategoryOf(string status) =>
        status switch
        {
            "new" => StatusCategory.New,
            "in-progress" => StatusCategory.Active,
            "resolved" or "closed" => StatusCategory.Done,
            _ => StatusCategory.Waiting,
        };

    private static bool Matches(string query, TicketSnapshot snapshot)
    {
        var (ticket, parts) = (snapshot.State, query.Split(" = "));
        return parts[0] switch
        {
            "type" => ticket.Type == parts[1],
            "status" => ticket.Status == parts[1],
            "priority" => string.Equals($"{ticket.Priority}", parts[1], StringComparison.OrdinalIgnoreCase),
            "assigned" => ticket.Assignee is not null == (parts[1] == "true"),
            "team" => $"\"Team {ticket.Team?.Value}\"" == parts[1],
            "clocks" => $"{snapshot.Clocks.Count}" == parts[1],
            "measure" or SlaSamples.Metric => snapshot.Clocks.LastOrDefault(one => one.Metric == parts[0]) is { } clock
                && string.Equals(
                    parts[1] is "running" or "paused" ? $"{clock.Status}" : $"{clock.Verdict}",
                    parts[1],
                    StringComparison.OrdinalIgnoreCase
                ),
            "plan" => ticket.Facet<string>("crm") == parts[1],
            _ => throw new InvalidOperationException(query),
        };
    }
}
