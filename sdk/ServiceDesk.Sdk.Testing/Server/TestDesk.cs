using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// A desk that works every ticket type of the loaded plugins. The one that the product ships names types of plugins that a
/// test may not have, and is then left out.
/// </summary>
internal static class TestDesk
{
    public const string Key = "ITSD";

    public static async Task EnsureAsync(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        if (configuration.TryGet<DeskDocument>(Key, out _))
        {
            return;
        }

        var desk = new DeskDocument
        {
            Id = Key,
            Name = LocalizedText.Of("Test desk", "시험용 데스크"),
            Types = configuration.All<TicketTypeDocument>().Select(type => type.Id).ToValueList(),
        };
        var outcome = await services
            .GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                services.GetRequiredService<DocumentText>().ToYaml(desk),
                expectedVersion: 0,
                new ConfigurationAuthor(null, "test", null)
            );
        if (outcome.Status != ConfigurationStatus.Written)
        {
            throw new InvalidOperationException($"The test's desk was refused: {outcome.Problems}");
        }
    }
}
