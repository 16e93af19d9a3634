using ServiceDesk.Host.Pages.Workflows;

namespace ServiceDesk.Host.Workflows;

/// <summary>Workflows that administrators write, and the tickets that new versions of them move.</summary>
public static class WorkflowsStage
{
    public static WebApplicationBuilder AddWorkflows(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WorkflowTickets>();
        services.AddSingleton<StatusReplacementJob>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusReplacementJob>());
        services.AddScoped<WorkflowForms>();
        return builder;
    }
}
