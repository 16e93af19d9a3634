using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Reactions.Assigning;

/// <summary>Tickets that are given to agents by themselves.</summary>
public static class AssignmentStage
{
    internal static void AddAssignments(this IServiceCollection services)
    {
        services.AddSingleton<Assigner>();
        services.AddSingleton<AssignmentReaction>();
        services.AddSingleton(new PumpedReaction(AssignmentReaction.Name, typeof(AssignmentReaction)));
        services.AddSingleton<AssignmentRetries>();
        services.AddHostedService(provider => provider.GetRequiredService<AssignmentRetries>());
        services.AddSingleton<IUpkeepTask, ForgetAssignments>();
    }
}
