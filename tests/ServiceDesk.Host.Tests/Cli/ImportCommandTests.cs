using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Intake.ServiceNow;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Tests.Cli;

/// <summary>
/// The command <c>import servicenow</c> beside a server, with real incidents, a quarter of them still worked on. A promise of eight
/// hours around the clock and a rule would tell people, were the incidents not history.
/// </summary>
public sealed partial class ImportCommandTests : IDisposable
{
    private const string Promise = """
        kind: sla-policy
        id: incident
        name: Incidents
        query: type = incident
        metrics:
          - id: time-to-resolution
            name: Time to resolution
            start:
              - "on": opened
            stop:
              - "on": resolved
            goals:
              - target: PT8H
                calendar: "24x7"
                reminders:
                  - 50%
        """;

    private const string Rule = """
        kind: rule
        id: tell
        name: Tell
        when:
          - "on": opened
          - "on": assigned
          - "on": priority
        then:
          - do: notify
            people:
              - assignee
              - team
            text: "{{ticket.key}} is yours."
        """;

    private static readonly Duration Target = Duration.FromHours(8);
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;

    public ImportCommandTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    public void Dispose() => CultureInfo.CurrentUICulture = language;

    [Theory]
    [OnBothDatabases]
    public async Task Real_incidents_come_in_once_as_the_log_tells_them_and_tell_nobody(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var installation = new Installation(database.Connection);
        await using var server = await installation.StartAsync();
        using var api = await PrepareAsync(installation, server);
        var lines = ToldIncident.WithSomeOpen(await File.ReadAllLinesAsync(IncidentLog.Excerpt));
        var told = await AssertComesInOnceAsync(installation, server, api, lines);

        await AssertNothingOfMalformedFilesAsync(installation, server, api, lines);
        var verified = await installation.RunAsync("", "verify");
        Assert.Equal((ExitCodes.Done, ""), (verified.Exit, verified.Output));

        // What happens from now on is told: so silence above was no deafness.
        Assert.Contains(told, incident => !incident.IsDone && incident.Assignee is not null);
        await AssertSomebodyIsToldAsync(server, api, told);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_refused_rows_are_told_and_all_are_written_to_a_file(bool besideServer)
    {
        const int refused = 130;
        using var installation = new Installation();
        await using var server = besideServer ? await installation.StartAsync() : null;
        var rows = Enumerable
            .Range(0, refused)
            .Select(number =>
                IncidentFileReaderTests
                    .Row.Replace("INC0000045", $"INC1{number:000000}", StringComparison.Ordinal)
                    .Replace("Resolved", "-100", StringComparison.Ordinal)
            );
        var (file, told) = (
            Path.Combine(installation.Folder, "incidents.csv"),
            Path.Combine(installation.Folder, "refused.txt")
        );
        await File.WriteAllLinesAsync(file, [IncidentFileReaderTests.Header, IncidentFileReaderTests.Row, .. rows]);

        var plain = await ImportAsync(installation, file);
        var whole = await ImportAsync(installation, file, "--refused", told);

        // Without a server the first run has made the ticket, so that the second one changes nothing.
        Assert.Equal((1, 0, refused), (plain.Applied, plain.Unchanged, plain.Refused));
        Assert.Equal((0, 1, refused), (whole.Applied, whole.Unchanged, whole.Refused));
        Assert.Contains("… and 30 more. With --refused FILE", plain.Notes, StringComparison.Ordinal);
        Assert.Contains("… and 30 more; all of them stand in refused.txt", whole.Notes, StringComparison.Ordinal);
        Assert.Equal(100, whole.Notes.Split('\n').Count(note => note.StartsWith("Line ", StringComparison.Ordinal)));
        var lines = await File.ReadAllLinesAsync(told);
        Assert.Equal(Enumerable.Range(3, refused).Select(line => $"Line {line}"), lines.Select(l => l.Split(':')[0]));
        var verified = await installation.RunAsync("", "verify");
        Assert.Equal((ExitCodes.Done, ""), (verified.Exit, verified.Output));
    }

    [Fact]
    public async Task A_file_for_refused_rows_that_cannot_be_written_is_told_before_anything_comes_in()
    {
        using var installation = new Installation();
        var file = Path.Combine(installation.Folder, "incidents.csv");
        await File.WriteAllLinesAsync(file, [IncidentFileReaderTests.Header, IncidentFileReaderTests.Row]);

        var nowhere = Path.Combine(installation.Folder, "none", "refused.txt");
        var run = await installation.RunAsync("", "import", "servicenow", file, "--desk", "ITSD", "--refused", nowhere);

        Assert.Equal((ExitCodes.Usage, ""), (run.Exit, run.Output));
        Assert.StartsWith(nowhere, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await ImportAsync(installation, file)).Applied);
    }

    [WholeLogFact]
    public async Task All_incidents_of_the_whole_log_come_in_once_as_it_tells_them()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var installation = new Installation(database.Connection);
        await using var server = await installation.StartAsync();
        using var api = await PrepareAsync(installation, server);

        var told = await AssertComesInOnceAsync(
            installation,
            server,
            api,
            await File.ReadAllLinesAsync(IncidentLog.Whole!)
        );

        Assert.Equal(297, told.Count);
        var verified = await installation.RunAsync("", "verify");
        Assert.Equal((ExitCodes.Done, ""), (verified.Exit, verified.Output));
    }

    private static async Task<IReadOnlyList<ToldIncident>> AssertComesInOnceAsync(
        Installation installation,
        RunningServer server,
        HttpClient api,
        IReadOnlyList<string> lines
    )
    {
        var told = ToldIncident.Read(lines);
        var file = Path.Combine(installation.Folder, "incidents.csv");
        await File.WriteAllLinesAsync(file, lines);

        var first = await ImportAsync(installation, file);

        Assert.Equal((ExitCodes.Done, lines.Count - 1), (first.Exit, first.Read));
        Assert.Equal(first.Read, first.Applied + first.Unchanged + first.Refused);
        Assert.True(told.Sum(incident => incident.Refused) == first.Refused, first.Notes);
        var shown = Progress()
            .Matches(first.Notes)
            .Select(step => int.Parse(step.Groups["done"].ValueSpan, CultureInfo.InvariantCulture))
            .ToList();
        Assert.True(shown.Count > 1 && shown[^1] == told.Count, first.Notes);
        Assert.Equal(shown.Order(), shown);
        await AssertLastWordsAsync(api, told);
        await AssertBreachesAsync(server, told);
        await AssertNobodyIsToldAsync(server);

        var head = await HeadAsync(server);
        var second = await ImportAsync(installation, file);
        Assert.Equal(
            (0, first.Applied + first.Unchanged, first.Refused),
            (second.Applied, second.Unchanged, second.Refused)
        );
        Assert.Equal(head, await HeadAsync(server));
        return told;
    }

    private static async Task<HttpClient> PrepareAsync(Installation installation, RunningServer server)
    {
        foreach (var (path, document) in new[] { ("sla-policies/incident.yaml", Promise), ("rules/tell.yaml", Rule) })
        {
            var at = Path.Combine(installation.Folder, "configuration", path);
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            await File.WriteAllTextAsync(at, document);
        }

        var folder = Path.Combine(installation.Folder, "configuration");
        var configured = await installation.RunAsync("", "config", "import", folder, "--keep-others");
        Assert.True(configured.Exit == ExitCodes.Done, configured.Error);
        await installation.RunAsync(
            "",
            ["user", "create", "--name", "Ada", "--email", "ada@example.test", "--role", "administrator"]
        );
        var token = await installation.RunAsync("", "token", "create", "--user", "ada@example.test", "--name", "test");
        var api = new HttpClient { BaseAddress = new Uri(server.App.Urls.First()) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Output.Trim());
        return api;
    }

    private static async Task AssertLastWordsAsync(HttpClient api, IReadOnlyList<ToldIncident> told)
    {
        foreach (var incident in told)
        {
            var found = Assert.Single(await FindAsync(api, incident.Number))!;
            Assert.Equal(
                (
                    incident.Number,
                    incident.Requester,
                    incident.Status,
                    incident.Priority,
                    incident.Team,
                    incident.Assignee
                ),
                (
                    (string?)found["externalId"],
                    (string?)found["requester"]?["name"],
                    (string?)found["status"],
                    (string?)found["priority"],
                    (string?)found["team"]?["name"],
                    (string?)found["assignee"]?["name"]
                )
            );
            Assert.Equal(
                (incident.OpenedAt, incident.ResolvedAt, incident.ClosedAt),
                (Instant(found["createdAt"])!.Value, Instant(found["resolvedAt"]), Instant(found["closedAt"]))
            );
        }
    }

    // A promise is broken at eight hours unless it was solved before, however long ago that was.
    private static async Task AssertBreachesAsync(RunningServer server, IReadOnlyList<ToldIncident> told)
    {
        var expected = told.Where(incident =>
                incident.SolvedFirst is not { } solved || solved - incident.OpenedAt >= Target
            )
            .Select(incident => (incident.Number, incident.OpenedAt + Target))
            .Order()
            .ToList();
        var events = await EventsAsync(server);
        var numbers = events
            .Where(recorded => recorded.Event is TicketOpened)
            .ToDictionary(recorded => recorded.Ticket, recorded => ((TicketOpened)recorded.Event).ExternalId!);
        var breaches = events.Where(recorded => recorded.Event is SlaBreached).ToList();

        Assert.InRange(expected.Count, 1, told.Count - 1);
        Assert.Equal(
            expected,
            breaches
                .Where(recorded => recorded.Event is SlaBreached { Policy: "incident" })
                .Select(recorded => (numbers[recorded.Ticket], ((SlaBreached)recorded.Event).DueAt))
                .Order()
        );
        Assert.All(breaches, recorded => Assert.Equal(((SlaBreached)recorded.Event).DueAt, recorded.At));
    }

    private static async Task AssertNobodyIsToldAsync(RunningServer server)
    {
        var head = await HeadAsync(server);
        await UntilAsync(async () =>
        {
            var positions = await server
                .Services.GetRequiredService<ICursorStore>()
                .PositionsAsync(CancellationToken.None);
            return new[] { RuleReaction.Name, SlaNotices.Name }.All(name =>
                positions.TryGetValue(name, out var position) && position >= head
            );
        });
        Assert.Equal(0, await NewestNoticeAsync(server));
    }

    private static async Task AssertSomebodyIsToldAsync(
        RunningServer server,
        HttpClient api,
        IReadOnlyList<ToldIncident> told
    )
    {
        var open = told.First(incident => !incident.IsDone && incident.Assignee is not null);
        var key = (string?)(await FindAsync(api, open.Number))[0]!["key"];
        var priority = open.Priority == "critical" ? "high" : "critical";
        await api.PatchAsync($"/api/v1/tickets/{key}", new { priority }, "*").OkAsync();
        await UntilAsync(async () => await NewestNoticeAsync(server) > 0);
    }

    private static async Task AssertNothingOfMalformedFilesAsync(
        Installation installation,
        RunningServer server,
        HttpClient api,
        IReadOnlyList<string> lines
    )
    {
        // A row that could be taken comes first: nothing of it may be left.
        var whole = lines[1]
            .Replace(lines[1].Split(',')[0], "INC9999999", StringComparison.Ordinal)
            .Replace(lines[1].Split(',')[7], "Caller 999999", StringComparison.Ordinal);
        var head = await HeadAsync(server);
        var file = Path.Combine(installation.Folder, "malformed.csv");
        foreach (
            var bad in new[]
            {
                "INC9999999,New,TRUE",
                whole.Replace(whole.Split(',')[13], "30-02-2016 08:53", StringComparison.Ordinal),
                $"INC9999999,{new string('x', 10_000_000)}",
                whole.Replace("Caller", "Anrüfer", StringComparison.Ordinal),
            }
        )
        {
            await File.WriteAllTextAsync(file, $"{lines[0]}\n{whole}\n{bad}\n{whole}\n", Encoding.Latin1);

            var report = await ImportAsync(installation, file);

            Assert.Equal((ExitCodes.Refused, 0, 0), (report.Exit, report.Applied, report.Unchanged));
            Assert.Equal(report.Read, report.Refused);
            Assert.Contains("nothing of it was taken", report.Notes, StringComparison.Ordinal);
        }

        Assert.Equal(head, await HeadAsync(server));
        Assert.Empty(await FindAsync(api, "INC9999999"));
        var people = server.Services.GetRequiredService<IPeopleStore>();
        Assert.Null(await people.FindByExternalIdAsync("servicenow:Caller 999999"));
    }

    private static async Task<Report> ImportAsync(Installation installation, string file, params string[] more)
    {
        var run = await installation.RunAsync("", ["import", "servicenow", file, "--desk", "ITSD", .. more]);
        var numbers = Numbers().Match(run.Output.Trim());
        Assert.True(numbers.Success, $"{run.Output}\n{run.Error}");
        return new Report(run.Exit, Number(1), Number(2), Number(3), Number(4), run.Error);

        int Number(int group) => int.Parse(numbers.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static async Task<JsonArray> FindAsync(HttpClient api, string number) =>
        (await api.GetAsync($"/api/v1/tickets?query={Uri.EscapeDataString($"externalId = {number}")}").OkAsync())[
            "items"
        ]!.AsArray();

    private static Instant? Instant(JsonNode? node) =>
        node is null ? null : InstantPattern.ExtendedIso.Parse((string)node!).Value;

    private static Task<long> HeadAsync(RunningServer server) =>
        server.Services.GetRequiredService<IEventLog>().HeadAsync(CancellationToken.None);

    private static Task<long> NewestNoticeAsync(RunningServer server) =>
        server.Services.GetRequiredService<INotificationStore>().NewestAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<RecordedEvent>> EventsAsync(RunningServer server)
    {
        var log = server.Services.GetRequiredService<IEventLog>();
        var events = new List<RecordedEvent>();
        while (
            await log.ReadAsync(events.LastOrDefault()?.Position ?? 0, 1000, CancellationToken.None)
                is { Count: > 0 } more
        )
        {
            events.AddRange(more);
        }

        return events;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(10), "It did not happen.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    [GeneratedRegex(
        "^Rows read: (?<read>\\d+) = applied: (?<applied>\\d+) \\+ unchanged: (?<unchanged>\\d+) \\+ refused: (?<refused>\\d+)$",
        RegexOptions.None,
        1000
    )]
    private static partial Regex Numbers();

    [GeneratedRegex("(?<done>\\d+) of \\d+ incidents", RegexOptions.None, 1000)]
    private static partial Regex Progress();

    private sealed record Report(int Exit, int Read, int Applied, int Unchanged, int Refused, string Notes);
}
