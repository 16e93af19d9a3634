using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query.World;

/// <summary>A small company in which queries are tried: desks, a workflow, one field of every kind, plugins' query fields of every kind.</summary>
public static class QueryWorld
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 11, 5, 30);

    public static readonly string[] Desks = ["ITSD", "HR", "FAC"];
    public static readonly string[] Types = ["incident", "task"];
    public static readonly string[] Statuses = ["new", "in-progress", "waiting-for-customer", "closed"];
    public static readonly string[] Resolutions = ["fixed", "duplicate"];
    public static readonly string[] Impacts = ["low", "medium", "high"];
    public static readonly string[] Tags = ["red", "green", "blue"];
    public static readonly string[] Places = ["korea", "seoul", "gangnam", "busan", "japan"];
    public static readonly string[] Labels = ["vpn", "major", "점검"];
    public static readonly string[] Metrics = ["time-to-resolution", "time-to-first-response"];

    public static readonly string[] Words =
    [
        "Printer",
        "is",
        "on",
        "FIRE",
        "VPN",
        "접속",
        "오류",
        "서버장애",
        "メール",
        "Straße",
        "50%",
        "a_b",
        "it's",
        "“quoted”",
        "\\path",
    ];

    public static IConfiguration Configuration { get; } = ConfigurationSnapshot.Of(1, Documents());

    public static TicketExtensions Extensions { get; } =
        new()
        {
            Facets = TicketExtensions.None.Facets,
            Events = TicketExtensions.None.Events,
            Deciders = TicketExtensions.None.Deciders,
            Policies = [],
            QueryFields =
            [
                new("major", QueryFieldKind.Flag, ticket => new FlagValue(ticket.Labels.Contains("major"))),
                new("score", QueryFieldKind.Number, ticket => new NumberValue(ticket.Summary.Length)),
                new(
                    "area",
                    QueryFieldKind.Choice,
                    ticket => ticket.RequestType is null ? null : new ChoiceValue("lobby")
                ),
                new("nick", QueryFieldKind.Text, ticket => new TextValue(ticket.Summary)),
                new(
                    "seen",
                    QueryFieldKind.Moment,
                    ticket => ticket.LastAgentAnswerAt is { } at ? new MomentValue(at) : null
                ),
            ],
            QueryFunctions =
            [
                new("tagged", QueryArgumentKind.Text, ticket => ticket.Labels)
                {
                    Mean = (_, text) =>
                        Labels
                            .Where(label => string.Equals(label, text, StringComparison.OrdinalIgnoreCase))
                            .ToValueList(),
                    Suggest = _ => Labels.ToValueList(),
                },
                new(
                    "besides",
                    QueryArgumentKind.TicketKey,
                    ticket =>
                        new[] { ticket.Id.Value - 1, ticket.Id.Value + 3 }
                            .Select(id => id.ToString(CultureInfo.InvariantCulture))
                            .ToValueList()
                ),
            ],
        };

    private static IEnumerable<ConfigurationDocument> Documents() =>
        [
            .. Desks.Select(key => new DeskDocument
            {
                Id = key,
                Name = LocalizedText.Of(key + " desk", key + " 데스크"),
            }),
            .. Types.Select(id => new TicketTypeDocument
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Workflow = "all",
            }),
            new RequestTypeDocument
            {
                Id = "report-outage",
                Desk = "ITSD",
                Type = "incident",
                Name = LocalizedText.Of("Report an outage", "장애 신고"),
            },
            new RequestTypeDocument
            {
                Id = "ask-payroll",
                Desk = "HR",
                Type = "task",
                Name = LocalizedText.Of("Ask payroll"),
            },
            Workflow(),
            .. Fields(),
            new SlaPolicyDocument
            {
                Id = "standard",
                Name = LocalizedText.Of("Standard"),
                Metrics =
                [
                    new SlaMetric { Id = Metrics[0], Name = LocalizedText.Of("Time to resolution", "해결까지") },
                    new SlaMetric { Id = Metrics[1], Name = LocalizedText.Of("Time to first response") },
                ],
            },
        ];

    private static WorkflowDocument Workflow() =>
        new()
        {
            Id = "all",
            Name = LocalizedText.Of("All"),
            Initial = "new",
            Statuses =
            [
                new("new", LocalizedText.Of("New", "신규"), StatusCategory.New),
                new("in-progress", LocalizedText.Of("In progress", "처리 중"), StatusCategory.Active),
                new(
                    "waiting-for-customer",
                    LocalizedText.Of("Waiting for customer", "고객 대기"),
                    StatusCategory.Waiting,
                    LocalizedText.Of("In progress", "처리 중")
                ),
                new("closed", LocalizedText.Of("Closed", "종료됨"), StatusCategory.Done, Closes: true),
            ],
            Transitions = [],
            Resolutions =
            [
                new("fixed", LocalizedText.Of("Fixed", "해결")),
                new("duplicate", LocalizedText.Of("Duplicate")),
            ],
        };

    /// <summary>Of each kind some field is hidden from clerks, in some statuses, in all but some, or always; and from guests.</summary>
    private static IEnumerable<FieldDocument> Fields() =>
        AllFields()
            .Select(field =>
                field with
                {
                    Access = field.Id switch
                    {
                        "impact" or "tags" or "vip" or "visit" or "manager" or "unit" =>
                        [
                            Hidden("clerk", "new", "closed"),
                            Hidden("guest", "in-progress"),
                        ],
                        "cost" or "day" or "model" or "outage" or "place" or "papers" =>
                        [
                            new()
                            {
                                Roles = ["clerk"],
                                Statuses = ["in-progress"],
                                Access = FieldAccess.See,
                            },
                            Hidden("clerk"),
                            Hidden("guest", "new"),
                        ],
                        "site" => [Hidden("clerk")],
                        _ => [],
                    },
                }
            );

    private static FieldAccessRule Hidden(string role, params ReadOnlySpan<string> statuses) =>
        new()
        {
            Roles = [role],
            Statuses = ValueList.Create(statuses),
            Access = FieldAccess.Hidden,
        };

    private static IEnumerable<FieldDocument> AllFields() =>
        [
            Field("impact", FieldKind.Choice, customersSee: true) with
            {
                Name = LocalizedText.Of("Impact", "영향도"),
                Choices =
                [
                    new("low", LocalizedText.Of("Low", "낮음")),
                    new("medium", LocalizedText.Of("Medium", "보통")),
                    new("high", LocalizedText.Of("High", "높음")),
                ],
            },
            Field("tags", FieldKind.Choices) with
            {
                Choices = Tags.Select(tag => new FieldChoice(tag, LocalizedText.Of(tag))).ToValueList(),
            },
            Field("model", FieldKind.Text, customersSee: true),
            Field("story", FieldKind.LongText),
            Field("cost", FieldKind.Number),
            Field("outage", FieldKind.Duration),
            Field("vip", FieldKind.Flag),
            Field("day", FieldKind.Date),
            Field("visit", FieldKind.Moment, customersSee: true),
            Field("manager", FieldKind.Person),
            Field("site", FieldKind.Url),
            Field("place", FieldKind.Choice) with
            {
                Choices =
                [
                    new("korea", LocalizedText.Of("Korea", "대한민국")),
                    new("seoul", LocalizedText.Of("Seoul", "서울")) { Under = "korea" },
                    new("gangnam", LocalizedText.Of("Gangnam")) { Under = "seoul" },
                    new("busan", LocalizedText.Of("Busan", "부산")) { Under = "korea" },
                    new("japan", LocalizedText.Of("Japan")),
                ],
            },
            Field("unit", FieldKind.Organization),
            Field("crew", FieldKind.Team),
            Field("papers", FieldKind.Attachment),
        ];

    private static FieldDocument Field(string id, FieldKind kind, bool customersSee = false) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Kind = kind,
            CustomersSee = customersSee,
        };
}

/// <summary>The people of <see cref="QueryWorld"/>: everybody has a name and an address that end in the identity.</summary>
/// <param name="tickets">The ticket of a key, where the asking person may see it.</param>
public sealed class WorldNames(Func<TicketKey, long?> tickets) : IQueryNames
{
    /// <summary>Knows 60 tickets by any desk's key.</summary>
    public WorldNames()
        : this(key => key.Number <= 60 ? key.Number : null) { }

    public IReadOnlyCollection<long> People(string folded) => Numbered(folded, "person ");

    public IReadOnlyCollection<long> Teams(string folded) => Numbered(folded, "team ");

    public IReadOnlyCollection<long>? Members(string folded) =>
        Teams(folded) is { Count: > 0 } teams ? [.. teams.SelectMany(MembersOf)] : null;

    /// <summary>Who is in a team.</summary>
    public static long[] MembersOf(long team) => [team, team + 3];

    public IReadOnlyCollection<long> Organizations(string folded) => Numbered(folded, "org-");

    public long? Ticket(TicketKey key) => tickets(key);

    private static IReadOnlyCollection<long> Numbered(string folded, string prefix) =>
        folded.StartsWith(prefix, StringComparison.Ordinal)
        && long.TryParse(folded.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id is >= 1 and <= 8
            ? [id]
            : [];
}
