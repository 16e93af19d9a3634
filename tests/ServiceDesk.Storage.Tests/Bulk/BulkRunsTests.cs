using NodaTime;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Bulk;

public sealed class BulkRunsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 2, 9, 0);
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly PersonId Me = new(81);
    private static readonly BulkChanges Changes = new()
    {
        Assignee = new BulkTo<PersonId>(null),
        Priority = Priority.High,
        AddLabels = ["장애"],
        Fields = Sdk
            .Values.ValueMap<FieldValue?>.Empty.SetItem("vendor", new TextValue("Contoso"))
            .SetItem("impact", null),
    };

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_choice_is_previewed_done_and_read_back(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, "priority = high", Tickets(3), Now);
        Assert.Equal(BulkState.Chosen, (await runs.FindAsync(id))!.State);
        Assert.False(await runs.RunAsync(id, Now));

        Assert.True(await runs.SayAsync(id, Changes, run: false, Now));
        Assert.False(await runs.SayAsync(id, Changes, run: false, Now));
        Assert.True(await runs.ClaimAsync(id, "a", Now, Now - Minute));
        var waiting = await runs.WaitingAsync(id, preview: true, 10);
        Assert.Equal([1, 2, 3], waiting.Select(ticket => ticket.Place));
        var refused = new BulkNotes([Refusal.Forbidden("refusal.agents-only", "a")], []);
        await runs.RecordAsync(
            id,
            "a",
            preview: true,
            [
                waiting[0] with
                {
                    Checked = BulkOutcome.Changes,
                    CheckedVersion = 7,
                },
                waiting[1] with
                {
                    Checked = BulkOutcome.MayNot,
                    Notes = refused,
                },
                waiting[2] with
                {
                    Checked = BulkOutcome.Changes,
                },
            ],
            Now
        );
        await runs.EndAsync(id, "a", Now);

        Assert.Equal(2, (await runs.CountAsync(id, preview: true))[BulkOutcome.Changes]);
        var mayNot = Assert.Single(await runs.TicketsAsync(id, preview: true, BulkOutcome.MayNot, 0, 10));
        Assert.Equal((2, refused), (mayNot.Place, mayNot.Notes));
        Assert.True(await runs.RunAsync(id, Now));
        Assert.Empty(await runs.ListAsync(new PersonId(82), 5));

        await FinishAsync(runs, id, BulkOutcome.Changes);
        var run = (await runs.FindAsync(id))!;
        Assert.Equal(
            (BulkState.Done, Changes, "priority = high", 3, Now),
            (run.State, run.Changes, run.Query, run.Total, run.FinishedAt!.Value)
        );
        Assert.Equal(1, await runs.CountOtherwiseAsync(id));
        Assert.Equal(id, Assert.Single(await runs.ListAsync(Me, 5), one => one.Id == id).Id);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_works_on_it_until_nothing_is_heard_of_it(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, null, Tickets(2), Now);
        await runs.SayAsync(id, Changes, run: true, Now);

        Assert.Contains(id, await runs.UnclaimedAsync(Now - Minute));
        Assert.True(await runs.ClaimAsync(id, "a", Now, Now - Minute));
        Assert.False(await runs.ClaimAsync(id, "b", Now, Now - Minute));
        Assert.DoesNotContain(id, await runs.UnclaimedAsync(Now - Minute));

        var later = Now + Minute + Minute;
        Assert.True(await runs.ClaimAsync(id, "b", later, later - Minute));
        var first = (await runs.WaitingAsync(id, preview: false, 1)).Single();
        Assert.False(await RecordAsync(runs, id, "a", first with { Outcome = BulkOutcome.Stays }));
        Assert.Equal([2], (await runs.WaitingAsync(id, preview: false, 5)).Select(ticket => ticket.Place));
        await runs.EndAsync(id, "a", Now);
        Assert.True((await runs.FindAsync(id))!.IsAtWork);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Who_lost_it_writes_over_nothing_that_another_one_told(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, null, Tickets(1), Now);
        await runs.SayAsync(id, Changes, run: true, Now);
        await runs.ClaimAsync(id, "a", Now, Now - Minute);
        var ticket = (await runs.WaitingAsync(id, preview: false, 1)).Single();
        var later = Now + Minute + Minute;
        await runs.ClaimAsync(id, "b", later, later - Minute);
        var done = ticket with { Outcome = BulkOutcome.Changes, FromVersion = 3, ToVersion = 4 };
        Assert.True(await RecordAsync(runs, id, "b", done));

        Assert.False(await RecordAsync(runs, id, "a", ticket with { Outcome = BulkOutcome.Stays }));

        var kept = Assert.Single(await runs.TicketsAsync(id, false, BulkOutcome.Changes, 0, 5));
        Assert.Equal((3, 4), (kept.FromVersion, kept.ToVersion));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task An_undo_that_took_nothing_back_does_not_stand_in_the_way(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, null, Tickets(1), Now);
        await runs.SayAsync(id, Changes, run: true, Now);
        await FinishAsync(runs, id, BulkOutcome.Changes);
        var vain = await runs.UndoAsync(id, Me, Now);
        await FinishAsync(runs, vain!.Value, BulkOutcome.MayNot);

        var undo = await runs.UndoAsync(id, Me, Now);

        Assert.Equal(undo, await runs.FindUndoAsync(id));
        await runs.ForgetAsync(Now, Now + Minute);
        Assert.NotNull(await runs.FindAsync(id));
        await FinishAsync(runs, undo!.Value, BulkOutcome.Changes);
        Assert.Null(await runs.UndoAsync(id, Me, Now));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task It_ends_where_it_is_when_somebody_ends_it(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, null, Tickets(2), Now);
        await runs.SayAsync(id, Changes, run: true, Now);
        await runs.ClaimAsync(id, "a", Now, Now - Minute);

        Assert.True(await runs.CancelAsync(id, Now));
        Assert.False(await runs.CancelAsync(id, Now));
        Assert.Null(await runs.UndoAsync(id, Me, Now));
        var first = (await runs.WaitingAsync(id, preview: false, 1)).Single();
        Assert.False(await RecordAsync(runs, id, "a", first with { Outcome = BulkOutcome.Changes }));
        Assert.Equal(BulkState.Stopping, (await runs.FindAsync(id))!.State);
        await runs.EndAsync(id, "b", Now);
        await runs.EndAsync(id, "a", Now);
        Assert.Equal(1, (await runs.CountAsync(id, preview: false))[BulkOutcome.Changes]);
        Assert.Equal(BulkState.Cancelled, (await runs.FindAsync(id))!.State);

        var preview = await runs.AddAsync(Me, null, Tickets(2), Now);
        await runs.SayAsync(preview, Changes, run: false, Now);
        Assert.True(await runs.CancelAsync(preview, Now));
        Assert.Equal(BulkState.Cancelled, (await runs.FindAsync(preview))!.State);
        Assert.NotNull(await runs.UndoAsync(id, Me, Now));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task It_is_taken_back_once_and_an_undo_never(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var id = await runs.AddAsync(Me, null, Tickets(3), Now);
        await runs.SayAsync(id, Changes, run: true, Now);
        Assert.Null(await runs.UndoAsync(id, Me, Now));
        await FinishAsync(runs, id, BulkOutcome.Changes, BulkOutcome.Stays, BulkOutcome.Changes);

        var both = await Task.WhenAll(runs.UndoAsync(id, Me, Now), runs.UndoAsync(id, Me, Now));
        var undo = Assert.Single(both, one => one is not null)!.Value;
        Assert.Equal(undo, await runs.FindUndoAsync(id));
        Assert.Equal(
            [Tickets(3)[0], Tickets(3)[2]],
            (await runs.WaitingAsync(undo, preview: false, 5)).Select(ticket => ticket.Ticket)
        );
        Assert.False(await runs.CancelAsync(undo, Now));
        await FinishAsync(runs, undo, BulkOutcome.Changes);
        Assert.Null(await runs.UndoAsync(undo, Me, Now));

        var marks = (await runs.OfTicketAsync(Tickets(3)[0])).Where(mark => mark.Run == id || mark.Run == undo);
        Assert.Equal([(id, false), (undo, true)], marks.Select(mark => (mark.Run, mark.IsUndo)).Order());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Choices_are_forgotten_sooner_than_what_was_done(DatabaseProvider provider)
    {
        var runs = await RunsAsync(provider);
        var chosen = await runs.AddAsync(Me, null, Tickets(1), Now);
        var done = await runs.AddAsync(Me, null, Tickets(1), Now);
        await runs.SayAsync(done, Changes, run: true, Now);
        await FinishAsync(runs, done, BulkOutcome.Changes);

        await runs.ForgetAsync(Now + Minute, Now);
        Assert.Null(await runs.FindAsync(chosen));
        Assert.NotNull(await runs.FindAsync(done));
        await runs.ForgetAsync(Now, Now + Minute);
        Assert.Null(await runs.FindAsync(done));
    }

    private async Task<IBulkRuns> RunsAsync(DatabaseProvider provider) =>
        (await databases.GetAsync(provider)).Get<IBulkRuns>();

    private static TicketId[] Tickets(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new TicketId(9_000 + number))];

    private static Task<bool> RecordAsync(IBulkRuns runs, long id, string owner, BulkTicket ticket) =>
        runs.RecordAsync(id, owner, preview: false, [ticket], Now);

    private static async Task FinishAsync(IBulkRuns runs, long id, params BulkOutcome[] outcomes)
    {
        Assert.True(await runs.ClaimAsync(id, "a", Now, Now - Minute));
        var waiting = await runs.WaitingAsync(id, preview: false, 10);
        await runs.RecordAsync(
            id,
            "a",
            preview: false,
            [
                .. waiting.Select(
                    (ticket, at) =>
                        ticket with
                        {
                            Outcome = outcomes[at % outcomes.Length],
                            FromVersion = 2,
                            ToVersion = 3,
                        }
                ),
            ],
            Now
        );
        await runs.EndAsync(id, "a", Now);
    }
}
