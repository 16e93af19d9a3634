using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Tests.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>The calendars and policies that come with the product.</summary>
public sealed class ShippedSlaTests
{
    private static readonly string[] Folders =
    [
        "host/ServiceDesk.Host/Configuration/Shipped/calendars",
        "plugins/ServiceDesk.Incidents/configuration",
        "plugins/ServiceDesk.Requests/configuration",
        "plugins/ServiceDesk.Changes/configuration",
    ];

    private static readonly Lazy<Task<List<(string Yaml, DocumentReading Reading)>>> Shipped = new(ReadAsync);

    [Fact]
    public async Task They_can_be_read_and_are_written_back_the_same()
    {
        var text = new DocumentText(new DocumentSchemas());
        Assert.All(
            await Shipped.Value,
            shipped =>
            {
                Assert.Empty(shipped.Reading.Problems);
                Assert.Equal(shipped.Yaml, text.ToYaml(shipped.Reading.Document!));
            }
        );
    }

    [Fact]
    public async Task They_are_right()
    {
        IDocumentCheck[] checks = [new CalendarCheck(), new SlaPolicyCheck()];
        var configuration = await ConfigurationAsync();
        Assert.Empty(
            configuration.Documents.SelectMany(one =>
                checks.SelectMany(check => check.Check(one.Document, configuration))
            )
        );
        Assert.All(
            configuration.All<SlaPolicyDocument>().SelectMany(policy => policy.Metrics).SelectMany(one => one.Goals),
            goal => Assert.True(configuration.TryGet<CalendarDocument>(goal.Calendar, out _))
        );
    }

    [Fact]
    public async Task Each_policy_has_the_metrics_of_its_practice_and_a_goal_for_every_ticket()
    {
        var policies = (await ConfigurationAsync()).All<SlaPolicyDocument>();
        string[] customers = ["time-to-first-response", "time-to-resolution", "time-to-next-response", "time-to-close"];
        Assert.Equal(
            [
                ("change", AgreementType.Sla, "time-to-approve"),
                ("incident", AgreementType.Sla, string.Join(' ', customers)),
                ("service-request", AgreementType.Sla, string.Join(' ', [.. customers, "time-to-approve"])),
                ("team-work", AgreementType.Ola, "time-in-team"),
            ],
            policies.Select(policy =>
                (policy.Id, policy.Type, string.Join(' ', policy.Metrics.Select(metric => metric.Id)))
            )
        );
        Assert.All(
            policies.SelectMany(policy => policy.Metrics),
            metric =>
            {
                Assert.Equal("", metric.Goals[^1].Query);
                Assert.NotEqual(metric.Name.In("en"), metric.Name.In("ko"));
            }
        );
    }

    [Fact]
    public async Task Office_hours_in_Korea_have_the_public_holidays_elections_and_the_day_of_the_workers()
    {
        var korea = WorkingCalendar.Of(await KoreaAsync());
        LocalDate[] others =
        [
            new(2024, 4, 10),
            new(2024, 5, 1),
            new(2024, 10, 1),
            new(2025, 1, 27),
            new(2025, 5, 1),
            new(2025, 6, 3),
            new(2026, 6, 3),
        ];

        var told = Enumerable.Range(2024, 4).SelectMany(korea.NamedDays).Select(day => day.Date);

        Assert.Equal(KoreanHolidays.Dates.Where(date => date.Year >= 2024).Concat(others).Order(), told);
    }

    [Theory]
    [InlineData("2026-09-23", "2026-09-29", 18)]
    [InlineData("2027-02-05", "2027-02-11", 18)]
    [InlineData("2026-07-13", "2026-07-20", 36)]
    public async Task Korean_working_time_goes_around_the_holidays(string from, string to, int hours)
    {
        var calendar = WorkingCalendar.Of(await KoreaAsync());
        Instant Midnight(string date) =>
            calendar.Zone.AtStartOfDay(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value).ToInstant();

        Assert.Equal(hours, calendar.Between(Midnight(from), Midnight(to)).TotalHours);
    }

    private static async Task<CalendarDocument> KoreaAsync()
    {
        Assert.True((await ConfigurationAsync()).TryGet<CalendarDocument>("korea-office-hours", out var korea));
        return korea;
    }

    private static async Task<ConfigurationSnapshot> ConfigurationAsync() =>
        ConfigurationSnapshot.Of(1, (await Shipped.Value).Select(shipped => shipped.Reading.Document!));

    private static async Task<List<(string Yaml, DocumentReading Reading)>> ReadAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ServiceDesk.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The solution is not above the tests.");
        }

        var text = new DocumentText(new DocumentSchemas());
        return
        [
            .. Folders
                .SelectMany(folder => Directory.GetFiles(Path.Combine(root.FullName, folder), "*.yaml"))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
                .Where(yaml =>
                    yaml.StartsWith("kind: calendar", StringComparison.Ordinal)
                    || yaml.StartsWith("kind: sla-policy", StringComparison.Ordinal)
                )
                .Select(yaml => (yaml, text.FromYaml(yaml))),
        ];
    }
}
