using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace Acme.Callbacks;

/// <summary>Everything that the plugin brings. Called once, when the server starts.</summary>
public sealed class Plugin : IServiceDeskPlugin
{
    /// <summary>The id of <c>plugin.json</c>: prefix of stored names, texts, permissions and paths.</summary>
    public const string Id = "acme-callbacks";

    /// <summary>The field of <c>configuration/field-number.yaml</c>.</summary>
    public const string NumberField = "acme-callbacks-number";

    public void Configure(IPluginBuilder builder) =>
        builder
            .AddTexts<Texts>()
            .AddFacet(new CallbackFacet())
            .AddEvent<CallbackPromised>()
            .AddEvent<CallbackMade>()
            .AddCommand(new Promising())
            .AddCommand(new Making())
            .AddSlotView(Slots.TicketPanel, "/plugins/acme-callbacks/_Panel.cshtml");
}

/// <summary>The base name of <c>Texts.resx</c> and <c>Texts.ko.resx</c>.</summary>
public sealed class Texts;
