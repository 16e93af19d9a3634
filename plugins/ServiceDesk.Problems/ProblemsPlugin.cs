using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Problems.Api;
using ServiceDesk.Problems.Demo;
using ServiceDesk.Problems.Scripting;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems;

/// <summary>Problems: their type and workflow are documents of the folder <c>configuration</c>; the rest is here.</summary>
public sealed class ProblemsPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "problems";

    /// <summary>The ticket type's id.</summary>
    public const string Type = "problem";

    /// <summary>Who writes down what is known of problems, attaches incidents and tells solutions.</summary>
    public const string WorkPermission = "problems.work";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder) =>
        builder
            .AddTexts<Texts>()
            .AddSettings<ProblemSettings>()
            .AddDemoData<ProblemDemo>()
            .AddPermission(
                new PermissionDefinition(WorkPermission, "problems.permission.work", ["agent", "administrator"])
                {
                    DescriptionKey = "problems.permission.work-why",
                }
            )
            .AddFacet(new ProblemFacet())
            .AddEvent<ProblemDescribed>()
            .AddEvent<SolutionDecided>()
            .AddEvent<IncidentTold>()
            .AddCommand(new Describing())
            .AddCommand(new Telling())
            .AddCommand(new NotingTold())
            .AddCommand(new ProblemConfirming())
            .AddFacts<TellingFacts, TellingFactSource>()
            .AddFacts<ConfirmedProblems, ConfirmedProblemSource>()
            .AddRuleAction(ProblemAutomation.Open)
            .AddRuleAction(ProblemAutomation.Attach)
            .AddRuleAction(ProblemAutomation.KnownError)
            .AddReaction<SolutionReaction>("tell-solution")
            .AddJob<SolutionJob>("tell-solution", Duration.FromMinutes(1))
            .AddQueryField(new QueryFieldDefinition("known-error", QueryFieldKind.Flag, KnownError))
            .AddQueryField(new QueryFieldDefinition("telling", QueryFieldKind.Flag, IsTelling))
            .AddSlotView(Slots.TicketPanel, "/plugins/problems/_TicketPanel.cshtml", order: 40)
            .AddSlotView(Slots.TicketActions, "/plugins/problems/_TicketAction.cshtml")
            .AddSlotView(Slots.PortalRequest, "/plugins/problems/_PortalRequest.cshtml")
            .AddScriptModule(ProblemScripts.Module)
            .AddApi(ProblemRoutes.Map)
            .Services.AddScoped<ProblemIncidents>()
            .AddScoped<PublishedWorkarounds>()
            .AddScoped<SimilarIncidents>()
            .AddScoped<SolutionSteps>()
            .AddScoped<Solution>()
            .AddScoped<ProblemDoor>();

    private static FlagValue? KnownError(TicketState ticket) =>
        ticket.Type == Type ? new FlagValue(ticket.Problem().IsKnownError) : null;

    private static FlagValue? IsTelling(TicketState ticket) =>
        ticket.Type == Type ? new FlagValue(ticket.Problem().Telling?.IsRunning == true) : null;
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
