using System.CommandLine;
using System.Globalization;
using ServiceDesk.Host.Cli.Commands;
using ServiceDesk.Host.Cli.Control;

namespace ServiceDesk.Host.Cli;

/// <summary>The commands besides serving: what each is called and takes.</summary>
public sealed class ClientCommands(
    GlobalOptions global,
    DemoNote demo,
    TextReader input,
    TextWriter output,
    TextWriter error
)
{
    public static IEnumerable<Command> All(
        GlobalOptions options,
        DemoNote demo,
        TextReader input,
        TextWriter output,
        TextWriter error
    )
    {
        var verbs = new ClientCommands(options, demo, input, output, error);
        yield return new Command("user", CliTexts.Get("cli.user")) { verbs.UserCreate() };
        yield return new Command("token", CliTexts.Get("cli.token")) { verbs.TokenCreate() };
        yield return new Command("config", CliTexts.Get("cli.config")) { verbs.ConfigExport(), verbs.ConfigImport() };
        yield return new Command("import", CliTexts.Get("cli.import")) { verbs.ImportServiceNow() };
        yield return verbs.Verify();
    }

    private Command UserCreate()
    {
        var name = Required("--name", "NAME", "cli.user-name");
        var email = Required("--email", "EMAIL", "cli.user-email");
        var role = Required("--role", "customer|agent|administrator", "cli.user-role");
        var password = new Option<bool>("--password-stdin") { Description = CliTexts.Get("cli.user-password") };
        var command = new Command("create", CliTexts.Get("cli.user-create")) { name, email, role, password };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var arguments = Arguments(parsed, name, email, role);
                if (parsed.GetValue(password))
                {
                    arguments["password"] = (await input.ReadLineAsync(cancellation)) ?? string.Empty;
                }

                return await RunAsync(parsed, "user create", arguments, Stream.Null, Console, cancellation);
            }
        );
        return command;
    }

    private Command TokenCreate()
    {
        var user = Required("--user", "EMAIL|ID", "cli.token-user");
        var name = Required("--name", "NAME", "cli.token-label");
        var scopes = new Option<string?>("--scopes")
        {
            HelpName = "SCOPES",
            Description = CliTexts.Get("cli.token-scopes"),
        };
        var command = new Command("create", CliTexts.Get("cli.token-create")) { user, name, scopes };
        command.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    parsed,
                    "token create",
                    Arguments(parsed, user, name, scopes),
                    Stream.Null,
                    Console,
                    cancellation
                )
        );
        return command;
    }

    private Command ConfigExport()
    {
        var folder = Folder();
        var command = new Command("export", CliTexts.Get("cli.config-export")) { folder };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var console = new ConsoleOutput(output, error, parsed.GetRequiredValue(folder));
                var exit = await RunAsync(parsed, "config export", [], Stream.Null, console, cancellation);
                if (exit == ExitCodes.Done && console.RemoveFormer() is > 0 and var count)
                {
                    await console.NoteAsync(CliTexts.Get("cli.config-export-removed", $"{count}"));
                }

                return exit;
            }
        );
        return command;
    }

    private Command ConfigImport()
    {
        var folder = Folder();
        var trial = new Option<bool>("--dry-run") { Description = CliTexts.Get("cli.config-dry-run") };
        var keep = new Option<bool>("--keep-others") { Description = CliTexts.Get("cli.config-keep-others") };
        var used = new Option<bool>("--remove-used") { Description = CliTexts.Get("cli.config-remove-used") };
        var comment = new Option<string?>("--comment")
        {
            Description = CliTexts.Get("cli.config-comment"),
            HelpName = "TEXT",
        };
        var replace = new Option<string[]>("--replace")
        {
            Description = CliTexts.Get("cli.config-replace"),
            HelpName = "STATUS:STATUS",
        };
        var command = new Command("import", CliTexts.Get("cli.config-import"))
        {
            folder,
            trial,
            keep,
            used,
            comment,
            replace,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var arguments = Arguments(parsed, comment);
                Flag(arguments, "dry-run", parsed.GetValue(trial));
                Flag(arguments, "keep-others", parsed.GetValue(keep));
                Flag(arguments, "remove-used", parsed.GetValue(used));
                if (parsed.GetValue(replace) is { Length: > 0 } moves)
                {
                    arguments["replace"] = string.Join(' ', moves);
                }

                var files = await FolderContent.ReadAsync(parsed.GetRequiredValue(folder), error, cancellation);
                return files is null
                    ? ExitCodes.Usage
                    : await RunAsync(parsed, "config import", arguments, files, Console, cancellation);
            }
        );
        return command;
    }

    private Command ImportServiceNow()
    {
        var file = new Argument<string>("FILE") { Description = CliTexts.Get("cli.import-file") };
        var desk = Required("--desk", "KEY", "cli.import-desk");
        var refused = new Option<string?>("--refused")
        {
            HelpName = "FILE",
            Description = CliTexts.Get("cli.import-refused"),
        };
        var command = new Command("servicenow", CliTexts.Get("cli.import-servicenow")) { file, desk, refused };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var arguments = Arguments(parsed, desk);
                var console = Console;
                if (parsed.GetValue(refused) is { } wanted)
                {
                    // Not over what is read, and nothing of a list of before goes while there is nothing to read.
                    var read = Path.GetFullPath(parsed.GetRequiredValue(file));
                    if (!File.Exists(read) || string.Equals(read, Path.GetFullPath(wanted), StringComparison.Ordinal))
                    {
                        await error.WriteLineAsync(
                            CliTexts.Get("cli.file-unreadable", parsed.GetRequiredValue(file), wanted)
                        );
                        return ExitCodes.Usage;
                    }

                    if (!await TryBeginAsync(wanted, cancellation))
                    {
                        return ExitCodes.Usage;
                    }

                    var path = Path.GetFullPath(wanted);
                    arguments["refused"] = Path.GetFileName(path);
                    console = new ConsoleOutput(output, error, Path.GetDirectoryName(path));
                }

                try
                {
                    await using var content = File.OpenRead(parsed.GetRequiredValue(file));
                    return await RunAsync(parsed, "import servicenow", arguments, content, console, cancellation);
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    await error.WriteLineAsync(
                        CliTexts.Get("cli.file-unreadable", parsed.GetRequiredValue(file), problem.Message)
                    );
                    return ExitCodes.Usage;
                }
            }
        );
        return command;
    }

    // Before anything is taken in: a file that cannot be written is no end for what took hours.
    private async Task<bool> TryBeginAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await File.WriteAllTextAsync(path, string.Empty, cancellation);
            return true;
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await error.WriteLineAsync(CliTexts.Get("cli.folder-unwritable", path, problem.Message));
            return false;
        }
    }

    private Command Verify()
    {
        var command = new Command("verify", CliTexts.Get("cli.verify"));
        command.SetAction((parsed, cancellation) => RunAsync(parsed, "verify", [], Stream.Null, Console, cancellation));
        return command;
    }

    private Task<int> RunAsync(
        ParseResult parsed,
        string name,
        Dictionary<string, string> arguments,
        Stream content,
        ConsoleOutput console,
        CancellationToken cancellation
    ) =>
        CommandDispatch.RunAsync(
            global.Read(parsed),
            demo,
            new CommandRequest(name, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, arguments),
            content,
            console,
            error,
            cancellation
        );

    private ConsoleOutput Console => new(output, error, folder: null);

    private static Option<string> Required(string name, string help, string text) =>
        new(name)
        {
            Required = true,
            HelpName = help,
            Description = CliTexts.Get(text),
        };

    private static Argument<string> Folder() => new("DIR") { Description = CliTexts.Get("cli.config-folder") };

    private static Dictionary<string, string> Arguments(ParseResult parsed, params ReadOnlySpan<Option> options)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            if (parsed.GetValue<string?>(option.Name) is { } value)
            {
                arguments[option.Name.TrimStart('-')] = value;
            }
        }

        return arguments;
    }

    private static void Flag(Dictionary<string, string> arguments, string name, bool isSet)
    {
        if (isSet)
        {
            arguments[name] = "true";
        }
    }
}
