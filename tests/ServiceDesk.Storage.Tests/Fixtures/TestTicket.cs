using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>A ticket as a grain would hold it: makes commits from events.</summary>
public sealed class TestTicket
{
    private TestTicket(TicketState? state) => State = state!;

    public TicketState State { get; private set; }

    public ValueList<SlaClock> Clocks { get; set; } = [];

    public ValueList<DerivedTimer> Timers { get; set; } = [];

    public string? IdempotencyKey { get; set; }

    public Actor Actor { get; set; } = Actor.Of(new PersonId(7));

    public TicketSnapshot Snapshot => new(State, Clocks);

    /// <summary>A new ticket on a desk and the commit that opens it.</summary>
    public static async Task<(TestTicket Ticket, TicketCommit Commit)> NewAsync(
        ITicketStore store,
        string desk = "ITSD",
        string summary = "The printer is on fire",
        string description = "",
        string? externalId = null,
        ValueMap<FieldValue>? fields = null,
        long requester = 7
    )
    {
        var reservation = await store.ReserveAsync(desk, CancellationToken.None);
        var ticket = new TestTicket(null);
        var commit = ticket.Next(
            new TicketOpened(
                reservation.Id,
                reservation.Key,
                "incident",
                null,
                summary,
                description,
                "new",
                StatusCategory.New,
                Priority.Medium,
                new PersonId(requester),
                null,
                null,
                null,
                fields ?? ValueMap<FieldValue>.Empty,
                [],
                Channel.Portal,
                externalId
            )
        );
        return (ticket, commit);
    }

    /// <summary>A new ticket that is committed.</summary>
    public static async Task<TestTicket> OpenAsync(
        ITicketStore store,
        string desk = "ITSD",
        string summary = "The printer is on fire",
        string description = "",
        long requester = 7
    )
    {
        var (ticket, commit) = await NewAsync(store, desk, summary, description, requester: requester);
        Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(commit, CancellationToken.None)).Status);
        return ticket;
    }

    /// <summary>The commit of further events. The ticket is then as after it.</summary>
    public TicketCommit Next(params ReadOnlySpan<TicketEvent> events)
    {
        TicketState? before = State;
        var expected = before?.Version ?? 0;
        var id = before?.Id ?? ((TicketOpened)events[0]).Id;
        var recorded = new List<RecordedEvent>();
        foreach (var e in events)
        {
            var at = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromMinutes(expected + recorded.Count);
            recorded.Add(new RecordedEvent(id, expected + recorded.Count + 1, 0, e, at, Actor, 3, null, 0));
            State = Core.Tickets.Ticket.Evolve(State, recorded[^1], TicketExtensions.None)!;
        }

        return new TicketCommit
        {
            ExpectedVersion = expected,
            Before = before,
            After = Snapshot,
            Events = recorded.ToValueList(),
            Timers = Timers,
            IdempotencyKey = IdempotencyKey,
        };
    }

    /// <summary>Commits further events.</summary>
    public async Task<CommitOutcome> SendAsync(ITicketStore store, params TicketEvent[] events) =>
        await store.CommitAsync(Next(events), CancellationToken.None);

    /// <summary>The event of a public comment at the ticket's next version.</summary>
    public PublicCommentAdded Comment(string body, params ReadOnlySpan<AttachedFile> files) =>
        new(State.Version + 1, body, true, ValueList.Create(files));

    /// <summary>The event of an internal note at the ticket's next version.</summary>
    public InternalNoteAdded Note(string body, params ReadOnlySpan<AttachedFile> files) =>
        new(State.Version + 1, body, ValueList.Create(files));
}
