using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Dialects;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Model.Mapping;

namespace ServiceDesk.Storage;

/// <summary>
/// Every table of the product. Reading needs no further thought; <c>SaveChanges</c> takes its turn at the writer
/// (<see cref="IDatabase"/>). Tickets and their events are written by <c>ITicketStore</c> alone.
/// </summary>
public sealed class ServiceDeskDb(DbContextOptions<ServiceDeskDb> options) : DbContext(options)
{
    public DbSet<LogHeadRow> LogHead => Set<LogHeadRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<TicketRow> Tickets => Set<TicketRow>();
    public DbSet<TicketSnapshotRow> Snapshots => Set<TicketSnapshotRow>();
    public DbSet<TicketFieldRow> TicketFields => Set<TicketFieldRow>();
    public DbSet<TicketPersonRow> TicketPeople => Set<TicketPersonRow>();
    public DbSet<TicketOrganizationRow> TicketOrganizations => Set<TicketOrganizationRow>();
    public DbSet<TicketLabelRow> TicketLabels => Set<TicketLabelRow>();
    public DbSet<TicketChangeRow> TicketChanges => Set<TicketChangeRow>();
    public DbSet<TicketClockRow> TicketClocks => Set<TicketClockRow>();
    public DbSet<TicketTextRow> TicketTexts => Set<TicketTextRow>();
    public DbSet<TicketKeyRow> TicketKeys => Set<TicketKeyRow>();
    public DbSet<CommentRow> Comments => Set<CommentRow>();
    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();
    public DbSet<TimerRow> Timers => Set<TimerRow>();
    public DbSet<HistoryHoldRow> HistoryHolds => Set<HistoryHoldRow>();
    public DbSet<SlaFactRow> SlaFacts => Set<SlaFactRow>();
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();
    public DbSet<ApiAnswerRow> ApiAnswers => Set<ApiAnswerRow>();
    public DbSet<NumberRow> Numbers => Set<NumberRow>();
    public DbSet<CursorRow> Cursors => Set<CursorRow>();
    public DbSet<ParkedEventRow> ParkedEvents => Set<ParkedEventRow>();
    public DbSet<RuleRunRow> RuleRuns => Set<RuleRunRow>();
    public DbSet<RuleWaitRow> RuleWaits => Set<RuleWaitRow>();
    public DbSet<RuleDraftRow> RuleDrafts => Set<RuleDraftRow>();
    public DbSet<WorkflowDraftRow> WorkflowDrafts => Set<WorkflowDraftRow>();
    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();
    public DbSet<AssignmentTurnRow> AssignmentTurns => Set<AssignmentTurnRow>();
    public DbSet<BacktestRow> Backtests => Set<BacktestRow>();
    public DbSet<BacktestClockRow> BacktestClocks => Set<BacktestClockRow>();
    public DbSet<SlaDraftRow> SlaDrafts => Set<SlaDraftRow>();
    public DbSet<SlaCorrectionRow> SlaCorrections => Set<SlaCorrectionRow>();
    public DbSet<SlaChangeoverRow> SlaChangeovers => Set<SlaChangeoverRow>();
    public DbSet<PromiseRow> Promises => Set<PromiseRow>();
    public DbSet<PromiseStayRow> PromiseStays => Set<PromiseStayRow>();
    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();
    public DbSet<OwnQueueRow> OwnQueues => Set<OwnQueueRow>();
    public DbSet<HeldNotificationRow> HeldNotifications => Set<HeldNotificationRow>();
    public DbSet<OwnMacroRow> OwnMacros => Set<OwnMacroRow>();
    public DbSet<LibraryFileRow> LibraryFiles => Set<LibraryFileRow>();
    public DbSet<AnnouncementRow> Announcements => Set<AnnouncementRow>();
    public DbSet<RedactionRow> Redactions => Set<RedactionRow>();
    public DbSet<BulkRunRow> BulkRuns => Set<BulkRunRow>();
    public DbSet<BulkRunTicketRow> BulkRunTickets => Set<BulkRunTicketRow>();

    public DbSet<HeldReplyRow> HeldReplies => Set<HeldReplyRow>();

    public DbSet<ReplyDraftRow> ReplyDrafts => Set<ReplyDraftRow>();
    public DbSet<ConfigurationHeadRow> ConfigurationHead => Set<ConfigurationHeadRow>();
    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();
    public DbSet<DocumentVersionRow> DocumentVersions => Set<DocumentVersionRow>();
    public DbSet<CompiledScriptRow> CompiledScripts => Set<CompiledScriptRow>();
    public DbSet<ScriptValueRow> ScriptValues => Set<ScriptValueRow>();
    public DbSet<ScriptRunRow> ScriptRuns => Set<ScriptRunRow>();
    public DbSet<SettingRow> Settings => Set<SettingRow>();
    public DbSet<StampRow> Stamps => Set<StampRow>();
    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();
    public DbSet<PersonRow> People => Set<PersonRow>();
    public DbSet<IdentityUserClaim<long>> PersonClaims => Set<IdentityUserClaim<long>>();
    public DbSet<IdentityUserLogin<long>> PersonLogins => Set<IdentityUserLogin<long>>();
    public DbSet<IdentityUserToken<long>> PersonTokens => Set<IdentityUserToken<long>>();
    public DbSet<OrganizationRow> Organizations => Set<OrganizationRow>();
    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();
    public DbSet<TeamRow> Teams => Set<TeamRow>();
    public DbSet<TeamMemberRow> TeamMembers => Set<TeamMemberRow>();
    public DbSet<AbsenceRow> Absences => Set<AbsenceRow>();
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();
    public DbSet<TokenRow> Tokens => Set<TokenRow>();
    public DbSet<FileRow> Files => Set<FileRow>();
    public DbSet<FileChunkRow> FileChunks => Set<FileChunkRow>();

    /// <summary>Where a context for reading gets its turn to save; null when its connection is the writer's already.</summary>
    internal IWriterGate? Gate { get; set; }

    /// <summary>Tells an error of the database from one of what is saved; null where nobody asked for that, as in a design tool.</summary>
    internal Dialect? Dialect { get; set; }

    private static readonly HashSet<string> Shown =
    [
        nameof(PersonRow.Name),
        nameof(PersonRow.Email),
        nameof(PersonRow.Role),
        nameof(PersonRow.Language),
        nameof(PersonRow.Zone),
        nameof(PersonRow.IsActive),
        nameof(PersonRow.ManagerId),
        nameof(PersonRow.Calendar),
        nameof(PersonRow.Skills),
        nameof(PersonRow.QuietHours),
        nameof(PersonRow.SeesColleagues),
    ];

    /// <inheritdoc/>
    /// <exception cref="Sdk.Tickets.StorageUnavailableException">The database could not be reached or did not take it.</exception>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception error) when (Dialect is not null && Connections.Database.IsUnavailable(error, Dialect))
        {
            throw Connections.Database.Unavailable(error);
        }
    }

    private async Task<int> SaveAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        var people = NotePeopleChanged();
        if (Gate is null)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) - people;
        }

        await using var turn = await Gate.EnterAsync(cancellationToken);
        var readConnection = Database.GetConnectionString();
        Database.SetDbConnection(turn.Connection);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken) - people;
        }
        finally
        {
            Database.SetDbConnection(null);
            Database.SetConnectionString(readConnection);
        }
    }

    // People are cached on every node; a value that was never there before tells them that something changed.
    private int NotePeopleChanged()
    {
        var changed = ChangeTracker
            .Entries()
            .Any(entry =>
                entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Entity switch
                {
                    PersonRow => entry.State != EntityState.Modified
                        || entry.Properties.Any(p => p.IsModified && Shown.Contains(p.Metadata.Name)),
                    OrganizationRow or TeamRow or MembershipRow or TeamMemberRow or AbsenceRow => true,
                    _ => false,
                }
            );
        if (!changed)
        {
            return 0;
        }

        var stamp = Stamps.Local.FirstOrDefault(row => row.Name == StampRow.People);
        if (stamp is null)
        {
            stamp = new StampRow { Name = StampRow.People };
            Stamps.Attach(stamp);
        }

        stamp.Value = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        return Entry(stamp).State == EntityState.Modified ? 1 : 0;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException(
            "Save asynchronously: there is one writer, and waiting for it must not hold a thread."
        );

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        LogMapping.Map(modelBuilder);
        TicketMapping.Map(modelBuilder);
        ScriptMapping.Map(modelBuilder);
        ReactionMapping.Map(modelBuilder);
        RuleMapping.Map(modelBuilder);
        AssignmentMapping.Map(modelBuilder);
        SlaMapping.Map(modelBuilder);
        NotificationMapping.Map(modelBuilder);
        OwnQueueMapping.Map(modelBuilder);
        ReplyMapping.Map(modelBuilder);
        OwnMacroMapping.Map(modelBuilder);
        AnnouncementMapping.Map(modelBuilder);
        RedactionMapping.Map(modelBuilder);
        BulkMapping.Map(modelBuilder);
        DocumentMapping.Map(modelBuilder);
        PeopleMapping.Map(modelBuilder);
        InvitationMapping.Map(modelBuilder);
        FileMapping.Map(modelBuilder);
        LibraryMapping.Map(modelBuilder);
        SnakeCase.NameColumns(modelBuilder);
    }
}
