using ServiceDesk.Host.Intake.Announcing;
using ServiceDesk.Host.Intake.Library;
using ServiceDesk.Host.Intake.Replies;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.History;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Host.Pages.Merging;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Pages.Shortcuts;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Upkeep;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>What the agents' pages are made of.</summary>
public static class WorkspaceStage
{
    /// <summary>Registers the readers and writers of the agents' pages.</summary>
    public static IServiceCollection AddWorkspace(this IServiceCollection services) =>
        services
            .AddScoped<QueueNavigation>()
            .AddSingleton<ShortcutChoices>()
            .AddSingleton<AnnouncementDoor>()
            .AddSingleton<LibraryDoor>()
            .AddSingleton<IUpkeepTask, ForgetDeskFiles>()
            .AddScoped<TicketLines>()
            .AddScoped<TicketSheet>()
            .AddScoped<SearchPages>()
            .AddScoped<TicketViews>()
            .AddScoped<OpenedTicket>()
            .AddScoped<TakenTickets>()
            .AddScoped<ConversationPosts>()
            .AddScoped<MergeCandidates>()
            .AddScoped<PersonDirectory>()
            .AddScoped<OrganizationDirectory>()
            .AddScoped<OrganizationChoice>()
            .AddScoped<AgentDirectory>()
            .AddSingleton<DraftIntake>()
            .AddSingleton<HeldReplySender>()
            .AddHostedService(provider => provider.GetRequiredService<HeldReplySender>())
            .AddScoped<MacroWords>()
            .AddScoped<MacroForms>()
            .AddScoped<RuleSentences>()
            .AddScoped<RuleRunLines>()
            .AddScoped<ClockAnswers>()
            .AddScoped<TicketAutomation>()
            .AddScoped<EventSentences>()
            .AddScoped<ConditionWords>()
            .AddScoped<CustomerConditionWords>()
            .AddScoped<LedgerWords>();
}
