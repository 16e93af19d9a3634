using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Storage.Tests.Log;

public sealed class CommitTests(Databases databases) : IClassFixture<Databases>
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_was_committed_is_read_back_equal(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var fields = ValueMap<FieldValue>
            .Empty.SetItem("site", new TextValue("서울 본사"))
            .SetItem("seats", new NumberValue(12.5m))
            .SetItem("tags", new ChoicesValue(["a", "b"]));
        var (ticket, commit) = await TestTicket.NewAsync(store, summary: "프린터가 불탑니다 🔥", fields: fields);

        var outcome = await store.CommitAsync(commit, CancellationToken.None);

        Assert.Equal(CommitStatus.Committed, outcome.Status);
        Assert.Equal(ticket.Snapshot, await store.LoadAsync(ticket.State.Id, CancellationToken.None));
        Assert.Equal(ticket.State.Id, await store.FindAsync(ticket.State.Key, CancellationToken.None));
        var events = await database.Get<IEventLog>().ReadTicketAsync(ticket.State.Id, CancellationToken.None);
        Assert.Equal(commit.Events.Select(e => e with { Position = outcome.FirstPosition }), events);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_commit_on_an_old_version_is_a_conflict_and_writes_nothing(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store);
        var late = ticket.Next(new PriorityChanged(Priority.Medium, Priority.High));
        Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(late, CancellationToken.None)).Status);

        var again = await store.CommitAsync(late, CancellationToken.None);

        Assert.Equal(CommitStatus.Conflict, again.Status);
        var events = await database.Get<IEventLog>().ReadTicketAsync(ticket.State.Id, CancellationToken.None);
        Assert.Equal([1, 2], events.Select(e => e.Version));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task In_one_batch_the_conflicting_repeated_and_taken_stay_out_and_the_others_go_on(
        DatabaseProvider provider
    )
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var prefix = $"batch-{provider}";
        var old = await TestTicket.OpenAsync(store);
        var stale = old.Next(old.Comment("first"));
        await store.CommitAsync(stale, CancellationToken.None);
        var (first, firstCommit) = await TestTicket.NewAsync(store, externalId: prefix);
        var (_, sameId) = await TestTicket.NewAsync(store, externalId: prefix);
        var (_, sameKey) = await TestTicket.NewAsync(store);
        var (last, lastCommit) = await TestTicket.NewAsync(store);

        // Sent at once, so that most meet in one transaction; the outcome is the same however they meet.
        var outcomes = await Task.WhenAll(
            store.CommitAsync(firstCommit with { IdempotencyKey = prefix }, CancellationToken.None),
            store.CommitAsync(stale, CancellationToken.None),
            store.CommitAsync(sameId, CancellationToken.None),
            store.CommitAsync(sameKey with { IdempotencyKey = prefix }, CancellationToken.None),
            store.CommitAsync(lastCommit, CancellationToken.None)
        );

        Assert.Equal(
            [
                CommitStatus.Committed,
                CommitStatus.Conflict,
                CommitStatus.Taken,
                CommitStatus.Repeated,
                CommitStatus.Committed,
            ],
            outcomes.Select(outcome => outcome.Status)
        );
        Assert.NotNull(await store.LoadAsync(first.State.Id, CancellationToken.None));
        Assert.NotNull(await store.LoadAsync(last.State.Id, CancellationToken.None));
        Assert.Null(await store.LoadAsync(sameKey.After.State.Id, CancellationToken.None));
        var answer = await store.FindAnswerAsync(prefix, CancellationToken.None);
        Assert.Equal((first.State.Id, 0, 1), (answer!.Ticket, answer.FromVersion, answer.ToVersion));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task One_that_the_database_refuses_fails_alone(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var good = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TestTicket.NewAsync(store)));
        var twice = await TestTicket.OpenAsync(store);
        var fact = new SlaBreached("p", "m", 1, Instant.FromUtc(2026, 1, 1, 0, 0));
        await twice.SendAsync(store, fact);

        var bad = store.CommitAsync(twice.Next(fact), CancellationToken.None);
        var outcomes = await Task.WhenAll(good.Select(g => store.CommitAsync(g.Commit, CancellationToken.None)));

        Assert.All(outcomes, outcome => Assert.Equal(CommitStatus.Committed, outcome.Status));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => bad);
        Assert.Equal(2, (await store.LoadAsync(twice.State.Id, CancellationToken.None))!.State.Version);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Rows_follow_the_state_through_changes(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store);
        var set = ValueMap<FieldValue?>
            .Empty.SetItem("a", new TextValue("Alpha"))
            .SetItem("b", new FlagValue(true))
            .SetItem("c", new MomentValue(Instant.FromUnixTimeTicks(77)));
        await ticket.SendAsync(
            store,
            new FieldsChanged(set),
            new LabelsChanged(["x", "y"]),
            new ParticipantsAdded([new PersonId(5), new PersonId(6)])
        );
        await ticket.SendAsync(
            store,
            new FieldsChanged(ValueMap<FieldValue?>.Empty.SetItem("a", new TextValue("Beta")).SetItem("b", null)),
            new LabelsChanged(["y", "z"]),
            new ParticipantsRemoved([new PersonId(5)])
        );

        await using var db = database.Database.CreateDbContext();
        var row = await db
            .Tickets.Include(t => t.Fields)
            .Include(t => t.People)
            .Include(t => t.Labels)
            .AsSplitQuery()
            .SingleAsync(t => t.Id == ticket.State.Id.Value);
        Assert.Equal(ticket.State.Version, row.Version);
        Assert.Equal([("a", "beta"), ("c", null)], row.Fields.OrderBy(f => f.Field).Select(f => (f.Field, f.Text)));
        Assert.Equal(77, row.Fields.Single(f => f.Field == "c").Moment);
        Assert.Equal(["y", "z"], row.Labels.Select(l => l.Label).Order(StringComparer.Ordinal));
        Assert.Equal([6L], row.People.Where(p => p.Relation == 1).Select(p => p.PersonId));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_moved_ticket_is_found_by_both_keys(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var ticket = await TestTicket.OpenAsync(store, "ITSD");
        var from = ticket.State.Key;
        var to = (await store.ReserveAsync("HR", CancellationToken.None)).Key;

        await ticket.SendAsync(store, new TicketMoved(from, to, "incident", "new", StatusCategory.New, Closes: false));

        Assert.Equal(ticket.State.Id, await store.FindAsync(from, CancellationToken.None));
        Assert.Equal(ticket.State.Id, await store.FindAsync(to, CancellationToken.None));
        await using var db = database.Database.CreateDbContext();
        var keys = await db.TicketKeys.Where(k => k.TicketId == ticket.State.Id.Value).ToListAsync();
        Assert.Equal(
            to,
            Assert.Single(keys, k => k.IsCurrent) is { } key ? new TicketKey(key.Desk, key.Number) : default
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Events_that_do_not_lead_to_the_ticket_are_an_error(DatabaseProvider provider)
    {
        var store = (await databases.GetAsync(provider)).Get<ITicketStore>();
        var (_, commit) = await TestTicket.NewAsync(store);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            store.CommitAsync(commit with { ExpectedVersion = 4 }, CancellationToken.None)
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_commit_that_was_given_up_before_its_turn_writes_nothing(DatabaseProvider provider)
    {
        var store = (await databases.GetAsync(provider)).Get<ITicketStore>();
        var (ticket, commit) = await TestTicket.NewAsync(store);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.CommitAsync(commit, new CancellationToken(canceled: true))
        );

        Assert.Null(await store.LoadAsync(ticket.State.Id, CancellationToken.None));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Timers_are_written_as_the_difference(DatabaseProvider provider)
    {
        var database = await databases.GetAsync(provider);
        var store = database.Get<ITicketStore>();
        var due = Instant.FromUtc(2040, 1, 1, 0, 0);
        var (ticket, commit) = await TestTicket.NewAsync(store);
        await store.CommitAsync(
            commit with
            {
                Timers = [new DerivedTimer("a", due), new DerivedTimer("b", due)],
            },
            CancellationToken.None
        );
        ticket.Timers = [new DerivedTimer("b", due + Duration.FromHours(1)), new DerivedTimer("c", due)];
        await ticket.SendAsync(store, ticket.Comment("later"));

        await using var db = database.Database.CreateDbContext();
        var timers = await db.Timers.Where(t => t.TicketId == ticket.State.Id.Value).OrderBy(t => t.Key).ToListAsync();
        Assert.Equal(
            [("b", due + Duration.FromHours(1)), ("c", due)],
            timers.Select(t => (t.Key, Instant.FromUnixTimeTicks(t.DueAt)))
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Commits_that_are_written_together_write_what_each_would_write_alone(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var old = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TestTicket.OpenAsync(store)));
        var due = Instant.FromUtc(2040, 1, 1, 0, 0);
        var commits = new List<TicketCommit>();
        foreach (var (index, ticket) in old.Index())
        {
            // Each differs from its neighbours in what it leaves empty, and in what it adds, changes and takes away.
            ticket.Timers = index % 3 == 0 ? [] : [new DerivedTimer("a", due), new DerivedTimer($"b{index % 2}", due)];
            TicketEvent[] first =
            [
                new PriorityChanged(Priority.Medium, index % 2 == 0 ? Priority.High : Priority.Low),
                new LabelsChanged(index % 4 == 0 ? [] : ["x", $"y{index}"]),
                new ParticipantsAdded([new PersonId(5), new PersonId(index + 10)]),
                index % 2 == 0 ? new SlaBreached("p", "m", 1, due) : ticket.Comment($"'; -- {index}"),
            ];
            Assert.Equal(CommitStatus.Committed, (await ticket.SendAsync(store, first)).Status);
            ticket.Timers = [new DerivedTimer("b0", due + Duration.FromHours(index))];
            commits.Add(
                ticket.Next(
                    new FieldsChanged(
                        ValueMap<FieldValue?>.Empty.SetItem(
                            "site",
                            index % 5 == 0 ? null : new TextValue(index % 2 == 0 ? "서울" : "Busan")
                        )
                    ),
                    new ParticipantsRemoved([new PersonId(5)]),
                    ticket.Note("then")
                )
            );
        }

        foreach (var index in Enumerable.Range(0, 40))
        {
            commits.Add((await TestTicket.NewAsync(store, externalId: index % 2 == 0 ? $"INC{index}" : null)).Commit);
        }

        var outcomes = await Task.WhenAll(commits.Select(one => store.CommitAsync(one, CancellationToken.None)));

        Assert.All(outcomes, outcome => Assert.Equal(CommitStatus.Committed, outcome.Status));
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => outcome.FirstPosition).Distinct().Count());
        var report = await database.Get<StorageVerifier>().RunAsync();
        // The people of these tickets are numbers only.
        Assert.DoesNotContain(report.Findings, finding => finding.Check != "reference");
        await using var db = database.Database.CreateDbContext();
        Assert.Equal(
            Enumerable
                .Range(0, 40)
                .Select(index => ("b0", (due + Duration.FromHours(index)).ToUnixTimeTicks()))
                .Order(),
            (await db.Timers.Select(timer => new { timer.Key, timer.DueAt }).ToListAsync())
                .Select(timer => (timer.Key, timer.DueAt))
                .Order()
        );
        Assert.Equal(80, await db.Tickets.CountAsync());
        Assert.Equal(20, await db.Tickets.CountAsync(row => row.ExternalId != null));
    }
}
