using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Cli;
using ServiceDesk.Host.Cli.Control;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Cli;

/// <summary>The commands, with a server that owns the data folder and without one.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Installation installation = new();
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;

    public CommandLineTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = language;
        installation.Dispose();
    }

    private string Folder => installation.Folder;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Creating_a_user_prints_the_id_alone_and_a_link_beside_it(bool besideServer)
    {
        await using var server = besideServer ? await StartAsync() : null;

        var run = await RunAsync(
            "user",
            "create",
            "--name",
            "Kim Ara",
            "--email",
            "ara@example.test",
            "--role",
            "agent"
        );

        Assert.Equal((ExitCodes.Done, "1"), (run.Exit, run.Output.Trim()));
        Assert.Contains("/account/setup?token=", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_names_no_folder_finds_the_demo_that_runs()
    {
        await using var server = await StartAsync();
        var note = new DemoNote(Path.Combine(Folder, "notes", "demo-folder"));
        using var told = new StringWriter();
        await note.LeaveAsync(Folder, told);

        var beside = await CreateAsync(note);
        Assert.Equal((ExitCodes.Done, "1"), (beside.Exit, beside.Output.Trim()));
        Assert.Contains($"--data {Folder}", told.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await server.Services.GetRequiredService<IPeopleStore>().FindByEmailAsync("ara@example.test"));

        // Another demo's note stays; one's own goes, and with it what commands find.
        note.TakeBack("elsewhere");
        Assert.Equal(Folder, note.Find(Default()).DataFolder);
        Assert.NotEqual(Folder, note.Find(Default() with { IsDataDefault = false }).DataFolder);
        note.TakeBack(Folder);
        Assert.NotEqual(Folder, note.Find(Default()).DataFolder);

        HostOptions Default() =>
            new()
            {
                DataFolder = Path.Combine(Folder, "nothing"),
                IsDataDefault = true,
                Urls = [],
                PluginFolder = "",
                Node = "",
            };
    }

    private static async Task<Run> CreateAsync(DemoNote note)
    {
        using var input = new StringReader("");
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = ["user", "create", "--name", "Kim Ara", "--email", "ara@example.test", "--role", "agent"];
        var exit = await CommandLine.RunAsync(arguments, input, output, error, note);
        return new Run(exit, output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_printed_alone_and_works(bool besideServer)
    {
        await using var server = besideServer ? await StartAsync() : null;
        await CreateUserAsync("administrator");

        var run = await RunAsync("token", "create", "--user", "ara@example.test", "--name", "nightly");

        Assert.Equal(ExitCodes.Done, run.Exit);
        await using var app = server ?? await StartAsync();
        var token = await app.Services.GetRequiredService<ITokenStore>().UseAsync(run.Output.TrimEnd());
        Assert.Equal(("nightly", new PersonId(1)), (token!.Name, token.Person));
    }

    [Fact]
    public async Task A_password_is_read_from_standard_input_and_signs_in()
    {
        var run = await RunWithInputAsync(
            "a long enough password\n",
            "user",
            "create",
            "--name",
            "Kim Ara",
            "--email",
            "ara@example.test",
            "--role",
            "agent",
            "--password-stdin"
        );

        Assert.Equal((ExitCodes.Done, ""), (run.Exit, run.Error));
        var tooShort = await RunWithInputAsync(
            "short\n",
            "user",
            "create",
            "--name",
            "Lee",
            "--email",
            "lee@example.test",
            "--role",
            "agent",
            "--password-stdin"
        );
        Assert.Equal((ExitCodes.Refused, ""), (tooShort.Exit, tooShort.Output));
        Assert.Contains("at least 12 characters", tooShort.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wizard", "ara@example.test", "wizard")]
    [InlineData("agent", "not an address", "not an address")]
    public async Task A_wrong_user_is_refused_with_a_sentence_on_stderr(string role, string email, string named)
    {
        var run = await RunAsync("user", "create", "--name", "Kim Ara", "--email", email, "--role", role);

        Assert.Equal((ExitCodes.Refused, ""), (run.Exit, run.Output));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused()
    {
        await CreateUserAsync("agent");

        var run = await RunAsync("user", "create", "--name", "Other", "--email", "ARA@example.test", "--role", "agent");

        Assert.Equal(ExitCodes.Refused, run.Exit);
        Assert.Contains("ARA@example.test", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("user create --name only")]
    [InlineData("token create --user a --name b --colour blue")]
    [InlineData("verify extra")]
    public async Task A_wrong_command_line_is_named_and_ends_with_2(string arguments)
    {
        var run = await RunAsync(arguments.Split(' '));

        Assert.Equal((ExitCodes.Usage, ""), (run.Exit, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task Sentences_are_in_the_language_of_the_environment()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ko-KR");
        await using var server = await StartAsync();

        var run = await RunAsync("token", "create", "--user", "nobody@example.test", "--name", "x");

        Assert.Contains("사용자가 없습니다", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_configuration_goes_out_and_in_again_without_a_difference(bool besideServer)
    {
        await using var server = besideServer ? await StartAsync() : null;
        var target = Path.Combine(Folder, "exported");

        var export = await RunAsync("config", "export", target);
        var import = await RunAsync("config", "import", target);
        var again = Path.Combine(Folder, "exported-again");
        await RunAsync("config", "export", again);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done, ""), (export.Exit, import.Exit, import.Output));
        Assert.Equal(await ContentAsync(target), await ContentAsync(again));
        Assert.Contains("roles/agent.yaml", (await ContentAsync(target)).Keys);
    }

    [Fact]
    public async Task An_export_leaves_no_document_behind_that_is_no_more()
    {
        var target = Path.Combine(Folder, "exported");
        await RunAsync("config", "export", target);
        var files = await ContentAsync(target);
        await File.WriteAllTextAsync(Path.Combine(target, "queues", "former.yaml"), "kind: queue\n");
        await File.WriteAllTextAsync(Path.Combine(target, "README.txt"), "mine");

        var again = await RunAsync("config", "export", target);

        Assert.Equal(ExitCodes.Done, again.Exit);
        Assert.Equal(files.Keys.Append("README.txt").Order(), (await ContentAsync(target)).Keys.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_that_cannot_be_written_says_where(bool besideServer)
    {
        await using var server = besideServer ? await StartAsync() : null;
        var target = Path.Combine(Folder, "a-file");
        await File.WriteAllTextAsync(target, "");

        var run = await RunAsync("config", "export", target);

        Assert.Equal((ExitCodes.Usage, ""), (run.Exit, run.Output));
        Assert.StartsWith(target, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_document_is_named_with_its_file_and_nothing_is_written()
    {
        var target = Path.Combine(Folder, "exported");
        await RunAsync("config", "export", target);
        await File.AppendAllTextAsync(Path.Combine(target, "roles", "agent.yaml"), "colour: blue\n");

        var run = await RunAsync("config", "import", target);

        Assert.Equal((ExitCodes.Refused, ""), (run.Exit, run.Output));
        Assert.Contains("roles/agent.yaml", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_takes_where_tickets_go_as_flags_and_tells_those_that_cannot_be_read()
    {
        var target = Path.Combine(Folder, "exported");
        await RunAsync("config", "export", target);

        var wrong = await RunAsync("config", "import", target, "--replace", "nonsense");
        var right = await RunAsync("config", "import", target, "--replace", "a:b", "--replace", "incident/c:d");

        Assert.Equal((ExitCodes.Refused, ExitCodes.Done), (wrong.Exit, right.Exit));
        Assert.Contains("waiting:in-progress", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_whole_database_is_verified_as_whole(bool besideServer)
    {
        await using var server = besideServer ? await StartAsync() : null;
        await RunAsync("config", "export", Path.Combine(Folder, "exported"));

        var run = await RunAsync("verify");

        Assert.Equal((ExitCodes.Done, ""), (run.Exit, run.Output));
    }

    [Fact]
    public async Task A_folder_without_a_database_is_not_verified_as_whole()
    {
        var run = await RunAsync("verify");

        Assert.Equal((ExitCodes.Usage, ""), (run.Exit, run.Output));
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        await using var server = await StartAsync();

        var run = await RunAsync("--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCodes.Unavailable, run.Exit);
        Assert.Contains(Folder, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_control_connection_wants_the_secret()
    {
        await using var server = await StartAsync();
        var control = (await ControlFile.FindAsync(Folder, CancellationToken.None))!;
        using var client = new HttpClient();
        using var nothing = await client.PostAsync(control.Address + "/control/run", new StringContent("{}\n"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", control.Secret + "0");
        using var wrong = await client.PostAsync(control.Address + "/control/run", new StringContent("{}\n"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (nothing.StatusCode, wrong.StatusCode));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(Folder, "control.json"))
            );
        }
    }

    [Fact]
    public async Task The_first_administrator_comes_by_a_link_that_works_once()
    {
        await using var server = await StartAsync();
        var link = await FirstAdministrator.MakeLinkAsync(server.App, CancellationToken.None);
        var output = new StringWriter();
        await FirstAdministrator.OfferAsync(server.App, link!, output);
        var token = output.ToString().Trim().Split("token=")[1];
        await using var scope = server.Services.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<AccountSetup>();

        var first = await setup.CreateAdministratorAsync(
            token,
            "Kim Ara",
            "ara@example.test",
            "a long enough password",
            default
        );
        var second = await setup.CreateAdministratorAsync(
            token,
            "Eve",
            "eve@example.test",
            "a long enough password",
            default
        );

        Assert.Empty(first);
        Assert.Equal(RefusalKind.NotFound, Assert.Single(second).Kind);
        Assert.Null(await FirstAdministrator.MakeLinkAsync(server.App, CancellationToken.None));
        var person = await server.Services.GetRequiredService<IPeopleStore>().FindByEmailAsync("ara@example.test");
        Assert.Equal("administrator", person!.Role);
    }

    [Fact]
    public async Task A_newer_link_replaces_an_older_one_and_each_ends_after_its_days()
    {
        await using var host = await HostUnderTest.CreateAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var setup = scope.ServiceProvider.GetRequiredService<AccountSetup>();
        var person = (await host.CustomerAsync()).Id;
        var old = await setup.NewLinkAsync(OneTimePurpose.SetPassword, person, null, default);
        var newer = await setup.NewLinkAsync(OneTimePurpose.SetPassword, person, null, default);

        Assert.Null(await setup.FindAsync(old, default));
        Assert.NotNull(await setup.FindAsync(newer, default));
        Assert.Equal(
            "accounts.password-too-short",
            Assert.Single(await setup.SetPasswordAsync(newer, "short", default)).Code
        );
        host.Time.Advance(AccountSetup.Validity);
        Assert.Null(await setup.FindAsync(newer, default));
    }

    private async Task CreateUserAsync(string role) =>
        Assert.Equal(
            ExitCodes.Done,
            (await RunAsync("user", "create", "--name", "Kim Ara", "--email", "ara@example.test", "--role", role)).Exit
        );

    private Task<RunningServer> StartAsync() => installation.StartAsync();

    private Task<Run> RunAsync(params string[] arguments) => installation.RunAsync("", arguments);

    private Task<Run> RunWithInputAsync(string input, params string[] arguments) =>
        installation.RunAsync(input, arguments);

    private static async Task<SortedDictionary<string, string>> ContentAsync(string root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(root, path).Replace('\\', '/')] = await File.ReadAllTextAsync(path);
        }

        return files;
    }
}
