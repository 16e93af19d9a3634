using Microsoft.Extensions.Configuration;
using NodaTime;
using ServiceDesk.Host.Startup;
using ServiceDesk.Storage;

namespace ServiceDesk.Host.Tests.Cli;

public sealed class HostOptionsReaderTests
{
    private static readonly string WorkingFolder = Path.GetTempPath();

    [Fact]
    public void Without_any_option_the_data_lie_in_the_working_folder_on_SQLite()
    {
        var options = Read(new GivenOptions());

        Assert.Equal(Path.Combine(WorkingFolder, "data"), options.DataFolder);
        Assert.Equal(DatabaseProvider.Sqlite, options.Database);
        Assert.Equal(["http://localhost:5080"], options.Urls);
    }

    [Fact]
    public void The_command_line_goes_before_the_environment()
    {
        var options = Read(
            new GivenOptions { Data = "/srv/given" },
            ("ServiceDesk:Data", "/srv/environment"),
            ("SERVICEDESK:URLS", "http://127.0.0.1:7000")
        );

        Assert.Equal(Path.GetFullPath("/srv/given"), options.DataFolder);
        Assert.Equal(["http://127.0.0.1:7000"], options.Urls);
    }

    [Fact]
    public void Every_wrong_value_is_named_at_once()
    {
        var codes = Problems(
            new GivenOptions { Database = "oracle", Urls = "nonsense" },
            ("ServiceDesk:Colour", "blue"),
            ("ServiceDesk:LogLevel", "loud"),
            ("ServiceDesk:GrainIdle", "soon"),
            ("ServiceDesk:GrainMemory", "-1"),
            ("ServiceDesk:PublicUrl", "help.example.com"),
            ("ServiceDesk:Demo", "maybe")
        );

        Assert.Equal(
            [
                "cli.option-unknown",
                "cli.flag-wrong",
                "cli.database-unknown",
                "cli.url-wrong",
                "cli.log-level-unknown",
                "cli.duration-wrong",
                "cli.megabytes-wrong",
                "cli.public-url-wrong",
            ],
            codes
        );
    }

    [Theory]
    [InlineData("https://help.example.com/desk/", "https://help.example.com/desk")]
    [InlineData("http://10.0.0.7:8080", "http://10.0.0.7:8080")]
    [InlineData("", "http://localhost:7000")]
    public void Links_lead_to_the_address_that_people_use_where_it_was_said(string said, string leads) =>
        Assert.Equal(
            leads,
            Read(new GivenOptions { Urls = "http://*:7000" }, ("ServiceDesk:PublicUrl", said)).PublicUrl
        );

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@help.example.com")]
    [InlineData("https://help.example.com/?next=")]
    [InlineData("/desk")]
    public void An_address_that_people_could_not_use_is_refused(string said) =>
        Assert.Equal(["cli.public-url-wrong"], Problems(new GivenOptions(), ("ServiceDesk:PublicUrl", said)));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://desk.example.test")]
    [InlineData("http://localhost:5080;http://192.168.0.7:5080")]
    public void Demo_mode_refuses_an_address_that_others_can_reach(string urls) =>
        Assert.Equal(["cli.demo-needs-loopback"], Problems(new GivenOptions { Demo = true, Urls = urls }));

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080")]
    public void Demo_mode_listens_on_loopback_in_a_folder_that_goes_away(string urls)
    {
        var options = Read(new GivenOptions { Demo = true, Urls = urls });

        Assert.True(options.IsDataTemporary);
        Directory.Delete(options.DataFolder);
    }

    [Fact]
    public void A_demo_in_a_given_folder_stays() =>
        Assert.False(Read(new GivenOptions { Demo = true, Data = "demo" }).IsDataTemporary);

    [Fact]
    public void A_server_database_needs_a_connection_and_SQLite_takes_none()
    {
        Assert.Equal(["cli.connection-missing"], Problems(new GivenOptions { Database = "postgresql" }));
        Assert.Equal(["cli.connection-not-for-sqlite"], Problems(new GivenOptions { Connection = "Host=db" }));
    }

    [Fact]
    public void Limits_of_the_memory_of_tickets_can_be_set()
    {
        var options = Read(new GivenOptions(), ("ServiceDesk:GrainIdle", "PT2M"), ("ServiceDesk:GrainMemory", "5"));

        Assert.Equal((Duration.FromMinutes(2), 5L * 1024 * 1024), (options.GrainIdle, options.GrainMemory));
    }

    [Fact]
    public void Two_starts_never_have_the_same_name() =>
        Assert.NotEqual(Read(new GivenOptions()).Node, Read(new GivenOptions()).Node);

    private static HostOptions Read(GivenOptions given, params (string Key, string Value)[] settings)
    {
        var (options, problems) = HostOptionsReader.Read(given, Configuration(settings), WorkingFolder);
        Assert.Empty(problems);
        return options!;
    }

    private static IEnumerable<string> Problems(GivenOptions given, params (string Key, string Value)[] settings) =>
        HostOptionsReader.Read(given, Configuration(settings), WorkingFolder).Problems.Select(problem => problem.Code);

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))
            )
            .Build();
}
