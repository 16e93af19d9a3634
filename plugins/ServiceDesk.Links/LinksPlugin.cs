using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Links.Api;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Links.Scripting;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Links;

/// <summary>Links between tickets: their types are documents of the folder <c>configuration</c>; the rest is here.</summary>
public sealed class LinksPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "links";

    /// <summary>Who may link tickets and take links away.</summary>
    public const string EditPermission = "links.edit";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder) =>
        builder
            .AddTexts<Texts>()
            .AddPermission(
                new PermissionDefinition(EditPermission, "links.permission.edit", ["agent", "administrator"])
                {
                    DescriptionKey = "links.permission.edit-why",
                }
            )
            .AddFacet(new LinksFacet())
            .AddEvent<TicketsLinked>()
            .AddEvent<TicketsUnlinked>()
            .AddEvent<LinkedTicketChanged>()
            .AddEvent<PageLinked>()
            .AddEvent<PageUnlinked>()
            .AddCommand(new Linking.Linking())
            .AddCommand(new Unlinking())
            .AddCommand(new Mirroring())
            .AddCommand(new Noting())
            .AddCommand(new PageLinking())
            .AddCommand(new PageUnlinking())
            .AddFacts<LinkFacts, LinkFactSource>()
            .AddReaction<BothEnds>("both-ends")
            .AddQueryFunction(LinkQueries.Linked)
            .AddDocumentUse(LinkQueries.OfType)
            .AddQueryFunction(LinkQueries.LinkedTo)
            .AddQueryFunction(LinkQueries.CausedBy)
            .AddQueryFunction(LinkQueries.ChildOf)
            .AddQueryField(LinkQueries.OpenChildren)
            .AddRuleTrigger(LinkAutomation.LinkedTicketChanged)
            .AddRuleAction(LinkAutomation.Link)
            .AddRelation(LinkAutomation.Linked)
            .AddRelation(LinkAutomation.Parent)
            .AddRelation(LinkAutomation.Children)
            .AddSlotView(Slots.TicketPanel, "/plugins/links/_TicketPanel.cshtml", order: 50)
            .AddSlotView(Slots.PortalRequest, "/plugins/links/_PortalRequest.cshtml")
            .AddScriptModule(LinkScripts.Module)
            .AddApi(LinkRoutes.Map)
            .Services.AddScoped<LinkBoard>()
            .AddScoped<LinkCandidates>()
            .AddScoped<LinkDoor>()
            .AddScoped<LinkedOpening>();
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
