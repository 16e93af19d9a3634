using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Changes.Api;
using ServiceDesk.Changes.Demo;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Changes.Scripting;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Changes;

/// <summary>Changes: type, fields, workflow, approval policies, desk and queues are documents of the folder <c>configuration</c>; the rest is here.</summary>
public sealed class ChangesPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "changes";

    /// <summary>The ticket type's id.</summary>
    public const string Type = "change";

    /// <summary>Who sees the calendar. Of its changes everybody sees the own ones only.</summary>
    public const string CalendarPermission = "changes.see-calendar";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        builder
            .AddTexts<Texts>()
            .AddSettings<ChangeSettings>()
            .AddDemoData<ChangeDemo>()
            .AddPermission(
                new PermissionDefinition(
                    CalendarPermission,
                    "changes.permission.see-calendar",
                    ["agent", "administrator"]
                )
                {
                    DescriptionKey = "changes.permission.see-calendar-why",
                }
            )
            .AddTicketPolicy(new ChangePlanning())
            .AddFacet(new RiskFacet())
            .AddEvent<RiskAssessed>()
            .AddCommand(new RiskAssessing())
            .AddRuleAction(ChangeAutomation.Open)
            .AddRuleAction(ChangeAutomation.Submit)
            .AddQueryField(new QueryFieldDefinition("risk", QueryFieldKind.Choice, RiskChoice))
            .AddNavigation(
                new NavigationItem(
                    NavigationArea.Workspace,
                    "changes.calendar.title",
                    "calendar-event",
                    "/plugins/changes/calendar",
                    CalendarPermission
                )
            )
            .AddSlotView(Slots.TicketPanel, "/plugins/changes/_TicketPanel.cshtml")
            .AddScriptModule(ChangeScripts.Module)
            .AddApi(ChangeRoutes.Map)
            .Services.AddScoped<ChangeBoard>();
    }

    private static FieldValue? RiskChoice(TicketState ticket) =>
        ticket.Risk() is { } risk ? new ChoiceValue(risk.Level.ToString().ToLowerInvariant()) : null;
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
