namespace ServiceDesk.Storage.Tests.Fixtures;

/// <summary>One database of each provider for the tests of a class, made when a test asks for it.</summary>
public sealed class Databases : IAsyncLifetime
{
    private readonly Dictionary<DatabaseProvider, DatabaseUnderTest> databases = [];
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<DatabaseUnderTest> GetAsync(DatabaseProvider provider)
    {
        await turn.WaitAsync();
        try
        {
            return databases.TryGetValue(provider, out var database)
                ? database
                : databases[provider] = await DatabaseUnderTest.CreateAsync(provider);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in databases.Values)
        {
            await database.DisposeAsync();
        }
    }
}
