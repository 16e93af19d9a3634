using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Cli.Commands;

/// <summary><c>config import DIR</c>: writes a folder of YAML files as one revision, or none of it.</summary>
public sealed class ImportConfiguration(IConfigurationEditor editor, ITexts texts) : IHostCommand
{
    public string Name => "config import";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var moves = (request.Find("replace") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(StatusMove.Parse)
            .ToList();
        if (moves.Contains(null))
        {
            await output.NoteAsync(texts["workflow.replace-wrong"]);
            return ExitCodes.Refused;
        }

        var files =
            await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(input, cancellationToken: cancellation)
            ?? [];
        var outcome = await editor.ImportAsync(
            [.. files.Select(file => new ConfigurationFile(file.Key, file.Value))],
            new ConfigurationImport
            {
                IsTrial = request.Find("dry-run") is not null,
                KeepOthers = request.Find("keep-others") is not null,
            },
            new ConfigurationAuthor(null, "command-line", request.Find("comment"))
            {
                RemovesUsed = request.Find("remove-used") is not null,
                StatusMoves = moves.OfType<StatusMove>().ToValueList(),
            },
            cancellation
        );
        foreach (var problem in outcome.Problems)
        {
            var place = problem.Line is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"{problem.Path}:{line}")
                : problem.Path;
            var sentence = texts.Format(problem.Problem.Code, [.. problem.Problem.Arguments]);
            await output.NoteAsync(place.Length == 0 ? sentence : $"{place}: {sentence}");
        }

        foreach (var difference in outcome.Differences)
        {
            await output.ResultAsync(
                CliTexts.Get($"cli.config-{Word(difference.Difference)}", difference.Kind, difference.Id)
            );
        }

        var isTrial = request.Find("dry-run") is not null && outcome.Status == ConfigurationStatus.Written;
        await output.NoteAsync(
            CliTexts.Get(
                isTrial ? "cli.config-import-trial" : $"cli.config-import-{Word(outcome.Status)}",
                outcome.Revision.ToString(CultureInfo.InvariantCulture)
            )
        );
        return outcome.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
