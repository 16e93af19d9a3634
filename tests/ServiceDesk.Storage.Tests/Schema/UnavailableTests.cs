using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Tests.Fixtures;

namespace ServiceDesk.Storage.Tests.Schema;

public sealed class UnavailableTests
{
    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_apart_from_mistakes()
    {
        await using var node = Unreachable().BuildServiceProvider();
        var store = node.GetRequiredService<ITicketStore>();

        await Unavailable(() => node.GetRequiredService<Database>().MigrateAsync());
        await Unavailable(() => store.LoadAsync(new TicketId(1), CancellationToken.None));
        await Unavailable(() => store.ReserveAsync("ITSD", CancellationToken.None));
        await Unavailable(() => node.GetRequiredService<IEventLog>().HeadAsync(CancellationToken.None));

        static Task Unavailable(Func<Task> act) => Assert.ThrowsAsync<StorageUnavailableException>(act);
    }

    /// <summary>Whatever is asked of whichever store: a database that is away is said to be away, so that doors answer 503 and work is done again.</summary>
    [Fact]
    public async Task Every_store_says_so_when_the_database_is_away()
    {
        var services = Unreachable();
        await using var node = services.BuildServiceProvider();
        var wrong = new List<string>();
        var said = 0;
        foreach (var store in services.Select(one => one.ServiceType).Where(IsStore))
        {
            var instance = node.GetRequiredService(store);
            // A commit must fit its ticket; what becomes of one is shown where the database is killed.
            foreach (
                var method in store
                    .GetMethods()
                    .Where(one => !one.IsGenericMethod && one.Name != nameof(ITicketStore.CommitAsync))
            )
            {
                try
                {
                    await EndAsync(
                        method.Invoke(
                            instance,
                            [.. method.GetParameters().Select(one => AnyValue.Of(one.ParameterType))]
                        )
                    );
                }
                catch (Exception problem)
                {
                    var cause = problem is TargetInvocationException { InnerException: { } inner } ? inner : problem;
                    if (cause is StorageUnavailableException)
                    {
                        said++;
                    }
                    else
                    {
                        wrong.Add($"{store.Name}.{method.Name}: {cause}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.True(said > 150, $"{said}");
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

    // What is internal is below what says that the database is away; the text search writes conditions and asks nothing.
    private static bool IsStore(Type type) =>
        type is { IsInterface: true, IsPublic: true }
        && !type.IsGenericType
        && type.Namespace!.StartsWith("ServiceDesk.Storage", StringComparison.Ordinal)
        && type != typeof(ITextSearch);

    private static async Task EndAsync(object? answer)
    {
        switch (answer)
        {
            case Task task:
                await task;
                break;
            case not null when answer.GetType().GetMethod("AsTask") is { } asTask:
                await (Task)asTask.Invoke(answer, [])!;
                break;
            case not null
                when answer
                    .GetType()
                    .GetInterfaces()
                    .FirstOrDefault(one =>
                        one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
                    )
                    is { } items:
                await (Task)
                    typeof(UnavailableTests)
                        .GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(items.GetGenericArguments())
                        .Invoke(null, [answer])!;
                break;
        }
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var _ in items) { }
    }

    private static ServiceCollection Unreachable()
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
                FilesInDatabase = true,
            }
        );
        return services;
    }
}
