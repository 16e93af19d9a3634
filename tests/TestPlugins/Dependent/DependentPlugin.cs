using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using TestPlugins.Good;

namespace TestPlugins.Dependent;

/// <summary>Reads the facet of another plugin by its type: both see the same one.</summary>
public sealed class DependentPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) =>
        builder.AddQueryField(
            new QueryFieldDefinition(
                "praised",
                QueryFieldKind.Flag,
                ticket => new FlagValue(ticket.Facet<Praise>(GoodPlugin.Id) is not null)
            )
        );
}
