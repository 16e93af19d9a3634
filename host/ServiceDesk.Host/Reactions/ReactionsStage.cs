using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Reactions.Approvals;
using ServiceDesk.Host.Reactions.Assigning;
using ServiceDesk.Host.Reactions.Escalations;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Reactions.Merging;
using ServiceDesk.Host.Reactions.Offspring;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Reactions.Timers;
using ServiceDesk.Host.Reactions.Transitions;
using ServiceDesk.Host.Startup;

namespace ServiceDesk.Host.Reactions;

/// <summary>Timers and reactions that work in the background.</summary>
public static class ReactionsStage
{
    public static WebApplicationBuilder AddReactions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReactionCall>();
        builder.Services.AddSingleton<ReactionReaderFactory>();
        builder.Services.AddSingleton<ReactionList>();
        builder.Services.AddSingleton<IStartupStep, ReactionBeginnings>();
        builder.Services.AddSingleton<TimerBacklog>();
        builder.Services.AddSingleton<HistoryUnderWay>();
        builder.Services.AddSingleton<TimerSweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TimerSweeper>());
        builder.Services.AddHostedService<ReactionPump>();
        builder.Services.AddSingleton<StatusApprovals>();
        builder.Services.AddSingleton<ApprovalStandIns>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ApprovalStandIns>());
        builder.Services.AddSingleton(new PumpedReaction(StatusApprovals.Name, typeof(StatusApprovals)));
        builder.Services.AddLive();
        builder.Services.AddRules();
        builder.Services.AddNotifications();
        builder.Services.AddAssignments();
        builder.Services.AddMacros();
        builder.Services.AddSingleton<EscalationReaction>();
        builder.Services.AddSingleton(new PumpedReaction(EscalationReaction.Name, typeof(EscalationReaction)));
        builder.Services.AddSingleton<MergeReaction>();
        builder.Services.AddSingleton(new PumpedReaction(MergeReaction.Name, typeof(MergeReaction)));
        builder.Services.AddSingleton<OffspringReaction>();
        builder.Services.AddSingleton(new PumpedReaction(OffspringReaction.Name, typeof(OffspringReaction)));
        builder.Services.AddSingleton<TransitionReaction>();
        builder.Services.AddSingleton(new PumpedReaction(TransitionReaction.Name, typeof(TransitionReaction)));
        return builder;
    }
}
