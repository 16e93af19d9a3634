using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Notifications;

/// <summary>What people are told in the product.</summary>
public static class NotificationsStage
{
    internal static void AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<NotificationFeed>();
        services.AddSingleton<INotifications, PeopleNotifications>();
        services.AddSingleton<Bell>();
        services.AddSingleton<NotificationWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<NotificationWatch>());
        services.AddSingleton<TicketHolders>();
        services.AddSingleton<ApprovalNotices>();
        services.AddSingleton(new PumpedReaction(ApprovalNotices.Name, typeof(ApprovalNotices)));
        services.AddSingleton<MentionNotices>();
        services.AddSingleton(new PumpedReaction(MentionNotices.Name, typeof(MentionNotices)));
        services.AddSingleton<NoticeChoices>();
        services.AddSingleton<TicketNotices>();
        services.AddSingleton(new PumpedReaction(TicketNotices.Name, typeof(TicketNotices)));
        services.AddSingleton<HeldNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<HeldNotices>());
        services.AddSingleton<NoticeWords>();
        services.AddSingleton<SlaNotices>();
        services.AddSingleton(new PumpedReaction(SlaNotices.Name, typeof(SlaNotices)));
        services.AddSingleton<IUpkeepTask, ForgetNotifications>();
    }
}
