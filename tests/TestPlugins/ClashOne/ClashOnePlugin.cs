using Greetings;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace TestPlugins.ClashOne;

/// <summary>Answers with a word and the version of the library that it got, through a query field, since that needs no server.</summary>
public sealed class ClashOnePlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) =>
        builder.AddQueryField(
            new QueryFieldDefinition(
                "greeting-one",
                QueryFieldKind.Text,
                _ => new TextValue($"{Greeting.OfTheOldDays()} {typeof(Greeting).Assembly.GetName().Version!.Major}")
            )
        );
}
