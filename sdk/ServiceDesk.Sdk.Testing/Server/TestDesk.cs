using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// A desk that works every ticket type of the loaded plugins. The one that the product ships works those of the product's
/// own plugins alone.
/// </summary>
internal static class TestDesk
{
    public const string Key = "ITSD";

    public static async Task EnsureAsync(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var types = configuration.All<TicketTypeDocument>().Select(type => type.Id).ToValueList();
        if (configuration.TryGet<DeskDocument>(Key, out var shipped) && types.All(shipped.Types.Contains))
        {
            return;
        }

        var desk = (
            shipped ?? new DeskDocument { Id = Key, Name = LocalizedText.Of("Test desk", "시험용 데스크") }
        ) with
        {
            Types = types,
        };
        var outcome = await services
            .GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                services.GetRequiredService<DocumentText>().ToYaml(desk),
                expectedVersion: configuration.VersionOf<DeskDocument>(Key),
                new ConfigurationAuthor(null, "test", null)
            );
        if (outcome.Status != ConfigurationStatus.Written)
        {
            throw new InvalidOperationException($"The test's desk was refused: {outcome.Problems}");
        }
    }
}
