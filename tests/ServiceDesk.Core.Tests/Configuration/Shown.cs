using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

/// <summary>A small configuration in which every kind stands and everything fits.</summary>
internal static class Shown
{
    public static async Task<DocumentText> TextAsync() => new(new DocumentSchemas());

    public static ConfigurationSnapshot Whole =>
        ConfigurationSnapshot.Of(
            1,
            Role("customer", "portal.ask"),
            Role("agent", "ticket.work"),
            Role("administrator", "configuration.write", "people.write"),
            Calendar,
            Field,
            Workflow,
            Type,
            Desk,
            RequestType,
            Policy,
            Queue
        );

    public static DeskDocument Desk { get; } =
        new()
        {
            Id = "ITSD",
            Name = LocalizedText.Of("IT support", "IT 지원"),
            Accent = "#2563eb",
            Types = ["incident"],
            Groups = [new PortalGroup("devices", LocalizedText.Of("Devices", "기기"), ["broken-device"])],
            Customers = new DeskCustomers { Everyone = false, Organizations = ["hanbit"] },
        };

    public static TicketTypeDocument Type { get; } =
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Incident", "장애"),
            Workflow = "incident",
            Fields = ["impact"],
        };

    public static RequestTypeDocument RequestType { get; } =
        new()
        {
            Id = "broken-device",
            Name = LocalizedText.Of("Something is broken", "고장 신고"),
            Desk = "ITSD",
            Type = "incident",
            Help = LocalizedText.Of("Tell us what happened.\n\n- what you did\n- what you saw"),
            Form = [new FormField("summary", Required: true), new FormField("attachments")],
            Priority = Priority.High,
            Presets = ValueMap<string>.Empty.SetItem("impact", "one"),
        };

    public static FieldDocument Field { get; } =
        new()
        {
            Id = "impact",
            Name = LocalizedText.Of("Impact", "영향"),
            Kind = FieldKind.Choice,
            Choices =
            [
                new FieldChoice("one", LocalizedText.Of("One person")),
                new FieldChoice("all", LocalizedText.Of("All")) { Under = "one" },
            ],
            LockedIn = ["done"],
            EditableBy = ["agent"],
        };

    public static WorkflowDocument Workflow { get; } =
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Incident"),
            Initial = "new",
            Statuses =
            [
                new WorkflowStatus("new", LocalizedText.Of("New", "신규"), StatusCategory.New),
                new WorkflowStatus("done", LocalizedText.Of("Done"), StatusCategory.Done, Closes: true),
            ],
            Transitions =
            [
                new WorkflowTransition
                {
                    Id = "finish",
                    Name = LocalizedText.Of("Finish"),
                    From = ["new"],
                    To = "done",
                    Screen = ["impact"],
                },
            ],
            Reopen = new ReopenRule("new", Duration.FromDays(14), OnCustomerComment: false),
        };

    public static CalendarDocument Calendar { get; } =
        new()
        {
            Id = "seoul",
            Name = LocalizedText.Of("Seoul office"),
            Zone = "Asia/Seoul",
            Hours = ValueMap<ValueList<WorkSpan>>
                .Empty.SetItem("tuesday", [new WorkSpan("09:00", "18:00")])
                .SetItem("monday", [new WorkSpan("09:00", "12:00"), new WorkSpan("13:00", "24:00")]),
            Holidays =
            [
                new Holiday { Date = new LocalDate(2026, 9, 25), Name = LocalizedText.Of("Chuseok", "추석") },
                new Holiday
                {
                    Month = 1,
                    Day = 1,
                    Yearly = true,
                },
            ],
        };

    public static SlaPolicyDocument Policy { get; } =
        new()
        {
            Id = "standard",
            Name = LocalizedText.Of("Standard"),
            Query = "type = incident",
            Metrics =
            [
                new SlaMetric
                {
                    Id = "time-to-resolution",
                    Name = LocalizedText.Of("Time to resolution", "해결 시간"),
                    Start = [new SlaCondition { On = "opened" }],
                    Pause = [new SlaCondition { Category = StatusCategory.Waiting }],
                    Stop = [new SlaCondition { Status = "done" }],
                    Goals =
                    [
                        new SlaGoal
                        {
                            Query = "priority = critical",
                            Target = Duration.FromHours(4),
                            Calendar = "seoul",
                            Reminders = ["75%", "PT30M"],
                        },
                        new SlaGoal { Target = Duration.FromMinutes(90), Calendar = "seoul" },
                    ],
                },
            ],
        };

    public static QueueDocument Queue { get; } =
        new()
        {
            Id = "itsd-open",
            Name = LocalizedText.Of("Open", "처리 중"),
            Desk = "ITSD",
            Query = "category != done ORDER BY remaining",
            Columns = ["key", "summary", "sla:time-to-resolution"],
            Order = 10,
        };

    public static RoleDocument Role(string id, params string[] permissions) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Permissions = permissions.ToValueList(),
        };
}
