using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Replies;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Replies;

public sealed class ReplyDraftsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly TicketId Ticket = new(41);

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Reply_and_note_are_kept_apart_and_each_person_has_the_own(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IReplyDrafts>();
        var (me, other) = (new PersonId(1), new PersonId(2));
        await drafts.SaveAsync(me, Ticket, Visibility.Internal, "안에서", 0, At, default);
        await drafts.SaveAsync(me, Ticket, Visibility.Public, "Dear", 0, At, default);
        await drafts.SaveAsync(other, Ticket, Visibility.Public, "theirs", null, At, default);

        Assert.Equal(
            [
                new ReplyDraft(Visibility.Public, "Dear", DraftState.Kept, 1, At),
                new ReplyDraft(Visibility.Internal, "안에서", DraftState.Kept, 1, At),
            ],
            await drafts.ReadAsync(me, Ticket, default)
        );
        Assert.Equal("theirs", Assert.Single(await drafts.ReadAsync(other, Ticket, default)).Text);
        Assert.Empty(await drafts.ReadAsync(me, new TicketId(42), default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Who_knows_an_older_one_is_told_of_the_newer_and_changes_nothing(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IReplyDrafts>();
        var me = new PersonId(3);
        Assert.True((await SaveAsync("one", 0)).IsKept);
        var (isKept, current) = await SaveAsync("two", 0);
        Assert.False(isKept);
        Assert.Equal(("one", 1), (current!.Text, current.Revision));
        Assert.Equal(2, (await SaveAsync("two", 1)).Draft!.Revision);

        Assert.True(await drafts.EndAsync(me, Ticket, Visibility.Public, DraftState.Sent, At, default));
        var (isKeptAfter, ended) = await SaveAsync("two and a half", 2);
        Assert.False(isKeptAfter);
        Assert.Equal(("", DraftState.Sent, 3), (ended!.Text, ended.State, ended.Revision));
        Assert.Equal((true, "new"), await SaveAsync("new", 3) is var (kept, draft) ? (kept, draft!.Text) : default);
        Assert.Equal(DraftState.Discarded, (await SaveAsync("", null)).Draft!.State);

        Task<(bool IsKept, ReplyDraft? Draft)> SaveAsync(string text, int? since) =>
            drafts.SaveAsync(me, Ticket, Visibility.Public, text, since, At, default);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_nothing_nothing_is_kept(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IReplyDrafts>();
        var me = new PersonId(4);
        Assert.Equal((true, null), await drafts.SaveAsync(me, Ticket, Visibility.Public, "", 0, At, default));
        Assert.False(await drafts.EndAsync(me, Ticket, Visibility.Public, DraftState.Sent, At, default));

        // What the same window had begun to keep when it sent comes too late.
        var (isKept, draft) = await drafts.SaveAsync(me, Ticket, Visibility.Public, "sent alr", 0, At, default);
        Assert.Equal((false, "", DraftState.Sent), (isKept, draft!.Text, draft.State));
        Assert.True((await drafts.SaveAsync(me, Ticket, Visibility.Public, "next", 1, At, default)).IsKept);
        Assert.False(await drafts.EndAsync(me, Ticket, Visibility.Internal, DraftState.Discarded, At, default));
        Assert.Equal("next", Assert.Single(await drafts.ReadAsync(me, Ticket, default)).Text);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Old_ones_are_forgotten_and_ended_ones_sooner(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IReplyDrafts>();
        var (me, longAgo) = (new PersonId(5), Instant.FromUtc(2025, 1, 1, 0, 0));
        var lately = longAgo + Duration.FromDays(10);
        await drafts.SaveAsync(me, Ticket, Visibility.Public, "old", 0, longAgo, default);
        await drafts.SaveAsync(me, Ticket, Visibility.Internal, "kept", 0, lately, default);
        await drafts.SaveAsync(me, new TicketId(43), Visibility.Public, "sent", 0, lately, default);
        await drafts.EndAsync(me, new TicketId(43), Visibility.Public, DraftState.Sent, lately, default);

        var soon = lately + Duration.FromDays(1);
        Assert.Equal(2, await drafts.ForgetAsync(longAgo + Duration.FromDays(1), soon, default));
        Assert.Equal("kept", Assert.Single(await drafts.ReadAsync(me, Ticket, default)).Text);
        Assert.Empty(await drafts.ReadAsync(me, new TicketId(43), default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_windows_at_once_one_is_kept(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IReplyDrafts>();
        var me = new PersonId(6);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(number => drafts.SaveAsync(me, Ticket, Visibility.Public, $"window {number}", 0, At, default))
        );
        var kept = Assert.Single(answers, answer => answer.IsKept);
        Assert.Equal([kept.Draft!], await drafts.ReadAsync(me, Ticket, default));
    }
}
