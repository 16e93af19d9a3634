using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Serving;

/// <summary>The whole product in memory, on an embedded database in a temporary folder, with a clock moved by hand.</summary>
public class ServerUnderTest : IAsyncLifetime
{
    /// <summary>The password of everyone who can sign in.</summary>
    public const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("servicedesk-test-").FullName;
    private WebApplication? app;

    public HandTime Time { get; } = new();

    public StringWriter Log { get; } = new();

    public WebApplication App => app ?? throw new InvalidOperationException("The server was not started.");

    public async Task InitializeAsync()
    {
        var options = new HostOptions
        {
            DataFolder = folder,
            Urls = ["http://localhost"],
            PluginFolder = Path.Combine(AppContext.BaseDirectory, "plugins"),
            Node = "test",
        };
        var adjusted = Adjusted(options);
        var prepared = adjusted == options ? PreparedInstallation.Of(nameof(ServerUnderTest)) : null;
        adjusted = prepared?.Begin(adjusted) ?? adjusted;
        app = Server.Build(
            adjusted,
            TextWriter.Synchronized(Log),
            builder =>
            {
                builder.WebHost.UseTestServer();
                builder.Services.AddSingleton<TimeProvider>(Time);
                // Nobody steals these, and hundreds are made.
                builder.Services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
            }
        );
        await app.PrepareAsync();
        prepared?.Keep(adjusted, Get<PluginCatalog>());
        await app.StartAsync();
        await FillAsync();
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The last errors that the server logged, for the message of a test that met one.</summary>
    public string Faults()
    {
        var log = Log.ToString();
        var at = log.LastIndexOf(" ERR ", StringComparison.Ordinal);
        return at < 0 ? "nothing was logged" : log[at..Math.Min(log.Length, at + 2000)];
    }

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient Client() => App.GetTestClient();

    /// <summary>A client with a new token of a person, with all scopes unless some are named.</summary>
    public async Task<HttpClient> ClientAsync(Person person, params string[] scopes)
    {
        var token = await Get<ITokenStore>()
            .CreateAsync(person.Id, "test", (scopes.Length > 0 ? scopes : [.. Scopes.All]).ToValueList(), null);
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }

    public Task<Person> PersonAsync(string name, string role, params OrganizationId[] organizations) =>
        Get<IPeopleStore>()
            .CreateAsync(
                new NewPerson(name, $"{name.Replace(' ', '.').ToLowerInvariant()}@example.com", role)
                {
                    Organizations = organizations.ToValueList(),
                    PasswordHash = Passwords.Hash(Get<IPasswordHasher<PersonRow>>(), Password),
                }
            );

    /// <summary>Waits until something becomes true that the server does in the background.</summary>
    /// <exception cref="TimeoutException">It did not within ten minutes.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMinutes(10))
            {
                throw new TimeoutException($"What was waited for did not happen: {Faults()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Other options than the usual ones.</summary>
    protected virtual HostOptions Adjusted(HostOptions options) => options;

    /// <summary>What a kind of test needs besides an empty installation.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;
}
