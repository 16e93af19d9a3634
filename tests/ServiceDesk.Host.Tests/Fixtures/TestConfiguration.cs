using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>A desk with one ticket type, a short workflow, and an hour to resolve.</summary>
public sealed class TestConfiguration : ICurrentConfiguration
{
    /// <summary>The promise.</summary>
    public static readonly Duration Target = Duration.FromHours(1);

    public IConfiguration Snapshot { get; set; } =
        ConfigurationSnapshot.Of(1, Desk(), Type(), Workflow(), Calendar(), Policy());

    /// <summary>The same with a role whose people work on the desk.</summary>
    public static IConfiguration WithAgents() =>
        ConfigurationSnapshot.Of(
            1,
            Desk(),
            Type(),
            Workflow(),
            Calendar(),
            Policy(),
            new RoleDocument
            {
                Id = "agent",
                Name = LocalizedText.Of("Agent"),
                Permissions = [Sdk.Access.Permissions.WorkTickets],
            }
        );

    public static OpenTicket Open(string summary, PersonId requester) =>
        new(
            "ITSD",
            "incident",
            RequestType: null,
            summary,
            "It smells.",
            requester,
            Organization: null,
            Priority: null,
            ValueMap<FieldValue>.Empty,
            Channel.Api
        );

    public static CommandEnvelope Note(string text, string? key = null) =>
        new(new AddInternalNote(text, []), Actor.System) { IdempotencyKey = key };

    public static CommandEnvelope Transition(string to, string? resolution = null) =>
        new(new TransitionTicket(to, resolution, ValueMap<FieldValue?>.Empty), Actor.System);

    private static DeskDocument Desk() =>
        new()
        {
            Id = "ITSD",
            Name = LocalizedText.Of("IT support"),
            Types = ["incident"],
        };

    private static TicketTypeDocument Type() =>
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Incident"),
            Workflow = "incident",
        };

    private static WorkflowDocument Workflow() =>
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Incident"),
            Initial = "new",
            Statuses =
            [
                new WorkflowStatus("new", LocalizedText.Of("New"), StatusCategory.New),
                new WorkflowStatus("in-progress", LocalizedText.Of("In progress"), StatusCategory.Active),
                new WorkflowStatus("resolved", LocalizedText.Of("Resolved"), StatusCategory.Done),
                new WorkflowStatus("closed", LocalizedText.Of("Closed"), StatusCategory.Done, Closes: true),
            ],
            Transitions =
            [
                Way("start", ["new"], "in-progress"),
                Way("resolve", ["new", "in-progress"], "resolved"),
                Way("close", ["resolved"], "closed"),
            ],
            Resolutions = [new WorkflowResolution("fixed", LocalizedText.Of("Fixed"))],
            Reopen = new ReopenRule("in-progress"),
            AutoClose = new AutoCloseRule("resolved", "close", Duration.FromDays(7)),
        };

    private static WorkflowTransition Way(string id, ValueList<string> from, string to) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            From = from,
            To = to,
        };

    private static CalendarDocument Calendar() =>
        new()
        {
            Id = "always",
            Name = LocalizedText.Of("Always"),
            Zone = "UTC",
            Hours = ValueMap<ValueList<WorkSpan>>.From(
                Enum.GetValues<DayOfWeek>()
                    .Select(day =>
                        KeyValuePair.Create<string, ValueList<WorkSpan>>(
                            day.ToString().ToLowerInvariant(),
                            [new WorkSpan("00:00", "24:00")]
                        )
                    )
            ),
        };

    private static SlaPolicyDocument Policy() =>
        new()
        {
            Id = "standard",
            Name = LocalizedText.Of("Standard"),
            Metrics =
            [
                new SlaMetric
                {
                    Id = "time-to-resolution",
                    Name = LocalizedText.Of("Time to resolution"),
                    Start = [new SlaCondition { On = "opened" }],
                    Stop = [new SlaCondition { Category = StatusCategory.Done }],
                    Goals = [new SlaGoal { Target = Target, Calendar = "always" }],
                },
            ],
        };
}
