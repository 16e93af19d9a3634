using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Reports.Tests;

/// <summary>A server with reports on one of the databases, an agent for the desk ITSD and one for HR too.</summary>
public sealed class ReportWorld : IAsyncDisposable
{
    private readonly string? database;

    private ReportWorld(ServiceDeskServer server, string? database)
    {
        Server = server;
        this.database = database;
    }

    public ServiceDeskServer Server { get; }
    public Person Customer { get; private set; } = null!;

    /// <summary>Works on ITSD.</summary>
    public Person Agent { get; private set; } = null!;

    /// <summary>Works on ITSD and HR.</summary>
    public Person Both { get; private set; } = null!;

    public static IEnumerable<object[]> Databases =>
        Environment.GetEnvironmentVariable("SERVICEDESK_TEST_POSTGRES") is null
            ?
            [
                ["sqlite"],
            ]
            :
            [
                ["sqlite"],
                ["postgresql"],
            ];

    /// <summary>Past runs of a script, newest first.</summary>
    public Task<IReadOnlyList<ScriptRunRecord>> RunsAsync(string script) =>
        Server.Services.GetRequiredService<IScriptStore>().RunsAsync(script, 10);

    public static async Task<ReportWorld> StartAsync(
        string database = "sqlite",
        Action<IServiceCollection>? more = null
    )
    {
        var name = database == "postgresql" ? "sdr_" + RandomNumberGenerator.GetHexString(16, lowercase: true) : null;
        if (name is not null)
        {
            await ExecuteAsync($"CREATE DATABASE {name}");
        }

        var server = await ServiceDeskServer.StartAsync(
            new ServerSetup
            {
                Adjust = builder =>
                {
                    if (name is not null)
                    {
                        var options = new StorageOptions
                        {
                            Provider = DatabaseProvider.PostgreSql,
                            Connection = Connection(name),
                            DataFolder = Path.GetTempPath(),
                        };
                        builder.Services.AddSingleton(_ => Dialect.For(options));
                    }

                    more?.Invoke(builder.Services);
                },
            }
        );
        var world = new ReportWorld(server, name);
        await world.FillAsync();
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (database is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    public Task<TicketState> OpenAsync(string summary, Priority priority = Priority.Medium, string desk = "ITSD") =>
        Server.OpenAsync(Customer, summary, desk: desk, priority: priority);

    public Task<TicketState> OpenWithAsync(string summary, params (string Field, FieldValue Value)[] fields) =>
        Server.OpenAsync(
            Customer,
            summary,
            desk: "ITSD",
            fields: ValueMap<FieldValue>.From(fields.Select(one => KeyValuePair.Create(one.Field, one.Value)))
        );

    public async Task DoAsync(TicketState ticket, TicketCommand command)
    {
        var answer = await Server.SendAsync(Both, ticket.Id, command);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    public Task ResolveAsync(TicketState ticket) =>
        DoAsync(ticket, new TransitionTicket("resolved", "solved", ValueMap<FieldValue?>.Empty));

    public async Task SaveAsync(ConfigurationDocument document)
    {
        var outcome = await Server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                Server.Services.GetRequiredService<DocumentText>().ToYaml(document),
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(
            outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged,
            outcome.Problems.ToString()
        );
    }

    /// <summary>Waits until every event is in the figures.</summary>
    public Task CaughtUpAsync() =>
        Server.UntilAsync(async () =>
        {
            var head = await Server.Services.GetRequiredService<IEventLog>().HeadAsync(default);
            var progress = await Server.Services.GetRequiredService<FigureUpkeep>().ProgressAsync(null, default);
            return progress.Position >= head && progress.Percent is null;
        });

    public async Task<ReportTable> TableAsync(Person person, ReportDocument report)
    {
        await SaveAsync(report);
        var (viewer, desk) = (await ViewerAsync(person), Server.Services.GetRequiredService<ReportDesk>());
        Assert.Null(desk.Ask(viewer, report.Id, null, null, null, out var asked));
        return await desk.TableAsync(viewer, asked!, default);
    }

    public async Task<(ValueList<CountedTicket> Items, int Count)> CountedAsync(
        Person person,
        ReportDocument report,
        TableCell cell
    )
    {
        var (viewer, desk) = (await ViewerAsync(person), Server.Services.GetRequiredService<ReportDesk>());
        var from = NodaTime.Text.LocalDatePattern.Iso.Format(cell.Bucket.First);
        var to = NodaTime.Text.LocalDatePattern.Iso.Format(cell.Bucket.Last);
        Assert.Null(desk.Ask(viewer, report.Id, from, to, null, out var asked));
        return await desk.CountedAsync(viewer, asked!, cell.Line, cell.Group, 0, 1000, default);
    }

    public Task<Viewer> ViewerAsync(Person person) => Server.ViewerAsync(person);

    /// <summary>Every row of the figures, in an order of its own.</summary>
    public Task<IReadOnlyList<string>> RowsAsync() =>
        Server
            .Services.GetRequiredService<IPluginTables<ReportTables>>()
            .ReadAsync<IReadOnlyList<string>>(
                async (db, token) =>
                {
                    var facts = await db.Facts.AsNoTracking().ToListAsync(token);
                    var stretches = await db.Stretches.AsNoTracking().ToListAsync(token);
                    var tickets = await db.Tickets.AsNoTracking().ToListAsync(token);
                    return
                    [
                        .. facts
                            .Select(row => System.Text.Json.JsonSerializer.Serialize(row))
                            .Concat(stretches.Select(row => System.Text.Json.JsonSerializer.Serialize(row)))
                            .Concat(tickets.Select(row => $"{row.TicketId} {row.Json}"))
                            .Order(StringComparer.Ordinal),
                    ];
                }
            );

    private async Task FillAsync()
    {
        Customer = await Server.PersonAsync("Kim Minji", "customer");
        Agent = await Server.PersonAsync("Alex Agent", "agent");
        Both = await Server.PersonAsync("Han Both", "agent");
        var people = Server.Services.GetRequiredService<IPeopleStore>();
        var team = await people.CreateTeamAsync("People");
        await people.SetTeamMembersAsync(team.Id, [Both.Id]);
        await SaveAsync(
            new DeskDocument
            {
                Id = "HR",
                Name = LocalizedText.Of("People desk", "인사 데스크"),
                Types = ["incident"],
                Agents = new DeskAgents { Everyone = false, Teams = ["People"] },
            }
        );
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(null));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Connection(string? database)
    {
        var given = Environment.GetEnvironmentVariable("SERVICEDESK_TEST_POSTGRES");
        var builder = new NpgsqlConnectionStringBuilder(given);
        builder.Database = database ?? builder.Database;
        return builder.ConnectionString;
    }
}
