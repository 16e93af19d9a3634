using System.Text.Json.Serialization;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Api.Announcements;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Approvals;
using ServiceDesk.Host.Api.Automation;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Bulk;
using ServiceDesk.Host.Api.Calendars;
using ServiceDesk.Host.Api.Desks;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Duty;
using ServiceDesk.Host.Api.Library;
using ServiceDesk.Host.Api.Macros;
using ServiceDesk.Host.Api.Notifications;
using ServiceDesk.Host.Api.OpenApi;
using ServiceDesk.Host.Api.People;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Replies;
using ServiceDesk.Host.Api.Search;
using ServiceDesk.Host.Api.Sla;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Intake.Branching;

namespace ServiceDesk.Host.Api;

/// <summary>REST.</summary>
public static class ApiStage
{
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options =>
        {
            ServiceDeskJson.Apply(options.SerializerOptions, plainFields: true);
            options.SerializerOptions.IgnoreReadOnlyProperties = false;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;

            // A misspelt key must not mean what leaving it out means.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.Configure<RouteHandlerOptions>(options =>
        {
            // So that what is wrong with a body can be told, instead of an empty 400.
            options.ThrowOnBadRequest = true;
        });
        services.AddSingleton<ApiProblems>();
        services.AddSingleton<JsonBodyReader>();
        services.AddSingleton<ReferenceReader>();
        services.AddSingleton<TicketAnswers>();
        services.AddSingleton<TicketDoor>();
        services.AddSingleton<TicketBranches>();
        services.AddSingleton<MovePreviews>();
        services.AddSingleton<DutyAnswers>();
        services.AddSingleton<InvitationAnswers>();
        services.AddSingleton<ClockWitnessReader>();
        services.AddApiDescription();
        return builder;
    }

    /// <summary>Puts errors of the API in words; in front of everything that may refuse a request.</summary>
    public static WebApplication UseApi(this WebApplication app) => app.UseApiErrors();

    public static WebApplication MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        TicketRoutes.Map(api);
        PeopleOfTicketRoutes.Map(api);
        SharingRoutes.Map(api);
        MergeRoutes.Map(api);
        BranchRoutes.Map(api);
        MoveRoutes.Map(api);
        RedactRoute.Map(api);
        TaskRoutes.Map(api);
        DraftRoutes.Map(api);
        ApprovalRoutes.Map(api);
        MacroRoutes.Map(api);
        BulkRoutes.Map(api);
        OwnQueueRoutes.Map(api);
        SearchRoutes.Map(api);
        AnnouncementRoutes.Map(api);
        NotificationRoutes.Map(api);
        RuleRoutes.Map(api);
        RuleDraftRoutes.Map(api);
        RuleOrderRoutes.Map(api);
        ScriptRoutes.Map(api);
        DeskRoutes.Map(api);
        NewDeskRoutes.Map(api);
        LibraryRoutes.Map(api);
        DocumentRoutes.Map(api);
        CalendarRoutes.Map(api);
        DutyRoutes.Map(api);
        InvitationRoutes.Map(api);
        BacktestRoutes.Map(api);
        SlaDraftRoutes.Map(api);
        IntegrityRoutes.Map(api);
        ForecastRoutes.Map(api);
        PromiseRoutes.Map(api);
        app.MapApiDescription();
        return app;
    }
}
