namespace ServiceDesk.Core.Tickets;

/// <summary>The text keys of every no that the product itself says to a command. Their sentences live with the host; a test holds both lists together.</summary>
public static class RefusalCodes
{
    public const string TicketUnknown = "refusal.ticket-unknown";
    public const string TicketExists = "refusal.ticket-exists";
    public const string ViewerMissing = "refusal.viewer-missing";
    public const string VersionStale = "refusal.version-stale";
    public const string Loop = "refusal.loop";
    public const string KeyUsed = "refusal.key-used";
    public const string PartsNotPossible = "refusal.parts-not-possible";
    public const string CommandUnknown = "refusal.command-unknown";
    public const string PluginFailed = "refusal.plugin-failed";
    public const string AgentsOnly = "refusal.agents-only";
    public const string CustomersOfTicketOnly = "refusal.customers-of-ticket-only";
    public const string ProductOnly = "refusal.product-only";

    public const string TextRequired = "refusal.text-required";
    public const string TextTooLong = "refusal.text-too-long";
    public const string TextTooShort = "refusal.text-too-short";
    public const string TextOneLine = "refusal.text-one-line";
    public const string TextCharacters = "refusal.text-characters";
    public const string LabelInvalid = "refusal.label-invalid";
    public const string LabelsTooMany = "refusal.labels-too-many";
    public const string ChannelUnknown = "refusal.channel-unknown";
    public const string FilesRequired = "refusal.files-required";
    public const string FilesNotInForm = "refusal.files-not-in-form";
    public const string FilesTooMany = "refusal.files-too-many";
    public const string FileInvalid = "refusal.file-invalid";

    public const string FileTooLarge = "refusal.file-too-large";
    public const string FileTypeRefused = "refusal.file-type-refused";
    public const string FileTypeNotAllowed = "refusal.file-type-not-allowed";
    public const string FileDisguised = "refusal.file-disguised";
    public const string TicketFull = "refusal.ticket-full";
    public const string FileNotThere = "refusal.file-not-there";
    public const string FileRedacted = "refusal.file-redacted";
    public const string RedactionPermission = "refusal.redaction-permission";
    public const string RedactionTooLittle = "refusal.redaction-too-little";
    public const string RedactionNotThere = "refusal.redaction-not-there";
    public const string RedactionReasonTells = "refusal.redaction-reason-tells";

    public const string DeskUnknown = "refusal.desk-unknown";
    public const string TypeRequired = "refusal.type-required";
    public const string TypeUnknown = "refusal.type-unknown";
    public const string TypeNotOfRequestType = "refusal.type-not-of-request-type";
    public const string RequestTypeRequired = "refusal.request-type-required";
    public const string RequestTypeUnknown = "refusal.request-type-unknown";
    public const string WorkflowBroken = "refusal.workflow-broken";
    public const string RequesterNotSelf = "refusal.requester-not-self";
    public const string RequesterNotServed = "refusal.requester-not-served";

    /// <summary>The requester has several organizations, and none was given.</summary>
    public const string OrganizationRequired = "refusal.organization-required";
    public const string OrganizationNotOfRequester = "refusal.organization-not-of-requester";
    public const string NotForCustomers = "refusal.not-for-customers";

    public const string PersonUnknown = "refusal.person-unknown";
    public const string TeamUnknown = "refusal.team-unknown";
    public const string OrganizationUnknown = "refusal.organization-unknown";
    public const string SharingNotYours = "refusal.sharing-not-yours";
    public const string DeskSharesNothing = "refusal.desk-shares-nothing";
    public const string SharedThoughPrivate = "refusal.shared-though-private";
    public const string SharedWithTooMany = "refusal.shared-with-too-many";
    public const string AssigneeNotAgent = "refusal.assignee-not-agent";
    public const string TeamNotOfDesk = "refusal.team-not-of-desk";
    public const string PriorityUnknown = "refusal.priority-unknown";
    public const string ParticipantsRequired = "refusal.participants-required";
    public const string ParticipantsTooMany = "refusal.participants-too-many";
    public const string ParticipantNotRemovable = "refusal.participant-not-removable";
    public const string WatcherNotSelf = "refusal.watcher-not-self";
    public const string WatcherNotInvolved = "refusal.watcher-not-involved";

    public const string FieldUnknown = "refusal.field-unknown";
    public const string FieldRequired = "refusal.field-required";
    public const string FieldKind = "refusal.field-kind";
    public const string FieldChoice = "refusal.field-choice";
    public const string FieldFile = "refusal.field-file";
    public const string FieldFilesTooMany = "refusal.field-files-too-many";
    public const string FieldUrl = "refusal.field-url";
    public const string FieldTooSmall = "refusal.field-too-small";
    public const string FieldTooGreat = "refusal.field-too-great";
    public const string FieldPattern = "refusal.field-pattern";
    public const string FieldSays = "refusal.field-says";
    public const string FieldDuration = "refusal.field-duration";
    public const string FieldLocked = "refusal.field-locked";
    public const string FieldRole = "refusal.field-role";
    public const string FieldReadOnly = "refusal.field-read-only";
    public const string FieldNeedUnseen = "refusal.field-need-unseen";
    public const string FieldNotInForm = "refusal.field-not-in-form";

    public const string StatusUnknown = "refusal.status-unknown";
    public const string TransitionNotPossible = "refusal.transition-not-possible";
    public const string TransitionCondition = "refusal.transition-condition";
    public const string GuardNotAsked = "refusal.guard-not-asked";
    public const string GuardMissing = "refusal.guard-missing";
    public const string GuardFailed = "refusal.guard-failed";
    public const string GuardSaid = "refusal.guard-said";
    public const string FieldComputed = "refusal.field-computed";
    public const string LinkedNotAsked = "refusal.linked-not-asked";
    public const string LinkedOpen = "refusal.linked-open";
    public const string LinkedOpenUnseen = "refusal.linked-open-unseen";
    public const string TransitionRole = "refusal.transition-role";
    public const string ResolutionRequired = "refusal.resolution-required";
    public const string ResolutionUnknown = "refusal.resolution-unknown";
    public const string ResolutionNotExpected = "refusal.resolution-not-expected";
    public const string NotDone = "refusal.not-done";
    public const string ReopenNever = "refusal.reopen-never";
    public const string ReopenTooLate = "refusal.reopen-too-late";
    public const string MoveNotAllowed = "refusal.move-not-allowed";
    public const string MoveSameDesk = "refusal.move-same-desk";
    public const string MoveNotThere = "refusal.move-not-there";
    public const string MoveStatus = "refusal.move-status";
    public const string MoveFieldTaken = "refusal.move-field-taken";
    public const string OriginUnknown = "refusal.origin-unknown";
    public const string OriginNotThere = "refusal.origin-not-there";
    public const string OriginTooMany = "refusal.origin-too-many";
    public const string MessageSplit = "refusal.message-split";
    public const string MessageUnknown = "refusal.message-unknown";
    public const string TicketMerged = "refusal.ticket-merged";
    public const string MergeTargetUnknown = "refusal.merge-target-unknown";
    public const string MergeItself = "refusal.merge-itself";
    public const string MergeNotThere = "refusal.merge-not-there";
    public const string MergeTargetMerged = "refusal.merge-target-merged";
    public const string MergeOtherOrganization = "refusal.merge-other-organization";
    public const string MergeApproval = "refusal.merge-approval";

    public const string TaskUnknown = "refusal.task-unknown";
    public const string TasksTooMany = "refusal.tasks-too-many";
    public const string TasksOpen = "refusal.tasks-open";
    public const string TasksOpenUnseen = "refusal.tasks-open-unseen";

    public const string ApprovalUnknown = "refusal.approval-unknown";
    public const string ApprovalEnded = "refusal.approval-ended";
    public const string ApprovalAnswered = "refusal.approval-answered";
    public const string ApprovalNotYours = "refusal.approval-not-yours";
    public const string ApprovalByPerson = "refusal.approval-by-person";
    public const string ApprovalDelegateAsked = "refusal.approval-delegate-asked";
    public const string ApprovalDelegateRequester = "refusal.approval-delegate-requester";
    public const string ApprovalCommentRequired = "refusal.approval-comment-required";
    public const string ApprovalDone = "refusal.approval-done";
    public const string ApprovalsTooMany = "refusal.approvals-too-many";
    public const string ApprovalPolicyUnknown = "refusal.approval-policy-unknown";
    public const string ApprovalTransition = "refusal.approval-transition";
    public const string ApprovalColleaguesOnly = "refusal.approval-colleagues-only";
    public const string ApprovalsPending = "refusal.approvals-pending";
    public const string ApprovalSteps = "refusal.approval-steps";

    /// <summary>The way waits for the approval of the ticket's status.</summary>
    public const string ApprovalDecides = "refusal.approval-decides";
    public const string ApprovalExpiry = "refusal.approval-expiry";

    /// <summary>Reminders of an approval would come too often.</summary>
    public const string ApprovalReminder = "refusal.approval-reminder";
    public const string ApproverUnknown = "refusal.approver-unknown";
    public const string ApproverNoManager = "refusal.approver-no-manager";
    public const string ApproverNoContact = "refusal.approver-no-contact";
    public const string ApproverNoLead = "refusal.approver-no-lead";
    public const string ApproverFieldEmpty = "refusal.approver-field-empty";
    public const string ApproverInactive = "refusal.approver-inactive";
    public const string ApproverTeamEmpty = "refusal.approver-team-empty";
    public const string ApproverRoleEmpty = "refusal.approver-role-empty";
    public const string ApproverRequester = "refusal.approver-requester";
    public const string ApprovalNotStuck = "refusal.approval-not-stuck";
    public const string ApproversTooFew = "refusal.approvers-too-few";
    public const string ApproversTooMany = "refusal.approvers-too-many";
    public const string RoleUnknown = "refusal.role-unknown";
    public const string RuleNotCallable = "refusal.rule-not-callable";

    public const string SlaClockUnknown = "refusal.sla-clock-unknown";
    public const string SlaCorrectedBefore = "refusal.sla-corrected-before";
    public const string SlaCorrectionNothing = "refusal.sla-correction-nothing";
    public const string SlaCorrectionOwn = "refusal.sla-correction-own";
    public const string SlaCorrectionPermission = "refusal.sla-correction-permission";
    public const string SlaCorrectionRunning = "refusal.sla-correction-running";
    public const string SlaCorrectionSpan = "refusal.sla-correction-span";
    public const string SlaProposalDecided = "refusal.sla-proposal-decided";
    public const string SlaVersionUnknown = "refusal.sla-version-unknown";

    public const string TimerGone = "refusal.timer-gone";
    public const string TimerNotDue = "refusal.timer-not-due";
    public const string ImportersOnly = "refusal.importers-only";
    public const string ImportOutOfOrder = "refusal.import-out-of-order";
    public const string ImportInFuture = "refusal.import-in-future";
    public const string DatesNotPossible = "refusal.dates-not-possible";
    public const string ExternalIdTaken = "refusal.external-id-taken";
}
