using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Automation;

public sealed class RuleDraftsTests(Databases databases) : IClassFixture<Databases>
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_draft_is_kept_replaced_and_thrown_away(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IRuleDrafts>();
        var first = new RuleDraft("one", 0, "{\"if\": \"제목\"}", new PersonId(7), Instant.FromUtc(2026, 3, 2, 9, 0));
        await drafts.SaveAsync(first, default);
        await drafts.SaveAsync(first with { Rule = "two" }, default);

        Assert.Equal(first, await drafts.FindAsync("one", default));
        await drafts.SaveAsync(first with { BaseVersion = 3, Document = "{" }, default);
        Assert.Equal(
            (3, "{"),
            (await drafts.FindAsync("one", default)) is { } d ? (d.BaseVersion, d.Document) : default
        );
        Assert.Equal(["one", "two"], (await drafts.AllAsync(default)).Select(draft => draft.Rule));

        await drafts.RemoveAsync("one", default);
        await drafts.RemoveAsync("one", default);
        Assert.Null(await drafts.FindAsync("one", default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_draft_takes_the_place_of_the_one_that_was_read_and_of_no_other(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IRuleDrafts>();
        var first = new RuleDraft("three", 0, "{\"a\": 1}", new PersonId(7), Instant.FromUtc(2026, 3, 2, 9, 0));
        var (second, third) = (first with { Document = "{\"A\": 1}" }, first with { BaseVersion = 3 });
        Assert.False(await drafts.ReplaceAsync(first, second, default));
        Assert.True(await drafts.ReplaceAsync(null, first, default));
        Assert.False(await drafts.ReplaceAsync(null, second, default));
        Assert.True(await drafts.ReplaceAsync(first, second, default));
        Assert.False(await drafts.ReplaceAsync(first, third, default));
        Assert.Equal(second, await drafts.FindAsync("three", default));

        await drafts.RemoveAsync(first, default);
        Assert.Equal(second, await drafts.FindAsync("three", default));
        await drafts.RemoveAsync(second, default);
        Assert.Null(await drafts.FindAsync("three", default));
    }
}
