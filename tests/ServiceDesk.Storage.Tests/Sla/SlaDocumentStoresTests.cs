using NodaTime;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
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
    public async Task A_version_is_chosen_for_once_and_the_oldest_unfinished_comes_next(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaChangeovers>();
        var wanted = Changeover("office", 2);
        var begun = await Task.WhenAll(
            new[] { ChangeoverMode.KeepElapsed, ChangeoverMode.Recompute }.Select(mode =>
                Task.Run(() => store.BeginAsync(wanted with { Mode = mode }, default))
            )
        );
        Assert.Equal(begun[0], begun[1]);
        var finished = await store.BeginAsync(Changeover("office", 3) with { FinishedAt = Now }, default);
        var last = await store.BeginAsync(Changeover("night", 1), default);

        Assert.Equal(begun[0], await store.NextAsync(default));
        Assert.Equal([last, finished, begun[0]], await store.ListAsync(null, null, 10, default));
        Assert.Equal([finished, begun[0]], await store.ListAsync("sla-policy", "office", 10, default));
        var end = begun[0] with { FinishedAt = Now + Duration.FromMinutes(1), Seen = 7, Changed = 5, Failed = 1 };
        Assert.True(await store.ProgressAsync(end, default, default));
        Assert.Equal(last, await store.NextAsync(default));
        Assert.Contains(end, await store.ListAsync(null, null, 10, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_two_servers_at_the_same_page_one_counts_it(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ISlaChangeovers>();
        var begun = await store.BeginAsync(Changeover("office", 2), default);
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

    private static SlaChangeover Changeover(string document, int version) =>
        new()
        {
            Kind = "sla-policy",
            Document = document,
            Version = version,
            Mode = ChangeoverMode.KeepElapsed,
            By = Somebody,
            At = Now,
        };

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
