using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.History;

/// <summary>Names that a ticket's history mentions, looked up before it is written.</summary>
public sealed record HistoryNames(
    IReadOnlyDictionary<PersonId, string> People,
    IReadOnlyDictionary<TeamId, string> Teams
)
{
    /// <summary>Names of the organizations and teams that stand in fields.</summary>
    public IReadOnlyDictionary<FieldValue, string> Groups { get; init; } = new Dictionary<FieldValue, string>();
}

/// <summary>Writes events as sentences of the reader's language. Which events a reader may see is decided before.</summary>
public sealed class EventSentences(ITexts texts, ReaderTimes times)
{
    /// <summary>The lines of a ticket's events, in their order.</summary>
    public IReadOnlyList<HistoryLine> Write(
        IEnumerable<RecordedEvent> events,
        TicketState ticket,
        IConfiguration configuration,
        HistoryNames names
    ) => [.. events.Select(recorded => Line(recorded, new Words(texts, times, ticket, configuration, names)))];

    /// <summary>The people and teams that events mention.</summary>
    public static (IReadOnlyCollection<PersonId> People, IReadOnlyCollection<TeamId> Teams) Mentioned(
        IReadOnlyCollection<RecordedEvent> events
    )
    {
        var people = events.Select(e => e.Actor.Person).OfType<PersonId>().ToHashSet();
        var teams = new HashSet<TeamId>();
        foreach (var recorded in events)
        {
            people.UnionWith(ValuesIn(recorded.Event).OfType<PersonValue>().Select(value => value.Person));
            switch (recorded.Event)
            {
                case TicketAssigned assigned:
                    people.UnionWith(new[] { assigned.Assignee, assigned.StandsInFor }.OfType<PersonId>());
                    teams.UnionWith(new[] { assigned.Team }.OfType<TeamId>());
                    break;
                case AssignmentDecided decided:
                    people.UnionWith(decided.PassedOver.Select(one => one.Person));
                    people.UnionWith(new[] { decided.Assignee, decided.StandsInFor }.OfType<PersonId>());
                    break;
                case EscalationActed acted:
                    people.UnionWith(acted.Steps.SelectMany(step => step.People));
                    break;
                case ApprovalReminded reminded:
                    people.UnionWith(reminded.People);
                    break;
                case ApprovalDelegated delegated:
                    people.UnionWith([delegated.From, delegated.To]);
                    break;
                case ApprovalRequested asked:
                    people.UnionWith(asked.Steps.SelectMany(step => step.Approvers));
                    break;
                case ParticipantsAdded added:
                    people.UnionWith(added.People);
                    break;
                case ParticipantsRemoved removed:
                    people.UnionWith(removed.People);
                    break;
                case TicketOpened opened:
                    people.Add(opened.Requester);
                    people.UnionWith(new[] { opened.Assignee, opened.StandsInFor }.OfType<PersonId>());
                    break;
                case SlaCorrected corrected:
                    people.UnionWith([corrected.By, corrected.ApprovedBy]);
                    break;
                case SlaVersionApplied applied:
                    people.Add(applied.By);
                    break;
            }
        }

        return (people, teams);
    }

    /// <summary>The values of fields that sentences about an event tell.</summary>
    public static IEnumerable<FieldValue?> ValuesIn(TicketEvent happened) =>
        happened switch
        {
            FieldsChanged changed => changed.Fields.Values,
            TicketMoved moved => moved.Dropped.Values,
            OrganizationChanged changed => new[] { changed.From, changed.To }
                .OfType<OrganizationId>()
                .Select(id => new OrganizationValue(id)),
            TicketShared shared => [new OrganizationValue(shared.Organization)],
            TicketUnshared unshared => [new OrganizationValue(unshared.Organization)],
            _ => [],
        };

    private static HistoryLine Line(RecordedEvent recorded, Words words)
    {
        var (icon, sentence) = recorded.Event switch
        {
            TicketOpened { Origin: { } origin } e => (
                origin.Kind == OriginKind.Split ? "arrow-fork" : "copy",
                words.Privately(
                    words.Say(
                        origin.Kind == OriginKind.Split ? "history.opened-split" : "history.opened-copy",
                        words.Type(e.Type),
                        origin.Key.ToString()
                    ),
                    e
                )
            ),
            TicketOpened e => (
                "plus",
                words.Privately(
                    words.StandingIn(words.Say("history.opened", words.Type(e.Type)), e.StandsInFor, e.Assignee),
                    e
                )
            ),
            TextEdited { Summary: { } summary, Description: null } => (
                "pencil",
                words.Say("history.summary-edited", summary)
            ),
            TextEdited => ("pencil", words.Say("history.text-edited")),
            FieldsChanged e => ("forms", words.Say("history.fields-changed", words.Fields(e.Fields))),
            LabelsChanged e => ("tags", words.Say("history.labels-changed", string.Join(", ", e.Labels))),
            TicketAssigned e => ("user-check", words.StandingIn(words.Assigned(e), e.StandsInFor, e.Assignee)),
            AssignmentDecided e => ("route", words.Decided(e)),
            PriorityChanged e => (
                "flag",
                words.Say("history.priority-changed", words.Priority(e.From), words.Priority(e.To))
            ),
            OrganizationChanged e => ("building", words.Organization(e)),
            TicketShared e => ("eye", words.Say("history.shared", words.House(e.Organization))),
            TicketUnshared e => ("eye-off", words.Say("history.unshared", words.House(e.Organization))),
            PublicCommentAdded => ("message", words.Say("history.commented")),
            InternalNoteAdded => ("lock", words.Say("history.noted")),
            StatusChanged e => ("arrow-right", words.Status(e)),
            FilesAttached e => (
                "paperclip",
                words.Say("history.attached", string.Join(", ", e.Files.Select(f => f.Name)))
            ),
            TextRedacted e => ("eraser", words.Say("history.text-redacted", e.Reason)),
            FileRedacted e => ("eraser", words.Say("history.file-redacted", e.Name, e.Reason)),
            ParticipantsAdded e => ("user-plus", words.Say("history.participants-added", words.People(e.People))),
            ParticipantsRemoved e => ("user-minus", words.Say("history.participants-removed", words.People(e.People))),
            WatchChanged e => ("eye", words.Say(e.Watches ? "history.watched" : "history.unwatched")),
            ApprovalRequested e => (
                "clipboard-check",
                words.Say(
                    "history.approval-asked",
                    e.Title.ToString(),
                    words.People(e.Steps.SelectMany(step => step.Approvers).Distinct().ToValueList())
                )
            ),
            ApprovalAnswered e => (
                e.Approves ? "thumb-up" : "thumb-down",
                words.Say(e.Approves ? "history.approval-yes" : "history.approval-no", words.Approval(e.Approval))
            ),
            ApprovalReminded e => (
                "bell",
                words.Say("history.approval-reminded", words.Approval(e.Approval), words.People(e.People))
            ),
            ApprovalDelegated e => (
                "switch-horizontal",
                words.StandingIn(
                    words.Say("history.approval-delegated", words.Approval(e.Approval), words.People([e.To])),
                    recorded.Actor.Kind == ActorKind.System ? e.From : null,
                    e.To
                )
            ),
            ApprovalEnded e => (
                "clipboard-check",
                words.Say($"history.approval-{e.State.ToString().ToLowerInvariant()}", words.Approval(e.Approval))
            ),
            ApprovalNotAsked e => (
                "alert-triangle",
                words.Say("history.approval-not-asked", words.Policy(e.Policy), words.Why(e.Why))
            ),
            ApprovalNotFollowed e => (
                "alert-triangle",
                words.Say(
                    "history.approval-not-followed",
                    words.Approval(e.Approval),
                    words.Way(e.Transition),
                    words.Why(e.Why)
                )
            ),
            ApprovalAskedAgain => ("rotate", words.Say("history.approval-asked-again")),
            TaskAdded e => ("checklist", words.Say("history.task-added", e.Text.ToString())),
            TaskChanged e => ("checklist", words.Say("history.task-changed", e.Text.ToString())),
            TaskTicked e => (
                "checklist",
                words.Say(e.IsDone ? "history.task-done" : "history.task-opened", e.Text.ToString())
            ),
            TaskRemoved e => ("checklist", words.Say("history.task-removed", e.Text.ToString())),
            TaskPlaced => ("checklist", words.Say("history.task-placed")),
            TicketMoved e => ("arrows-exchange", words.Moved(e)),
            TicketSplitOff e => ("arrow-fork", words.Say("history.split-off", e.Key.ToString())),
            TicketDuplicated e => ("copy", words.Say("history.duplicated", e.Key.ToString())),
            TicketMerged e => ("git-merge", words.Say("history.merged", e.IntoKey.ToString())),
            MergeUndone e => ("git-branch", words.Say("history.merge-undone", e.IntoKey.ToString())),
            TicketTakenIn e => ("git-merge", words.Say("history.taken-in", e.Key.ToString())),
            TicketLetGo e => ("git-branch", words.Say("history.let-go", e.Key.ToString())),
            RuleCalled e => ("bolt", words.Say("history.rule-called", words.Rule(e.Rule))),
            WebhookCalled e => ("bolt", words.Say("history.webhook-called", words.Rule(e.Rule))),
            SlaThresholdReached { Threshold: SlaGoal.Internal } e => (
                "bell",
                words.Say("history.sla-internal", words.Metric(e.Policy, e.Metric))
            ),
            SlaThresholdReached e => (
                "bell",
                words.Say("history.sla-near", words.Metric(e.Policy, e.Metric), e.Threshold)
            ),
            SlaEscalated e => (
                "arrow-up",
                words.Say("history.sla-escalated", words.Metric(e.Policy, e.Metric), e.Level)
            ),
            EscalationActed e => ("speakerphone", words.Acted(e)),
            SlaBreached e => ("flame", words.Say("history.sla-breached", words.Metric(e.Policy, e.Metric))),
            SlaCorrected e => (
                "shield-check",
                words.Say(
                    "history.sla-corrected",
                    words.MetricOf(e.Metric),
                    words.People([e.By]),
                    words.People([e.ApprovedBy]),
                    e.Reason
                )
            ),
            SlaVersionApplied e => ("git-branch", words.Version(e)),
            TicketImported e => ("file-import", words.Say("history.imported", e.Source)),
            DatesCorrected => ("calendar", words.Say("history.dates-corrected")),
            UnknownEvent e => ("puzzle", words.Say("history.unknown", e.StoredName)),
            var e => ("puzzle", words.Plugin(e)),
        };
        return new HistoryLine(recorded.Version, icon, words.Actor(recorded.Actor), sentence, recorded.At);
    }

    private sealed class Words(
        ITexts texts,
        ReaderTimes times,
        TicketState ticket,
        IConfiguration configuration,
        HistoryNames names
    )
    {
        public string Say(string key, params ReadOnlySpan<string> arguments) => texts.Format(key, arguments);

        public string Rule(string rule) => RuleSentences.NameOf(rule, configuration);

        public string Actor(Actor actor) =>
            actor is { Kind: ActorKind.Rule, Name: { } rule } ? RuleActor(rule, actor.Person)
            : actor.Person is { } person && names.People.TryGetValue(person, out var name) ? name
            : actor.Kind switch
            {
                ActorKind.Rule or ActorKind.Script or ActorKind.Plugin or ActorKind.Import => actor.Name
                    ?? texts["history.actor-system"],
                _ => texts["history.actor-system"],
            };

        private string RuleActor(string rule, PersonId? person) =>
            person is { } id && names.People.TryGetValue(id, out var name)
                ? Say("history.actor-rule-as", Rule(rule), name)
                : Say("history.actor-rule", Rule(rule));

        public string Version(SlaVersionApplied e) =>
            Say(
                e.Mode == ChangeoverMode.Recompute ? "history.sla-recomputed" : "history.sla-version",
                NameOf(e.Kind, e.Document),
                e.Version.ToString(CultureInfo.CurrentCulture),
                names.People.GetValueOrDefault(e.By, "?")
            );

        private string NameOf(string kind, string id) =>
            kind == DocumentKinds.Calendar && configuration.TryGet<CalendarDocument>(id, out var calendar)
                ? calendar.Name.ToString()
            : configuration.TryGet<SlaPolicyDocument>(id, out var policy) ? policy.Name.ToString()
            : id;

        public string People(ValueList<PersonId> people) =>
            string.Join(", ", people.Select(id => names.People.GetValueOrDefault(id, "?")));

        // What was dropped stands here alone.
        public string Moved(TicketMoved e)
        {
            var parts = e
                .Mapped.Select(pair => Say("history.moved-mapped", FieldName(pair.Key), FieldName(pair.Value)))
                .ToList();
            if (e.Dropped.Count > 0)
            {
                var dropped = ValueMap<FieldValue?>.From(
                    e.Dropped.Select(field => KeyValuePair.Create(field.Key, (FieldValue?)field.Value))
                );
                parts.Add(Say("history.moved-dropped", Fields(dropped)));
            }

            var moved = Say("history.moved", e.From.ToString(), e.To.ToString());
            return parts.Count == 0 ? moved : $"{moved} ({string.Join("; ", parts)})";
        }

        public string Approval(long id) => ticket.FindApproval(id)?.Title.ToString() ?? "?";

        public string Policy(string id) =>
            configuration.TryGet<ApprovalDocument>(id, out var policy) ? policy.Name.ToString() : id;

        public string Way(string id) =>
            configuration.WorkflowOf(ticket.Type)?.Transitions.FirstOrDefault(way => way.Id == id)?.Name.ToString()
            ?? id;

        public string Why(ValueList<Refusal> why) =>
            string.Join(' ', why.Select(one => Say(one.Code, [.. FormErrors.Arguments(one, configuration)])));

        public string Type(string type) =>
            configuration.TryGet<TicketTypeDocument>(type, out var document) ? document.Name.ToString() : type;

        public string Priority(Priority priority) => texts[$"common.priority-{priority.ToString().ToLowerInvariant()}"];

        public string Status(StatusChanged e)
        {
            var workflow = configuration.WorkflowOf(ticket.Type);
            var to = workflow?.Status(e.To)?.Name.ToString() ?? e.To;
            var resolution = workflow?.Resolutions.FirstOrDefault(r => r.Id == e.Resolution)?.Name.ToString();
            return resolution is null
                ? Say("history.status-changed", to)
                : Say("history.status-changed-resolution", to, resolution);
        }

        public string Organization(OrganizationChanged e) =>
            e.To is { } to ? Say("history.organization-changed", House(to)) : Say("history.organization-none");

        public string House(OrganizationId id) => names.Groups.GetValueOrDefault(new OrganizationValue(id), "?");

        public string Privately(string sentence, TicketOpened opened) =>
            opened.IsPrivate ? Say("history.opened-private", sentence) : sentence;

        public string StandingIn(string sentence, PersonId? absent, PersonId? there) =>
            absent is { } away && there is { } person
                ? $"{sentence} ({Say("history.stands-in", People([person]), People([away]))})"
                : sentence;

        public string Assigned(TicketAssigned e)
        {
            var agent = e.Assignee is { } id ? names.People.GetValueOrDefault(id, "?") : null;
            var team = e.Team is { } teamId ? names.Teams.GetValueOrDefault(teamId, "?") : null;
            return (agent, team) switch
            {
                (null, null) => Say("history.unassigned"),
                (null, _) => Say("history.assigned", team!),
                (_, null) => Say("history.assigned", agent),
                _ => Say("history.assigned-both", agent, team),
            };
        }

        // Why it was just this one, and why not the others.
        public string Decided(AssignmentDecided e)
        {
            var policy = configuration.TryGet<AssignmentDocument>(e.Policy, out var document)
                ? document.Name.ToString()
                : e.Policy;
            var (open, considered) = (Number(e.Open), Number(e.Considered));
            var chosen = e switch
            {
                { Assignee: null } => Say("history.decided-nobody", policy),
                { Method: AssignmentMethod.RoundRobin } => Say(
                    "history.decided-turn",
                    policy,
                    People([e.Assignee.Value]),
                    considered
                ),
                { Method: AssignmentMethod.Skills, Skills.Count: > 0 } => Say(
                    "history.decided-skills",
                    policy,
                    People([e.Assignee.Value]),
                    string.Join(", ", e.Skills),
                    open,
                    considered
                ),
                _ => Say("history.decided-least", policy, People([e.Assignee.Value]), open, considered),
            };
            var standsIn = e.StandsInFor is { } absent ? Say("history.decided-stand-in", People([absent])) : null;
            return string.Join(" ", new[] { chosen, standsIn }.OfType<string>().Concat(e.PassedOver.Select(Passed)));
        }

        public string Acted(EscalationActed e) =>
            Say(
                "history.escalation-acted",
                Metric(e.Policy, e.Metric),
                e.Level,
                e.Steps.Count == 0 ? "–" : string.Join("; ", e.Steps.Select(Step))
            );

        private string Step(EscalationStep step)
        {
            var act = texts[$"rule.act-{step.Do}"];
            var words = step.People.Count == 0 ? act : $"{act} ({People(step.People)})";
            return step.IsRefused ? Say("history.escalation-refused", words) : words;
        }

        private string Passed(PassedOver one) =>
            one switch
            {
                { Why: PassedOverWhy.Absent, LastDay: { } day } => Say(
                    "history.passed-absent",
                    People([one.Person]),
                    ReaderTimes.Date(day)
                ),
                { Why: PassedOverWhy.OutsideHours, Again: { } again } => Say(
                    "history.passed-outside-until",
                    People([one.Person]),
                    times.Moment(again, isShort: true)
                ),
                { Why: PassedOverWhy.OutsideHours } => Say("history.passed-outside", People([one.Person])),
                { Why: PassedOverWhy.Full } => Say("history.passed-full", People([one.Person])),
                _ => Say("history.passed-not-on-desk", People([one.Person])),
            };

        private static string Number(int count) => count.ToString(CultureInfo.CurrentCulture);

        public string MetricOf(string metric) =>
            configuration
                .All<SlaPolicyDocument>()
                .SelectMany(policy => policy.Metrics)
                .FirstOrDefault(one => one.Id == metric)
                ?.Name.ToString()
            ?? metric;

        public string Metric(string policy, string metric) =>
            configuration.TryGet<SlaPolicyDocument>(policy, out var document)
                ? document.Metrics.FirstOrDefault(m => m.Id == metric)?.Name.ToString() ?? metric
                : metric;

        public string Fields(ValueMap<FieldValue?> fields) =>
            string.Join(", ", fields.Select(field => $"{FieldName(field.Key)}: {Value(field.Key, field.Value)}"));

        // A plugin names its event by a text of its own: history.STORED-NAME without version.
        public string Plugin(TicketEvent e)
        {
            var name = e.GetType()
                .GetCustomAttributes(typeof(StoredNameAttribute), inherit: false)
                .OfType<StoredNameAttribute>()
                .FirstOrDefault()
                ?.Name;
            var arguments = (e as IHistoryArguments)?.HistoryArguments ?? [];
            return name is null ? e.GetType().Name : texts.Format($"{name}.history", [.. arguments]);
        }

        private string FieldName(string id) =>
            configuration.TryGet<FieldDocument>(id, out var field) ? field.Name.ToString() : id;

        private string Value(string id, FieldValue? value) =>
            value switch
            {
                null => "—",
                ChoiceValue choice => Choice(id, choice.Choice),
                ChoicesValue choices => string.Join(" / ", choices.Choices.Select(c => Choice(id, c))),
                MomentValue moment => times.Moment(moment.Moment),
                DateValue date => ReaderTimes.Date(date.Date),
                PersonValue person => names.People.GetValueOrDefault(person.Person, person.Person.ToString()),
                OrganizationValue or TeamValue => names.Groups.GetValueOrDefault(value, PlainFields.Write(value)),
                FlagValue flag => texts[flag.IsSet ? "common.yes" : "common.no"],
                DurationValue duration => FieldWords.Length(duration),
                NumberValue number => number.Number.ToString(CultureInfo.CurrentCulture),
                _ => PlainFields.Write(value),
            };

        private string Choice(string field, string choice) =>
            configuration.TryGet<FieldDocument>(field, out var document) ? document.WordsOf(choice) : choice;
    }
}
