using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Verification;

namespace ServiceDesk.Storage.Tests.Verification;

public sealed class VerifierTests
{
    private static readonly Instant Due = Instant.FromUtc(2027, 1, 1, 0, 0);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_database_that_lived_is_clean(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);

        var report = await lived.Get<StorageVerifier>().RunAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((3, 10L, 1), (report.Tickets, report.Events, report.Files));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_schedule_keeps_an_instant_where_a_reaction_keeps_a_position(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);
        var cursors = lived.Get<ICursorStore>();
        var lease = await cursors.AcquireAsync("p.job", "node", Duration.FromMinutes(1), 0, CancellationToken.None);
        await cursors.AdvanceAsync(lease!, Due.ToUnixTimeTicks(), [], CancellationToken.None);

        Assert.Empty((await lived.Get<StorageVerifier>().RunAsync()).Findings);
    }

    [Theory]
    [OnSqlite(
        With = ["DELETE FROM events WHERE position = 2", "facts,log-dense,search-text,snapshot-version,ticket-versions"]
    )]
    [OnSqlite(With = ["UPDATE log_head SET position = 99", "log-dense"])]
    [OnSqlite(With = ["UPDATE tickets SET summary = 'forged' WHERE id = 1", "row"])]
    [OnSqlite(With = ["DELETE FROM ticket_fields", "row"])]
    [OnSqlite(With = ["UPDATE comments SET visibility = 1 WHERE visibility = 2", "facts"])]
    [OnSqlite(With = ["DELETE FROM sla_facts", "facts"])]
    [OnSqlite(With = ["DELETE FROM ticket_changes", "facts"])]
    [OnPostgreSql(With = ["UPDATE ticket_changes SET new_value = '4' WHERE field = 2", "facts"])]
    [OnSqlite(With = ["UPDATE ticket_keys SET is_current = 1 - is_current", "keys"])]
    [OnSqlite(With = ["UPDATE ticket_texts SET visibility = 1", "search-text"])]
    [OnSqlite(With = ["DELETE FROM ticket_text_pairs WHERE rowid > 0", "search-index"])]
    [OnSqlite(With = ["UPDATE ticket_snapshots SET json = 'x' WHERE ticket_id = 2", "snapshot"])]
    [OnSqlite(With = ["UPDATE attachments SET sha256 = 'x'", "attachment,facts"])]
    [OnSqlite(With = ["DELETE FROM people", "reference"])]
    [OnSqlite(
        With = ["INSERT INTO ticket_organizations (ticket_id, organization_id) VALUES (1, 999)", "reference,row"]
    )]
    [OnSqlite(With = ["UPDATE idempotency_keys SET to_version = 50", "idempotency"])]
    [OnSqlite(
        With = ["INSERT INTO cursors (name, position, lease_until, fence) VALUES ('c', 99, 0, 0)", "cursor-inside"]
    )]
    [OnSqlite(With = ["INSERT INTO parked_events VALUES ('r', 99, 1, 1, 1, 0, NULL, 0)", "parked-event"])]
    [OnSqlite(With = ["UPDATE sla_promises SET verdict = 2", "promise"])]
    [OnSqlite(With = ["DELETE FROM sla_promises", "promise"])]
    [OnSqlite(
        With = ["INSERT INTO sla_promise_stays VALUES (3, 'm', 1, 1, 1, 'incident', 'new', 0, 0, 60)", "promise"]
    )]
    [OnPostgreSql(With = ["UPDATE sla_promises SET stopped_at = 1", "promise"])]
    [OnPostgreSql(With = ["UPDATE tickets SET summary = 'forged' WHERE id = 1", "row"])]
    [OnPostgreSql(With = ["UPDATE ticket_texts SET grams = '{{}}'", "search-index"])]
    public async Task Each_fault_is_found_by_its_check(DatabaseProvider provider, string fault, string checks)
    {
        await using var lived = await LivedAsync(provider);
        await lived.Database.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(fault, token));

        var report = await lived.Get<StorageVerifier>().RunAsync();

        Assert.Equal(checks.Split(','), report.Findings.Select(f => f.Check).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_lost_or_changed_file_is_found()
    {
        await using var lived = await LivedAsync(DatabaseProvider.Sqlite);
        var file = Directory.GetFiles(lived.Options.FileFolder, "*", SearchOption.AllDirectories).Single();

        await File.AppendAllTextAsync(file, "x");
        Assert.Equal(["file"], (await lived.Get<StorageVerifier>().RunAsync()).Findings.Select(f => f.Check));
        File.Delete(file);
        Assert.Equal(["file"], (await lived.Get<StorageVerifier>().RunAsync()).Findings.Select(f => f.Check));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_due_timer_that_must_stand_is_missed_and_one_that_had_no_effect_is_not(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);
        var store = lived.Get<ITicketStore>();
        var snapshot = (await store.LoadAsync(new TicketId(1), CancellationToken.None))!;
        var overdue = new DerivedTimer("overdue", snapshot.State.CreatedAt);

        Assert.DoesNotContain(("timers", "ticket 1"), await FindAsync([]));
        Assert.Contains(("timers", "ticket 1"), await FindAsync([overdue]));

        async Task<IEnumerable<(string, string)>> FindAsync(DerivedTimer[] due)
        {
            var replay = new Replay(
                events => events[0].Ticket == snapshot.State.Id ? snapshot : null,
                one => one.State.Id == snapshot.State.Id ? [new DerivedTimer("t", Due), overdue] : [],
                due
            );
            var report = await lived.Get<StorageVerifier>().RunAsync(replay);
            return report.Findings.Select(found => (found.Check, found.Subject));
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task States_and_timers_are_compared_with_what_the_core_makes_of_the_events(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);
        var snapshots = new Dictionary<TicketId, TicketSnapshot>();
        var store = lived.Get<ITicketStore>();
        await using (var db = lived.Database.CreateDbContext())
        {
            foreach (var id in await db.Tickets.Select(t => t.Id).ToListAsync())
            {
                snapshots[new TicketId(id)] = (await store.LoadAsync(new TicketId(id), CancellationToken.None))!;
            }
        }

        var right = new Replay(
            events => snapshots[events[0].Ticket],
            snapshot => snapshot.State.Id.Value == 1 ? [new DerivedTimer("t", Due)] : []
        );
        var wrong = new Replay(events => events[0].Ticket.Value == 2 ? null : snapshots[events[0].Ticket], _ => []);

        Assert.Empty((await lived.Get<StorageVerifier>().RunAsync(right)).Findings);
        Assert.Equal(
            [("timers", "ticket 1"), ("replay", "ticket 2")],
            (await lived.Get<StorageVerifier>().RunAsync(wrong)).Findings.Select(f => (f.Check, f.Subject))
        );
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Rows_that_fell_behind_are_written_anew(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);
        await lived.Database.WriteAsync(
            async (db, token) =>
            {
                await db.TicketFields.ExecuteDeleteAsync(token);
                await db
                    .Tickets.Where(t => t.Id == 2)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.Summary, "forged"), token);
            }
        );

        Assert.Equal(2, await lived.Get<ProjectionRebuild>().RunAsync());

        Assert.Empty((await lived.Get<StorageVerifier>().RunAsync()).Findings);
        Assert.Equal(0, await lived.Get<ProjectionRebuild>().RunAsync());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Changes_from_before_they_were_kept_are_written_from_the_log(DatabaseProvider provider)
    {
        await using var lived = await LivedAsync(provider);
        await lived.Database.WriteAsync(
            async (db, token) =>
            {
                Assert.Equal(2, await db.TicketChanges.CountAsync(token));
                await db.TicketChanges.Where(change => change.Field == 2).ExecuteDeleteAsync(token);
                await db
                    .TicketChanges.Where(change => change.Field == 6)
                    .ExecuteUpdateAsync(set => set.SetProperty(change => change.OldValue, "XX"), token);
            }
        );
        var rebuild = lived.Get<ChangesRebuild>();

        var (changed, last) = await rebuild.StepAsync(0);

        Assert.Equal(2, changed);
        Assert.Empty((await lived.Get<StorageVerifier>().RunAsync()).Findings);
        Assert.Equal((0, last), await rebuild.StepAsync(0));
        Assert.Equal((0, null), await rebuild.StepAsync(last!.Value));
    }

    private sealed class Replay(
        Func<IReadOnlyList<RecordedEvent>, TicketSnapshot?> replay,
        Func<TicketSnapshot, IReadOnlyList<DerivedTimer>> timers,
        IReadOnlyList<DerivedTimer>? overdue = null
    ) : ITicketReplay
    {
        public Task<TicketSnapshot?> ReplayAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellation) =>
            Task.FromResult(replay(events));

        public Task<ExpectedTimers> TimersAsync(
            TicketSnapshot ticket,
            RecordedEvent last,
            CancellationToken cancellation
        )
        {
            var may = timers(ticket);
            return Task.FromResult(
                new ExpectedTimers(may, overdue is null ? may : [.. may.Where(one => one.DueAt == Due), .. overdue])
            );
        }
    }

    private static async Task<DatabaseUnderTest> LivedAsync(DatabaseProvider provider)
    {
        var database = await DatabaseUnderTest.CreateAsync(provider);
        var (store, people, files) = (
            database.Get<ITicketStore>(),
            database.Get<IPeopleStore>(),
            database.Get<IFileStore>()
        );
        for (var i = 1; i <= 7; i++)
        {
            await people.CreateAsync(new NewPerson($"Person {i}", $"p{i}@example.com", "customer"));
        }

        var content = new MemoryStream("log"u8.ToArray());
        var file = await files.SaveAsync(content, "log.txt", "text/plain", 100, new PersonId(7));
        var (first, commit) = await TestTicket.NewAsync(
            store,
            fields: ValueMap<FieldValue>.Empty.SetItem("site", new TextValue("부산"))
        );
        first.Timers = [new DerivedTimer("t", Due)];
        await store.CommitAsync(commit with { IdempotencyKey = "open", Timers = first.Timers }, CancellationToken.None);
        await first.SendAsync(store, first.Comment("see the log", file.ToAttached()));
        await first.SendAsync(store, first.Note("한글 메모"));
        await first.SendAsync(store, new SlaBreached("p", "m", 1, Due));
        var second = await TestTicket.OpenAsync(store, summary: "x", description: "y");
        await second.SendAsync(store, new TextEdited("z", null), new LabelsChanged(["l"]));
        var to = (await store.ReserveAsync("HR", CancellationToken.None)).Key;
        await second.SendAsync(
            store,
            new TicketMoved(second.State.Key, to, "incident", "new", StatusCategory.New, Closes: false)
        );
        var third = await TestTicket.OpenAsync(store);
        third.Clocks = [Clock()];
        await third.SendAsync(store, new PriorityChanged(Priority.Medium, Priority.High));
        await CountPromisesAsync(database, third);
        return database;
    }

    // As reports do it behind the log.
    private static async Task CountPromisesAsync(DatabaseUnderTest database, TestTicket ticket)
    {
        var accounts = ticket.Clocks.Select(clock => new ClockAccount(
            clock,
            AgreementType.Sla,
            null,
            null,
            null,
            Duration.Zero,
            Duration.Zero,
            []
        ));
        var promises = new TicketPromises(ticket.State.Id, [.. accounts], []);
        await database.Get<IPromiseStore>().KeepAsync([promises], CancellationToken.None);
        var cursors = database.Get<ICursorStore>();
        var lease = await cursors.AcquireAsync(
            PromiseStore.Cursor,
            "node",
            Duration.FromMinutes(1),
            0,
            CancellationToken.None
        );
        await cursors.AdvanceAsync(lease!, 10, [], CancellationToken.None);
    }

    private static SlaClock Clock() =>
        new()
        {
            Policy = new DocumentVersion("p", 1),
            Metric = "m",
            Cycle = 1,
            Goal = 0,
            Target = Duration.FromHours(8),
            Calendar = new DocumentVersion("c", 1),
            Status = ClockStatus.Running,
            Verdict = ClockVerdict.Open,
            StartedAt = Due,
            Since = Due,
            Elapsed = Duration.Zero,
            DueAt = Due + Duration.FromHours(8),
            Marks = [],
        };
}
