using ServiceDesk.Incidents.Major;
using ServiceDesk.Incidents.Priorities;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents;

/// <summary>Incidents: their type, fields and workflow are documents of the folder <c>configuration</c>; the rest is here.</summary>
public sealed class IncidentsPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "incidents";

    /// <summary>The ticket type's id.</summary>
    public const string Type = "incident";

    /// <summary>Who may declare and withdraw major incidents.</summary>
    public const string DeclareMajorPermission = "incidents.declare-major";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder) =>
        builder
            .AddTexts<Texts>()
            .AddSettings<IncidentSettings>()
            .AddPermission(
                new PermissionDefinition(
                    DeclareMajorPermission,
                    "incidents.permission.declare-major",
                    ["agent", "administrator"]
                )
                {
                    DescriptionKey = "incidents.permission.declare-major-why",
                }
            )
            .AddTicketPolicy(new PriorityFromImpactAndUrgency())
            .AddFacet(new MajorFacet())
            .AddEvent<MajorDeclared>()
            .AddEvent<MajorWithdrawn>()
            .AddCommand(new MajorDeclaring())
            .AddCommand(new MajorWithdrawing())
            .AddRuleAction(MajorAutomation.Declare)
            .AddRuleAction(MajorAutomation.Withdraw)
            .AddQueryField(new QueryFieldDefinition("major", QueryFieldKind.Flag, MajorFlag))
            .AddSlotView(Slots.TicketBanner, "/plugins/incidents/_TicketBanner.cshtml")
            .AddSlotView(Slots.TicketActions, "/plugins/incidents/_TicketAction.cshtml")
            .AddSlotView(Slots.WorkspaceBanner, "/plugins/incidents/_WorkspaceBanner.cshtml")
            .AddSlotView(Slots.PortalBanner, "/plugins/incidents/_PortalBanner.cshtml")
            .AddSlotView(Slots.PortalRequest, "/plugins/incidents/_PortalRequest.cshtml")
            .AddScriptModule(MajorScripts.Module)
            .AddApi(MajorRoutes.Map)
            .Services.AddMajorIncidents();

    private static FieldValue? MajorFlag(TicketState ticket) =>
        ticket.Type == Type ? new FlagValue(ticket.Major() is not null) : null;
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
