using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Scripting.Documents;

/// <summary>Compiles scripts before they are looked at, since that takes a worker and a while.</summary>
public sealed class ScriptPreparation(ScriptSources sources) : IDocumentPreparation
{
    public async Task<ConfigurationDocument> PrepareAsync(
        ConfigurationDocument document,
        bool isTrial,
        CancellationToken cancellation
    )
    {
        if (document is ScriptDocument script)
        {
            await sources.CompileAsync(script.Source, cancellation);
        }

        return document;
    }
}
