using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>
/// The company of these tests. The desk ITSD serves everyone, is worked by every agent and shares within organizations; the
/// desk HR serves Acme alone, is worked by the team People and shares nothing.
/// </summary>
internal static class Company
{
    public static readonly OrganizationId Acme = new(100);
    public static readonly OrganizationId Zenith = new(101);
    public static readonly TeamId Network = new(200);
    public static readonly TeamId PeopleTeam = new(201);

    public static readonly Person Bora = Customer(1, "Bora", Acme);
    public static readonly Person Minho = Customer(2, "Minho", Acme);
    public static readonly Person Zoe = Customer(3, "Zoe", Zenith);
    public static readonly Person Both = Customer(4, "Both", Acme, Zenith);
    public static readonly Person Gone = Customer(5, "Gone", Acme) with { IsActive = false };
    public static readonly Person Alice = Agent(10, "Alice", "agent", Network);
    public static readonly Person Eve = Agent(11, "Eve", "agent", PeopleTeam);
    public static readonly Person Admin = Agent(12, "Admin", "administrator");
    public static readonly Person Retired = Agent(13, "Retired", "agent") with { IsActive = false };

    public static DecisionFacts Facts { get; } =
        new(
            [Bora, Minho, Zoe, Both, Gone, Alice, Eve, Admin, Retired],
            [
                new Organization(Acme, "acme", "Acme", MembersSeeEachOther: true),
                new Organization(Zenith, "zenith", "Zenith", MembersSeeEachOther: false),
            ],
            [new Team(Network, "Network", [Alice.Id]), new Team(PeopleTeam, "People", [Eve.Id])]
        );

    public static Viewer ViewerOf(Person person, IConfiguration? configuration = null) =>
        Viewers.Of(person, Facts.Organizations, Facts.Teams, configuration ?? Configuration);

    public static WorkflowDocument IncidentWorkflow { get; } =
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Incident", "장애"),
            Initial = "new",
            Statuses =
            [
                new("new", LocalizedText.Of("New"), StatusCategory.New, LocalizedText.Of("Received")),
                new("in-progress", LocalizedText.Of("In progress"), StatusCategory.Active),
                new("waiting-for-customer", LocalizedText.Of("Waiting for customer"), StatusCategory.Waiting),
                new(
                    "waiting-for-supplier",
                    LocalizedText.Of("Waiting for supplier"),
                    StatusCategory.Waiting,
                    LocalizedText.Of("In progress")
                ),
                new("resolved", LocalizedText.Of("Resolved"), StatusCategory.Done),
                new("closed", LocalizedText.Of("Closed"), StatusCategory.Done, Closes: true),
            ],
            Transitions =
            [
                Way("start", ["new", "waiting-for-supplier"], "in-progress"),
                Way("ask-customer", ["new", "in-progress"], "waiting-for-customer"),
                Way("ask-supplier", ["in-progress"], "waiting-for-supplier") with
                {
                    RequiredFields = ["vendor"],
                    Screen = ["vendor"],
                },
                Way("answered", ["waiting-for-customer"], "in-progress") with
                {
                    OnCustomerComment = true,
                },
                Way("resolve", ["new", "in-progress", "waiting-for-customer"], "resolved") with
                {
                    RequiresResolution = true,
                },
                Way("resolve-critical", ["new"], "in-progress") with
                {
                    Condition = "priority = critical",
                },
                Way("close", ["resolved"], "closed") with
                {
                    Customers = true,
                    Screen = ["cause"],
                },
                Way("cancel", ["new", "in-progress"], "closed") with
                {
                    Condition = "priority = low",
                    Resolution = "duplicate",
                },
            ],
            Resolutions = [new("solved", LocalizedText.Of("Solved")), new("duplicate", LocalizedText.Of("Duplicate"))],
            Reopen = new ReopenRule("in-progress", Duration.FromDays(14)),
            AutoClose = new AutoCloseRule("resolved", "close", Duration.FromDays(7)),
        };

    private static WorkflowDocument RequestWorkflow { get; } =
        new()
        {
            Id = "request",
            Name = LocalizedText.Of("Request"),
            Initial = "new",
            Statuses =
            [
                new("new", LocalizedText.Of("New"), StatusCategory.New),
                new("working", LocalizedText.Of("Working"), StatusCategory.Active),
                new("fulfilled", LocalizedText.Of("Fulfilled"), StatusCategory.Done, Closes: true),
            ],
            Transitions = [Way("work", ["new"], "working"), Way("fulfil", [], "fulfilled")],
        };

    public static IReadOnlyList<ConfigurationDocument> Documents { get; } =
    [.. Roles(), .. Fields(), .. Types(), .. Desks(), .. Requests(), .. Promises()];

    public static ConfigurationSnapshot Configuration { get; } = ConfigurationSnapshot.Of(1, [.. Documents]);

    private static WorkflowTransition Way(string id, ValueList<string> from, string to) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            From = from,
            To = to,
        };

    private static Person Customer(long id, string name, params ReadOnlySpan<OrganizationId> organizations) =>
        new(
            new PersonId(id),
            name,
            $"{name}@example.com",
            "customer",
            "en",
            "UTC",
            ValueList.Create(organizations),
            [],
            true
        );

    private static Person Agent(long id, string name, string role, params ReadOnlySpan<TeamId> teams) =>
        new(new PersonId(id), name, $"{name}@example.com", role, "ko", "Asia/Seoul", [], ValueList.Create(teams), true);

    private static IEnumerable<ConfigurationDocument> Roles() =>
        [
            Role("customer", Permissions.AskInPortal),
            Role("agent", Permissions.AskInPortal, Permissions.WorkTickets, Permissions.MoveTickets),
            Role("administrator", [.. Permissions.All]),
        ];

    private static RoleDocument Role(string id, params ReadOnlySpan<string> permissions) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Permissions = ValueList.Create(permissions),
        };

    private static IEnumerable<ConfigurationDocument> Fields() =>
        [
            Field("impact", FieldKind.Choice) with
            {
                Choices = [new("low", LocalizedText.Of("Low")), new("high", LocalizedText.Of("High"))],
                CustomersSee = true,
            },
            Field("vendor", FieldKind.Text),
            Field("cause", FieldKind.LongText) with
            {
                LockedIn = ["new"],
            },
            Field("amount", FieldKind.Number),
            Field("agreed", FieldKind.Flag),
            Field("wanted", FieldKind.Date),
            Field("happened", FieldKind.Moment),
            Field("systems", FieldKind.Choices) with
            {
                Choices = [new("mail", LocalizedText.Of("Mail")), new("erp", LocalizedText.Of("ERP"))],
            },
            Field("tags", FieldKind.Choices),
            Field("owner", FieldKind.Person),
            Field("unit", FieldKind.Organization),
            Field("crew", FieldKind.Team),
            Field("page", FieldKind.Url),
            Field("quotes", FieldKind.Attachment) with
            {
                Limits = new FieldLimits { MaxFiles = 2 },
            },
            Field("form", FieldKind.Attachment) with
            {
                Limits = new FieldLimits { FileTypes = ["png"] },
                CustomersSee = true,
            },
            Field("budget", FieldKind.Number) with
            {
                EditableBy = ["finance"],
            },
            Field("foreign", FieldKind.Text),
        ];

    private static FieldDocument Field(string id, FieldKind kind) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Kind = kind,
        };

    private static IEnumerable<ConfigurationDocument> Types() =>
        [
            IncidentWorkflow,
            RequestWorkflow,
            new TicketTypeDocument
            {
                Id = "incident",
                Name = LocalizedText.Of("Incident"),
                Workflow = "incident",
                Fields =
                [
                    "impact",
                    "vendor",
                    "cause",
                    "amount",
                    "agreed",
                    "wanted",
                    "happened",
                    "systems",
                    "tags",
                    "owner",
                    "unit",
                    "crew",
                    "page",
                    "quotes",
                    "form",
                    "budget",
                ],
            },
            new TicketTypeDocument
            {
                Id = "request",
                Name = LocalizedText.Of("Request"),
                Workflow = "request",
                DefaultPriority = Priority.Low,
            },
            new TicketTypeDocument
            {
                Id = "broken",
                Name = LocalizedText.Of("Broken"),
                Workflow = "nowhere",
            },
        ];

    private static IEnumerable<ConfigurationDocument> Desks() =>
        [
            new DeskDocument
            {
                Id = "ITSD",
                Name = LocalizedText.Of("IT"),
                Types = ["incident", "request", "broken"],
            },
            new DeskDocument
            {
                Id = "HR",
                Name = LocalizedText.Of("People"),
                Types = ["request"],
                Agents = new DeskAgents { Everyone = false, Teams = ["People"] },
                Customers = new DeskCustomers
                {
                    Everyone = false,
                    Organizations = ["acme"],
                    ShareWithinOrganization = false,
                },
            },
        ];

    private static IEnumerable<ConfigurationDocument> Requests() =>
        [
            new RequestTypeDocument
            {
                Id = "outage",
                Name = LocalizedText.Of("Something is broken"),
                Desk = "ITSD",
                Type = "incident",
                Priority = Priority.High,
                Form = [new("summary", true), new("impact", true), new("description"), new("attachments")],
                Presets = ValueMap<string>.Empty.SetItem("vendor", "Contoso").SetItem("amount", "no number"),
            },
            new RequestTypeDocument
            {
                Id = "proof",
                Name = LocalizedText.Of("With proof"),
                Desk = "ITSD",
                Type = "request",
                Form = [new("description", true), new("attachments", true)],
            },
            new RequestTypeDocument
            {
                Id = "leave",
                Name = LocalizedText.Of("Leave"),
                Desk = "HR",
                Type = "request",
            },
        ];

    private static IEnumerable<ConfigurationDocument> Promises() =>
        [
            new CalendarDocument
            {
                Id = "always",
                Name = LocalizedText.Of("Always"),
                Zone = "UTC",
                Hours = ValueMap<ValueList<WorkSpan>>.From(
                    new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.Select(day =>
                        KeyValuePair.Create(day, ValueList.Create([new WorkSpan("00:00", "24:00")]))
                    )
                ),
            },
            new SlaPolicyDocument
            {
                Id = "standard",
                Name = LocalizedText.Of("Standard"),
                Query = "type = incident",
                Metrics =
                [
                    new SlaMetric
                    {
                        Id = "time-to-resolution",
                        Name = LocalizedText.Of("Time to resolution"),
                        Start = [new SlaCondition { On = "opened" }, new SlaCondition { On = "reopened" }],
                        Pause = [new SlaCondition { Category = StatusCategory.Waiting }],
                        Stop = [new SlaCondition { On = "resolved" }],
                        Goals =
                        [
                            new SlaGoal
                            {
                                Target = Duration.FromHours(8),
                                Calendar = "always",
                                Reminders = ["75%"],
                            },
                        ],
                    },
                ],
            },
        ];
}
