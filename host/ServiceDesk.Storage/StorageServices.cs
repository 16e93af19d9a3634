using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Macros;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Portal;
using ServiceDesk.Storage.Queries;
using ServiceDesk.Storage.Reactions;
using ServiceDesk.Storage.Redactions;
using ServiceDesk.Storage.Repeats;
using ServiceDesk.Storage.Replies;
using ServiceDesk.Storage.Scripts;
using ServiceDesk.Storage.Settings;
using ServiceDesk.Storage.Sla;
using ServiceDesk.Storage.Timers;
using ServiceDesk.Storage.Verification;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Storage;

/// <summary>Registers storage.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers the database and every store. Wants <see cref="TicketExtensions"/>, a NodaTime clock and a
    /// <see cref="TimeProvider"/> from others. Nothing is opened before <see cref="Database.MigrateAsync"/>.
    /// </summary>
    public static IServiceCollection AddServiceDeskStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => Dialect.For(options));
        // Owned by the container alone, and made before whatever writes through it, so that it is closed after all of it.
        services.AddSingleton(provider => provider.GetRequiredService<Dialect>().CreateGate());
        services.AddSingleton(provider => new Database(
            provider.GetRequiredService<Dialect>(),
            provider.GetRequiredService<IWriterGate>(),
            provider.GetRequiredService<ILogger<Database>>()
        ));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<Database>());
        services.AddSingleton<IDbContextFactory<ServiceDeskDb>>(provider => provider.GetRequiredService<Database>());
        services.AddScoped(provider => provider.GetRequiredService<Database>().CreateDbContext());
        services.AddSingleton<ITextSearch>(provider => provider.GetRequiredService<Dialect>().TextSearch);
        services.TryAddSingleton(TicketExtensions.None);
        services.TryAddSingleton(provider => new EventCatalog(provider.GetRequiredService<TicketExtensions>()));
        services.TryAddSingleton(provider => new SnapshotJson(provider.GetRequiredService<TicketExtensions>()));
        services.AddSingleton<ITicketStore, TicketStore>();
        services.AddSingleton<IEventLog, EventLog>();
        services.AddSingleton<ITicketSnapshots, TicketSnapshots>();
        services.AddSingleton<ITimerStore, TimerStore>();
        services.AddSingleton<IHistoryHolds, HistoryHolds>();
        services.AddSingleton<ICursorStore, CursorStore>();
        services.AddSingleton<IDeadLetters, DeadLetters>();
        services.AddSingleton<IRuleRuns, RuleRuns>();
        services.AddSingleton<IRuleDrafts, RuleDrafts>();
        services.AddSingleton<IAssignmentStore, AssignmentStore>();
        services.AddSingleton<ITicketLives, TicketLives>();
        services.AddSingleton<IStatusTickets, StatusTickets>();
        services.AddSingleton<IWordTickets, WordTickets>();
        services.AddSingleton<IWorkflowDrafts, WorkflowDrafts>();
        services.AddSingleton<IForecastStore, ForecastStore>();
        services.AddSingleton<IBacktestStore, BacktestStore>();
        services.AddSingleton<IPromiseStore, PromiseStore>();
        services.AddSingleton<IPromiseFigures, PromiseFigures>();
        services.AddSingleton<ISlaDraftStore, SlaDraftStore>();
        services.AddSingleton<ISlaChangeovers, SlaChangeovers>();
        services.AddSingleton<ISlaCorrectionStore, SlaCorrectionStore>();
        services.AddSingleton<INotificationStore, NotificationStore>();
        services.AddSingleton<IRepeatedRequests, RepeatedRequests>();
        services.AddSingleton<IOwnQueues, OwnQueues>();
        services.AddSingleton<IReplyDrafts, ReplyDrafts>();
        services.AddSingleton<IOwnMacros, OwnMacros>();
        services.AddSingleton<IAnnouncements, Announcements>();
        services.AddSingleton<IBulkRuns, BulkRuns>();
        services.AddSingleton<IHeldReplies, HeldReplies>();
        services.AddSingleton<IDocumentStore, DocumentStore>();
        services.AddSingleton<ISettingStore, SettingStore>();
        services.AddSingleton<IScriptStore, ScriptStore>();
        services.AddSingleton<PeopleStore>();
        services.AddSingleton<IPeopleStore>(provider => provider.GetRequiredService<PeopleStore>());
        services.AddSingleton<IPeople>(provider => provider.GetRequiredService<IPeopleStore>());
        services.AddSingleton<IInvitations, Invitations>();
        services.AddSingleton<ITokenStore, TokenStore>();
        services.AddSingleton<ITicketConversation, TicketConversation>();
        services.AddSingleton<IFileContents>(provider =>
            options.FilesInDatabase
                ? new DatabaseFileContents(provider.GetRequiredService<Database>())
                : new FolderFileContents(options.FileFolder)
        );
        services.AddSingleton<IFileStore, FileStore>();
        services.AddSingleton<IFileLibrary, FileLibrary>();
        services.AddSingleton<IRedactionRest, RedactionRest>();
        services.AddSingleton<ProjectionRebuild>();
        services.AddSingleton<ChangesRebuild>();
        services.AddSingleton<StorageVerifier>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDatabase>();
        return services;
    }
}
