using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Schema;

public sealed class UnavailableTests
{
    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_apart_from_mistakes()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IClock, HandClock>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddServiceDeskStorage(
            new StorageOptions
            {
                Provider = DatabaseProvider.PostgreSql,
                Connection = "Host=127.0.0.1;Port=1;Timeout=2;Username=nobody",
                DataFolder = Path.GetTempPath(),
            }
        );
        await using var node = services.BuildServiceProvider();
        var store = node.GetRequiredService<ITicketStore>();

        await Unavailable(() => node.GetRequiredService<Database>().MigrateAsync());
        await Unavailable(() => store.LoadAsync(new TicketId(1), CancellationToken.None));
        await Unavailable(() => store.ReserveAsync("ITSD", CancellationToken.None));
        await Unavailable(() => node.GetRequiredService<IEventLog>().HeadAsync(CancellationToken.None));

        static Task Unavailable(Func<Task> act) => Assert.ThrowsAsync<StorageUnavailableException>(act);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public async Task A_commit_after_the_store_was_closed_is_refused(DatabaseProvider provider)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(provider);
        var store = ActivatorUtilities.CreateInstance<TicketStore>(database.Services);
        var (_, commit) = await TestTicket.NewAsync(store);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CommitAsync(commit, CancellationToken.None));
    }
}
