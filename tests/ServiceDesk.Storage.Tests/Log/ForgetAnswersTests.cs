using NodaTime;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Log;

public sealed class ForgetAnswersTests
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task Only_old_answers_to_keys_with_a_prefix_are_forgotten(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var start = (await OpenAsync(store, "api:1:old")).At;
        await OpenAsync(store, "portal:1:old");
        await OpenAsync(store, "import:row:1");

        Assert.Equal(0, await ForgetAsync(store, start));
        Assert.Equal(2, await ForgetAsync(store, start + Duration.FromDays(1)));

        Assert.Null(await FindAsync(store, "api:1:old"));
        Assert.Null(await FindAsync(store, "portal:1:old"));
        Assert.NotNull(await FindAsync(store, "import:row:1"));
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_forgotten_key_is_new_again(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = database.Get<ITicketStore>();
        var first = await OpenAsync(store, "api:1:k");

        await ForgetAsync(store, first.At + Duration.FromDays(1));

        Assert.NotEqual(first.Ticket, (await OpenAsync(store, "api:1:k")).Ticket);
    }

    private static async Task<IdempotencyRecord> OpenAsync(ITicketStore store, string key)
    {
        var (_, commit) = await TestTicket.NewAsync(store);
        var outcome = await store.CommitAsync(commit with { IdempotencyKey = key }, CancellationToken.None);
        Assert.Equal(CommitStatus.Committed, outcome.Status);
        return (await FindAsync(store, key))!;
    }

    private static Task<IdempotencyRecord?> FindAsync(ITicketStore store, string key) =>
        store.FindAnswerAsync(key, CancellationToken.None);

    private static Task<int> ForgetAsync(ITicketStore store, Instant before) =>
        store.ForgetAnswersAsync(["api:", "portal:"], before, CancellationToken.None);
}
