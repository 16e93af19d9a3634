using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>Documents of a server under test.</summary>
internal static class Documents
{
    /// <summary>Puts documents into force beside those that there are.</summary>
    public static async Task WriteAsync(this ServiceDeskServer server, IEnumerable<ConfigurationDocument> documents)
    {
        var text = server.Services.GetRequiredService<DocumentText>();
        var outcome = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .ImportAsync(
                [
                    .. documents.Select(document => new ConfigurationFile(
                        ConfigurationFolder.PathOf(DocumentTypes.KindOf(document), document.Id),
                        text.ToYaml(document)
                    )),
                ],
                new ConfigurationImport { KeepOthers = true },
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.Empty(outcome.Problems);
    }
}
