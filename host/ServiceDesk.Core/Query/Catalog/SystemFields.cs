using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Catalog;

/// <summary>The subjects that every ticket has. Aliases are names that people bring along from other products, and Korean ones.</summary>
internal static class SystemFields
{
    public static IEnumerable<QueryField> Of(IConfiguration configuration) =>
        Identities(configuration)
            .Concat(Words())
            .Concat(People())
            .Concat(OtherTickets())
            .Concat(Approvals())
            .Concat(Tasks())
            .Concat(Numbers())
            .Concat(Moments());

    private static IEnumerable<QueryField> Identities(IConfiguration configuration)
    {
        var workflows = configuration.All<WorkflowDocument>();
        yield return Text("key", QueryValueKind.Key, TextColumn.Key, "issue", "issueKey", "ticket", "키", "번호");
        yield return Text("desk", QueryValueKind.Named, TextColumn.Desk, "project", "serviceDesk", "데스크") with
        {
            Choices = Documents(configuration.All<DeskDocument>(), desk => desk.Id),
            History = HistoryField.Desk,
        };
        yield return Text("type", QueryValueKind.Named, TextColumn.Type, "issueType", "ticketType", "유형") with
        {
            Choices = Documents(configuration.All<TicketTypeDocument>(), _ => null),
            History = HistoryField.Type,
        };
        yield return Text("requestType", QueryValueKind.Named, TextColumn.RequestType, "요청유형") with
        {
            Choices = Documents(configuration.All<RequestTypeDocument>(), type => type.Desk),
        };
        yield return Text("status", QueryValueKind.Named, TextColumn.Status, "상태") with
        {
            Choices = Statuses(workflows),
            History = HistoryField.Status,
        };
        yield return Number("category", QueryValueKind.Named, NumberColumn.Category, "statusCategory", "상태분류") with
        {
            Choices = Words<StatusCategory>(),
        };
        yield return Text("resolution", QueryValueKind.Named, TextColumn.Resolution, "해결결과") with
        {
            Choices = Resolutions(workflows),
        };
        yield return Number("priority", QueryValueKind.Ranked, NumberColumn.Priority, "우선순위") with
        {
            Choices = Words<Priority>(),
            History = HistoryField.Priority,
        };
        yield return Number("channel", QueryValueKind.Named, NumberColumn.Channel, "source", "채널", "접수경로") with
        {
            Choices = Words<Channel>(),
            AgentsOnly = true,
        };
    }

    private static IEnumerable<QueryField> Words()
    {
        yield return Search("summary", TextScope.Summary, "title", "subject", "제목");
        yield return Search("description", TextScope.Description, "설명");
        yield return Search("text", TextScope.Everything, "search", "content", "본문", "내용");
        yield return Text("externalId", QueryValueKind.Text, TextColumn.ExternalId, "외부번호") with
        {
            AgentsOnly = true,
        };
        yield return Text("label", QueryValueKind.Label, TextColumn.Label, "labels", "tag", "tags", "라벨", "태그") with
        {
            AgentsOnly = true,
            IsSortable = false,
        };
    }

    private static IEnumerable<QueryField> People()
    {
        yield return Id("requester", QueryValueKind.Person, IdColumn.Requester, "reporter", "customer", "요청자");
        yield return Id(
            "organization",
            QueryValueKind.Organization,
            IdColumn.Organization,
            "organisation",
            "company",
            "조직"
        ) with
        {
            OnlySelf = true,
        };
        yield return Id("sharedWith", QueryValueKind.Organization, IdColumn.SharedWith, "shared", "공유조직") with
        {
            OnlySelf = true,
            IsSortable = false,
        };
        yield return Field(
            "language",
            QueryValueKind.Named,
            new TextSlot(TextColumn.Field, SearchableFields.LanguageKey),
            ["requesterLanguage", "언어", "요청자언어"]
        ) with
        {
            Choices =
            [
                new("en", 0, [LocalizedText.Of("English", "영어")]),
                new("ko", 0, [LocalizedText.Of("Korean", "한국어")]),
            ],
            AgentsOnly = true,
            IsSortable = false,
        };
        yield return Field(
            "region",
            QueryValueKind.Text,
            new TextSlot(TextColumn.Field, SearchableFields.RegionKey),
            ["organizationRegion", "지역"]
        ) with
        {
            AgentsOnly = true,
            IsSortable = false,
        };
        yield return Id("assignee", QueryValueKind.Person, IdColumn.Assignee, "agent", "담당자") with
        {
            AgentsOnly = true,
            History = HistoryField.Assignee,
        };
        yield return Id("team", QueryValueKind.Team, IdColumn.Team, "group", "담당팀", "팀") with
        {
            AgentsOnly = true,
            History = HistoryField.Team,
        };
        yield return Id("participant", QueryValueKind.Person, IdColumn.Participant, "participants", "참여자") with
        {
            IsSortable = false,
        };
        yield return Id("watcher", QueryValueKind.Person, IdColumn.Watcher, "watchers", "지켜보는사람") with
        {
            AgentsOnly = true,
            IsSortable = false,
        };
    }

    // Keys as they were when it happened.
    private static IEnumerable<QueryField> OtherTickets()
    {
        yield return OtherTicket("merged", SearchableFields.MergedKey, "mergedInto", "병합");
        yield return OtherTicket("origin", SearchableFields.OriginKey, "splitFrom", "duplicateOf", "출처");
    }

    private static QueryField OtherTicket(string name, string key, params string[] aliases) =>
        Field(name, QueryValueKind.Text, new TextSlot(TextColumn.Field, key), aliases) with
        {
            AgentsOnly = true,
            IsSortable = false,
        };

    private static IEnumerable<QueryField> Tasks()
    {
        yield return Field(
            "openTasks",
            QueryValueKind.Number,
            new NumberSlot(NumberColumn.Field, SearchableFields.OpenTasksKey),
            ["openSteps", "남은할일"]
        ) with
        {
            AgentsOnly = true,
            IsSortable = false,
        };
        yield return Id("taskAssignee", QueryValueKind.Person, IdColumn.TaskDoer, "taskFor", "할일담당자") with
        {
            AgentsOnly = true,
            IsSortable = false,
        };
    }

    // Who is no agent of the desk learns from these only what concerns oneself.
    private static IEnumerable<QueryField> Approvals()
    {
        yield return Field(
            "approval",
            QueryValueKind.Named,
            new TextSlot(TextColumn.Field, SearchableFields.ApprovalKey),
            ["approvals", "승인"]
        ) with
        {
            Choices = ApprovalStates(),
            AgentsOnly = true,
            IsSortable = false,
        };
        yield return Id("approver", QueryValueKind.Person, IdColumn.Approver, "approvers", "승인자") with
        {
            OnlySelf = true,
            IsSortable = false,
        };
        yield return Id("answeredApproval", QueryValueKind.Person, IdColumn.Answerer, "승인응답자") with
        {
            OnlySelf = true,
            IsSortable = false,
        };
    }

    private static ValueList<QueryChoice> ApprovalStates() =>
        [
            new("pending", 0, [LocalizedText.Of("Pending", "승인 대기")]),
            new("approved", 0, [LocalizedText.Of("Approved", "승인됨")]),
            new("declined", 0, [LocalizedText.Of("Declined", "반려됨")]),
            new("withdrawn", 0, [LocalizedText.Of("Withdrawn", "철회됨")]),
            new("expired", 0, [LocalizedText.Of("Expired", "기한 만료")]),
        ];

    private static IEnumerable<QueryField> Numbers()
    {
        yield return Number("reopenCount", QueryValueKind.Number, NumberColumn.Reopens, "reopens", "reopened") with
        {
            AgentsOnly = true,
        };
        yield return Number(
            "commentCount",
            QueryValueKind.Number,
            NumberColumn.PublicComments,
            "comments",
            "publicComments"
        );
        yield return Number(
            "noteCount",
            QueryValueKind.Number,
            NumberColumn.InternalNotes,
            "notes",
            "internalNotes"
        ) with
        {
            AgentsOnly = true,
        };
        yield return Number("attachmentCount", QueryValueKind.Number, NumberColumn.Attachments, "attachments") with
        {
            AgentsOnly = true,
        };
    }

    private static IEnumerable<QueryField> Moments()
    {
        yield return Moment("created", MomentColumn.Created, "createdAt", "opened", "openedAt", "생성", "생성일");
        yield return Moment("updated", MomentColumn.Updated, "updatedAt", "수정", "수정일") with
        {
            PublicSlot = new MomentSlot(MomentColumn.PublicUpdated),
        };
        yield return Moment("resolved", MomentColumn.Resolved, "resolvedAt", "solved", "해결일");
        yield return Moment("closed", MomentColumn.Closed, "closedAt", "종료일");
        yield return Moment("statusSince", MomentColumn.StatusSince, "statusChanged", "상태변경일") with
        {
            AgentsOnly = true,
        };
        yield return Moment("due", MomentColumn.Due, "dueAt", "dueDate", "기한") with
        {
            AgentsOnly = true,
        };
        yield return Moment("remaining", MomentColumn.Due, "sla", "timeLeft", "남은시간") with
        {
            Kind = QueryValueKind.Remaining,
            AgentsOnly = true,
        };
    }

    private static QueryField Text(string name, QueryValueKind kind, TextColumn column, params string[] aliases) =>
        Field(name, kind, new TextSlot(column), aliases);

    private static QueryField Number(string name, QueryValueKind kind, NumberColumn column, params string[] aliases) =>
        Field(name, kind, new NumberSlot(column), aliases);

    private static QueryField Id(string name, QueryValueKind kind, IdColumn column, params string[] aliases) =>
        Field(name, kind, new IdSlot(column), aliases);

    private static QueryField Moment(string name, MomentColumn column, params string[] aliases) =>
        Field(name, QueryValueKind.Moment, new MomentSlot(column), aliases);

    private static QueryField Search(string name, TextScope scope, params string[] aliases) =>
        Field(name, QueryValueKind.Search, null, aliases) with
        {
            Scope = scope,
            IsSortable = false,
        };

    private static QueryField Field(string name, QueryValueKind kind, QuerySlot? slot, string[] aliases) =>
        new()
        {
            Name = name,
            Kind = kind,
            Slot = slot,
            Aliases = aliases.ToValueList(),
        };

    private static ValueList<QueryChoice> Documents<TDocument>(
        IEnumerable<TDocument> documents,
        Func<TDocument, string?> desk
    )
        where TDocument : ConfigurationDocument =>
        documents.Select(document => new QueryChoice(document.Id, 0, [document.Name], desk(document))).ToValueList();

    private static ValueList<QueryChoice> Statuses(IEnumerable<WorkflowDocument> workflows) =>
        workflows
            .SelectMany(workflow => workflow.Statuses)
            .GroupBy(status => status.Id, StringComparer.Ordinal)
            .Select(group => new QueryChoice(
                group.Key,
                0,
                group.Select(status => status.Name).ToValueList(),
                CustomerNames: group.Select(status => status.CustomerName ?? status.Name).ToValueList()
            ))
            .ToValueList();

    private static ValueList<QueryChoice> Resolutions(IEnumerable<WorkflowDocument> workflows) =>
        workflows
            .SelectMany(workflow => workflow.Resolutions)
            .GroupBy(resolution => resolution.Id, StringComparer.Ordinal)
            .Select(group => new QueryChoice(group.Key, 0, group.Select(one => one.Name).ToValueList()))
            .ToValueList();

    private static ValueList<QueryChoice> Words<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>()
            .Select(value => new QueryChoice(
                value.ToString().ToLowerInvariant(),
                Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
                []
            ))
            .ToValueList();
}
