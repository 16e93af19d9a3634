using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Repeats;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Repeats;

public sealed class RepeatedRequestsTests(Databases databases) : IClassFixture<Databases>
{
    private static readonly PersonId Kim = new(1);
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly KeptAnswer Made = new(201, "application/json", "/api/v1/things/1", "\"1\"", "{\"이름\":1}");

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Of_many_at_once_one_begins_and_the_others_see_that_it_runs(DatabaseProvider provider)
    {
        var requests = await RequestsAsync(provider);
        var begun = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => requests.BeginAsync(Kim, "many", "a", Now, default)))
        );

        Assert.Single(begun, first => first is null);
        Assert.All(begun.OfType<FirstRequest>(), first => Assert.Equal(new FirstRequest("a", null), first));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task The_answer_is_kept_for_the_person_and_what_had_no_effect_may_begin_again(
        DatabaseProvider provider
    )
    {
        var requests = await RequestsAsync(provider);
        await requests.BeginAsync(Kim, "kept", "a", Now, default);
        await requests.EndAsync(Kim, "kept", Made, default);
        await requests.BeginAsync(Kim, "refused", "a", Now, default);
        await requests.CancelAsync(Kim, "refused", default);

        Assert.Equal(new FirstRequest("a", Made), await requests.BeginAsync(Kim, "kept", "b", Now, default));
        Assert.Null(await requests.BeginAsync(new PersonId(2), "kept", "a", Now, default));
        Assert.Null(await requests.BeginAsync(Kim, "refused", "b", Now, default));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task What_began_long_ago_is_forgotten_and_nothing_else(DatabaseProvider provider)
    {
        var requests = await RequestsAsync(provider);
        var before = Now - Duration.FromDays(400);
        await requests.BeginAsync(Kim, "old", "a", before - Duration.FromSeconds(1), default);
        await requests.BeginAsync(Kim, "young", "a", before, default);

        Assert.Equal(1, await requests.ForgetAsync(before, default));

        Assert.Null(await requests.BeginAsync(Kim, "old", "a", Now, default));
        Assert.NotNull(await requests.BeginAsync(Kim, "young", "a", Now, default));
    }

    private async Task<IRepeatedRequests> RequestsAsync(DatabaseProvider provider) =>
        (await databases.GetAsync(provider)).Get<IRepeatedRequests>();
}
