using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Grains;

/// <summary>The in-process host of ticket grains.</summary>
public static class GrainsStage
{
    public static WebApplicationBuilder AddGrains(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TicketEngine>();
        builder.Services.AddSingleton<HotTickets>();
        builder.Services.AddSingleton<TicketWarming>();
        builder.Services.AddSingleton<DecisionFactsSource>();
        builder.Services.AddSingleton<LinkedWorkSource>();
        builder.Services.AddSingleton<RelatedTicketSource>();
        builder.Services.AddSingleton<TicketDecisions>();
        builder.Services.AddSingleton<MoveTrials>();
        builder.Services.AddSingleton<CommittedAnswers>();
        builder.Services.AddSingleton<ICommitSignal, CommitSignal>();
        builder.Services.AddSingleton<RecentEvents>();
        builder.Services.AddSingleton<TimerAlarm>();
        builder.Services.AddSingleton<CommitAnnouncer>();
        builder.Services.AddSingleton<ITicketGrains, InProcessTicketGrains>();
        return builder;
    }
}
