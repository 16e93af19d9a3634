using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Tests.Fixtures;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Storage.Tests.Workflow;

public sealed class WorkflowDraftsTests(Databases databases) : IClassFixture<Databases>
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_draft_takes_the_place_of_the_one_that_was_read_and_of_no_other(DatabaseProvider provider)
    {
        var drafts = (await databases.GetAsync(provider)).Get<IWorkflowDrafts>();
        var first = new WorkflowDraft(
            "incident",
            0,
            "{\"name\": \"장애\"}",
            new PersonId(7),
            Instant.FromUtc(2026, 3, 2, 9, 0)
        );
        var (second, third) = (first with { Document = "{" }, first with { BaseVersion = 3 });
        Assert.False(await drafts.ReplaceAsync(first, second, default));
        Assert.True(await drafts.ReplaceAsync(null, first, default));
        Assert.False(await drafts.ReplaceAsync(null, second, default));
        Assert.True(await drafts.ReplaceAsync(first, second, default));
        Assert.False(await drafts.ReplaceAsync(first, third, default));
        Assert.Equal(second, await drafts.FindAsync("incident", default));
        Assert.True(await drafts.ReplaceAsync(null, first with { Workflow = "change" }, default));
        Assert.Equal(["change", "incident"], (await drafts.AllAsync(default)).Select(draft => draft.Workflow));

        await drafts.RemoveAsync(first, default);
        Assert.Equal(second, await drafts.FindAsync("incident", default));
        await drafts.RemoveAsync(second, default);
        Assert.Null(await drafts.FindAsync("incident", default));
    }
}
