using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Sla;

/// <summary>Drafts of SLA documents, their way to running clocks, and corrections of clocks.</summary>
public sealed class SlaDocumentStoresTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly PersonId Somebody = new(7);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_document_has_one_draft_the_one_that_was_written_last(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaDraftStore>();
        var policy = new SlaDraft("sla-policy", "office", 3, "kind: sla-policy\nname: 근무 시간", Somebody, Now);
        var calendar = policy with { Kind = "calendar" };
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n => Task.Run(() => store.SaveAsync(policy with { BaseVersion = n }, default)))
        );
        await store.SaveAsync(policy, default);
        await store.SaveAsync(calendar, default);

        Assert.Equal([calendar, policy], await store.AllAsync(default));
        await store.RemoveAsync("sla-policy", "office", default);
        await store.RemoveAsync("sla-policy", "office", default);

        Assert.Null(await store.FindAsync("sla-policy", "office", default));
        Assert.Equal(calendar, await store.FindAsync("calendar", "office", default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_draft_takes_the_place_of_the_one_that_was_read_and_of_no_other(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaDraftStore>();
        var first = new SlaDraft("sla-policy", "office", 3, "kind: sla-policy", Somebody, Now);
        var second = first with { Yaml = "kind: SLA-policy" };
        Assert.True(await store.ReplaceAsync(null, first, default));
        Assert.False(await store.ReplaceAsync(null, second, default));
        Assert.True(await store.ReplaceAsync(first, second, default));
        Assert.False(await store.ReplaceAsync(first, first with { BaseVersion = 4 }, default));

        await store.RemoveAsync(first, default);
        Assert.Equal(second, await store.FindAsync("sla-policy", "office", default));
        await store.RemoveAsync(second, default);
        Assert.Empty(await store.AllAsync(default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_version_and_what_was_chosen_for_running_clocks_are_written_together(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaChangeovers>();
        await PublishAsync(database, null, New("sla-policy", "office", "1"));
        await PublishAsync(database, ChangeoverMode.Recompute, New("desk", "ITSD", "1"));
        Assert.Empty(await store.ListAsync(null, null, 10, default));

        // The same text is no new version; what is removed has no clocks that could take it.
        await PublishAsync(
            database,
            ChangeoverMode.KeepElapsed,
            New("sla-policy", "office", "2"),
            New("calendar", "office", "1"),
            New("desk", "ITSD", "1")
        );
        await PublishAsync(
            database,
            ChangeoverMode.NewTicketsOnly,
            New("sla-policy", "office", "2"),
            New("calendar", "office", "2"),
            New("sla-policy", "gone", null)
        );
        var all = await store.ListAsync(null, null, 10, default);

        Assert.Equal(
            [
                ("calendar", 1, ChangeoverMode.KeepElapsed, false),
                ("calendar", 2, ChangeoverMode.NewTicketsOnly, true),
                ("sla-policy", 2, ChangeoverMode.KeepElapsed, false),
            ],
            all.Select(one => (one.Kind, one.Version, one.Mode, one.FinishedAt is not null))
                .OrderBy(one => one.Kind, StringComparer.Ordinal)
                .ThenBy(one => one.Version)
        );
        Assert.All(all, one => Assert.Equal((Somebody, Now), (one.By, one.At)));
        var policy = Assert.Single(await store.ListAsync("sla-policy", "office", 10, default));
        Assert.Equal(2, policy.Version);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_version_without_a_choice_is_written_down_as_for_new_tickets_only(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var (store, documents) = (database.Get<ISlaChangeovers>(), database.Get<IDocumentStore>());
        // No clock runs under what was never there.
        await PublishAsync(database, null, New("sla-policy", "office", "1"), New("calendar", "office", "1"));
        Assert.Empty(await store.ListAsync(null, null, 10, default));

        await PublishAsync(
            database,
            null,
            New("sla-policy", "office", "2"),
            New("calendar", "office", "1"),
            New("desk", "ITSD", "2")
        );
        var command = new DocumentAuthor(null, "command-line", Now, null) { RunningClocks = ChangeoverMode.Recompute };
        var imported = await documents.WriteAsync(
            await documents.RevisionAsync(),
            [New("sla-policy", "office", "3"), New("calendar", "office", "2")],
            command
        );
        Assert.True(imported.Written);

        var all = await store.ListAsync(null, null, 10, default);
        Assert.Equal(
            [("calendar", 2, null), ("sla-policy", 2, Somebody), ("sla-policy", 3, null)],
            all.Select(one => (one.Kind, one.Version, one.By))
                .OrderBy(one => one.Kind, StringComparer.Ordinal)
                .ThenBy(one => one.Version)
        );
        Assert.All(
            all,
            one => Assert.Equal((ChangeoverMode.NewTicketsOnly, (Instant?)Now), (one.Mode, one.FinishedAt))
        );
        Assert.Null(await store.NextAsync(default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Who_comes_too_late_with_a_version_has_chosen_nothing(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var outcomes = await Task.WhenAll(
            new[] { ChangeoverMode.KeepElapsed, ChangeoverMode.Recompute }.Select(mode =>
                Task.Run(async () => (Mode: mode, (await WriteAsync(database, 0, mode, $"{mode}")).Written))
            )
        );

        var first = Assert.Single(outcomes, one => one.Written);
        var kept = Assert.Single(await database.Get<ISlaChangeovers>().ListAsync(null, null, 10, default));
        Assert.Equal((first.Mode, 1), (kept.Mode, kept.Version));

        static Task<DocumentWriteOutcome> WriteAsync(DatabaseUnderTest on, long at, ChangeoverMode mode, string text) =>
            on.Get<IDocumentStore>().WriteAsync(at, [New("sla-policy", "office", text)], By(mode));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_oldest_unfinished_comes_next(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaChangeovers>();
        await PublishAsync(database, ChangeoverMode.Recompute, New("sla-policy", "office", "1"));
        await PublishAsync(database, ChangeoverMode.NewTicketsOnly, New("sla-policy", "office", "2"));
        await PublishAsync(database, ChangeoverMode.KeepElapsed, New("sla-policy", "night", "1"));

        var begun = (await store.NextAsync(default))!;
        Assert.Equal(("office", 1), (begun.Document, begun.Version));
        var end = begun with { FinishedAt = Now + Duration.FromMinutes(1), Seen = 7, Changed = 5, Failed = 1 };
        Assert.True(await store.ProgressAsync(end, default, default));
        Assert.Equal("night", (await store.NextAsync(default))!.Document);
        Assert.Contains(end, await store.ListAsync(null, null, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_servers_at_the_same_page_one_counts_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaChangeovers>();
        await PublishAsync(database, ChangeoverMode.KeepElapsed, New("sla-policy", "office", "1"));
        var begun = (await store.NextAsync(default))!;
        var page = begun with { Position = new TicketId(100), Seen = 100, Changed = 40 };

        var counted = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.ProgressAsync(page, begun.Position, default)))
        );

        Assert.Single(counted, one => one);
        Assert.Equal(page, await store.NextAsync(default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_correction_is_decided_once_and_those_that_wait_come_first(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaCorrectionStore>();
        var first = await store.AddAsync(Proposal(1), default);
        var second = await store.AddAsync(Proposal(2), default);
        Assert.Equal(Proposal(1) with { Id = first.Id }, await store.FindAsync(first.Id, default));

        var decided = await Task.WhenAll(
            new[] { ProposalState.Approved, ProposalState.Declined }.Select(state =>
                Task.Run(() => store.DecideAsync(second.Id, state, new PersonId(8), Now, default))
            )
        );

        Assert.Single(decided, one => one);
        Assert.Equal([first.Id, second.Id], (await store.ListAsync(10, default)).Select(one => one.Id));
        Assert.Equal(new PersonId(8), (await store.FindAsync(second.Id, default))!.DecidedBy);
        Assert.False(await store.DecideAsync(999, ProposalState.Approved, Somebody, Now, default));
        Assert.Null(await store.FindAsync(999, default));
    }

    private static async Task PublishAsync(
        DatabaseUnderTest database,
        ChangeoverMode? mode,
        params DocumentChange[] changes
    )
    {
        var store = database.Get<IDocumentStore>();
        Assert.True((await store.WriteAsync(await store.RevisionAsync(), changes, By(mode))).Written);
    }

    private static DocumentAuthor By(ChangeoverMode? mode) => new(Somebody, null, Now, null) { RunningClocks = mode };

    // The store knows nothing of what documents say.
    private static DocumentChange New(string kind, string id, string? text) =>
        new(kind, id, text is null ? null : $"{{\"text\":\"{text}\"}}");

    private static SlaProposal Proposal(long ticket) =>
        new()
        {
            Ticket = new TicketId(ticket),
            Metric = "time-to-resolution",
            Cycle = 2,
            Counting = new ProposedCounting(
                [new CorrectedSpan(Now, Now + Duration.FromHours(1), Counts: true)],
                [4, 9]
            ),
            Reason = "고객이 이미 답했습니다.",
            By = Somebody,
            At = Now,
        };
}
