using System.Globalization;
using ServiceDesk.Host.Configuration;

namespace ServiceDesk.Host.Cli.Commands;

/// <summary><c>config export DIR</c>: the whole configuration as YAML files.</summary>
public sealed class ExportConfiguration(IConfigurationEditor editor) : IHostCommand
{
    public string Name => "config export";

    public async Task<int> RunAsync(
        CommandRequest request,
        Stream input,
        ICommandOutput output,
        CancellationToken cancellation
    )
    {
        var files = editor.Export();
        foreach (var file in files)
        {
            await output.FileAsync(file.Path, file.Text);
        }

        await output.NoteAsync(CliTexts.Get("cli.config-exported", files.Count.ToString(CultureInfo.InvariantCulture)));
        return ExitCodes.Done;
    }
}
