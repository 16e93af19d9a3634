using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using ServiceDesk.Benchmarks.Filling;
using ServiceDesk.Benchmarks.Processes;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Startup;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Http;

/// <summary>An installation with a desk that has worked for years: a data folder, a database, an agent who can sign in, a token.</summary>
internal sealed class Site
{
    public const string Email = "bench@example.test";
    public const string Password = "measured many times";

    private Site(StorageOptions storage, FillingPlan plan) => (Storage, Plan) = (storage, plan);

    public StorageOptions Storage { get; }

    /// <summary>What it was filled with.</summary>
    public FillingPlan Plan { get; }

    /// <summary>Where its server listens.</summary>
    public string Address { get; } = Programs.FreeAddress();

    /// <summary>The secret of the agent's token.</summary>
    public string Token { get; private set; } = "";

    private string[] Where => ["--data", Storage.DataFolder, .. Database];

    private string[] Database =>
        Storage.Provider == DatabaseProvider.Sqlite
            ? []
            : ["--database", "postgresql", "--connection", Storage.Connection!];

    /// <summary>Finds the site in the folder, or makes and fills it.</summary>
    /// <param name="postgreSql">A connection that may create databases; null takes SQLite.</param>
    public static async Task<Site> PrepareAsync(string folder, string? postgreSql, string name, FillingPlan plan)
    {
        var storage = new StorageOptions
        {
            Provider = postgreSql is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
            Connection = postgreSql is null ? null : With(postgreSql, "servicedesk_" + name),
            DataFolder = Path.Combine(folder, (postgreSql is null ? "sqlite-" : "postgresql-") + name),
        };
        var site = new Site(storage, plan);
        var filled = Path.Combine(storage.DataFolder, "filled");
        if (!File.Exists(filled))
        {
            await site.EmptyAsync(postgreSql, "servicedesk_" + name);
            await site.FillAsync();
            await File.WriteAllTextAsync(filled, "");
        }

        site.Token = await site.CreateTokenAsync();
        return site;
    }

    /// <summary>Starts its server.</summary>
    public Task<ChildServer> StartAsync() => ChildServer.StartAsync(Programs.Host(["--urls", Address, .. Where]));

    /// <summary>Starts one of several servers on its database, which has a data folder of its own.</summary>
    public Task<ChildServer> StartAsync(int node, string address) =>
        ChildServer.StartAsync(
            Programs.Host(["--urls", address, "--data", $"{Storage.DataFolder}-{node}", .. Database])
        );

    /// <summary>Adds tickets to those it was filled with.</summary>
    public async Task AddAsync(FillingPlan more)
    {
        await using var services = Services();
        var people = services.GetRequiredService<IPeopleStore>();
        await new Filler(services.GetRequiredService<ITicketStore>(), people, more).FillAsync(
            await Company.FindAsync(people, more),
            done => Tell(done, more.Tickets)
        );
    }

    /// <summary>Lets a server make what plugins keep of the past from the log, and stops it.</summary>
    public async Task WorkOffAsync()
    {
        await using var server = await StartAsync();
        await server.RestAsync();
    }

    /// <summary>Runs a command of the command line.</summary>
    public Task<string> RunAsync(params IEnumerable<string> command) =>
        Programs.RunAsync(Programs.Host([.. command, .. Where]));

    private async Task EmptyAsync(string? postgreSql, string database)
    {
        if (Directory.Exists(Storage.DataFolder))
        {
            Directory.Delete(Storage.DataFolder, recursive: true);
        }

        if (postgreSql is not null)
        {
            await ExecuteAsync(postgreSql, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
            await ExecuteAsync(postgreSql, $"CREATE DATABASE {database}");
        }
    }

    private async Task FillAsync()
    {
        // The first command brings tables and documents.
        await RunAsync("user", "create", "--name", "First", "--email", "first@example.test", "--role", "administrator");
        await using var services = Services();
        var people = services.GetRequiredService<IPeopleStore>();
        await new Filler(services.GetRequiredService<ITicketStore>(), people, Plan).FillAsync(done =>
            Tell(done, Plan.Tickets)
        );
        var hash = new PasswordHasher<PersonRow>().HashPassword(new PersonRow(), Password);
        await people.CreateAsync(new NewPerson("Bench", Email, "agent") { PasswordHash = hash });
        await WorkOffAsync();
        await SettleAsync();
    }

    // What PostgreSQL does by itself some minutes later.
    private async Task SettleAsync()
    {
        if (Storage.Provider == DatabaseProvider.PostgreSql)
        {
            await ExecuteAsync(Storage.Connection!, "VACUUM (ANALYZE)");
        }
    }

    private async Task<string> CreateTokenAsync()
    {
        await using var services = Services();
        var agent = await services.GetRequiredService<IPeopleStore>().FindByEmailAsync(Email);
        var token = await services
            .GetRequiredService<ITokenStore>()
            .CreateAsync(agent!.Id, "benchmark", [.. Scopes.All], expires: null);
        return token.Secret;
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IClock>(new ProviderClock(TimeProvider.System));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddServiceDeskStorage(Storage);
        return services.BuildServiceProvider();
    }

    private static async Task ExecuteAsync(string where, string sql)
    {
        await using var connection = new NpgsqlConnection(where);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string With(string connection, string database) =>
        new NpgsqlConnectionStringBuilder(connection) { Database = database }.ToString();

    private static void Tell(int done, int of)
    {
        if (done % 10_000 == 0)
        {
            Console.WriteLine($"filled {done} of {of}");
        }
    }
}
