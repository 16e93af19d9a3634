using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>The desks that the script's person works on or may ask at.</summary>
public sealed class DesksModule(ICurrentConfiguration configuration) : IHostModule
{
    private const string Name = "desks";

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "all",
                    [],
                    ScriptType.ListOf(Desk),
                    (call, _) => Task.FromResult(Describing.Shown(Seen(call).Select(desk => Shown(call, desk))))
                ),
                Describing.Function(
                    Name,
                    "get",
                    [new("key", ScriptType.TextUpTo(10))],
                    Desk.OrNull(),
                    (call, _) =>
                        Task.FromResult(
                            Seen(call).FirstOrDefault(desk => desk.Id == call.Text(0)) is { } found
                                ? Describing.Shown(Shown(call, found))
                                : null
                        )
                ),
            ]
        );

    private static ScriptType Desk { get; } =
        ScriptType.ObjectOf(
            new("key", ScriptType.Text),
            new("name", ScriptType.Text),
            new("types", ScriptType.ListOf(ScriptType.Text))
        );

    private IEnumerable<DeskDocument> Seen(ScriptCall call) =>
        configuration
            .Snapshot.All<DeskDocument>()
            .Where(desk => call.Viewer.WorksOn(desk.Id) || call.Viewer.AskableDesks.Contains(desk.Id));

    private static object Shown(ScriptCall call, DeskDocument desk) =>
        new
        {
            Key = desk.Id,
            Name = desk.Name.In(call.Actor.Language),
            desk.Types,
        };
}

/// <summary>Working time.</summary>
public sealed class CalendarsModule(ICurrentConfiguration configuration) : IHostModule
{
    private const string Name = "calendars";

    private static readonly ScriptParameter Calendar = new("calendar", ScriptType.TextUpTo(60));
    private static readonly Duration Longest = Duration.FromDays(3660);

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "all",
                    [],
                    ScriptType.ListOf(
                        ScriptType.ObjectOf(
                            new("id", ScriptType.Text),
                            new("name", ScriptType.Text),
                            new("zone", ScriptType.Text)
                        )
                    ),
                    (call, _) => Answer(Describing.Shown(All(call)))
                ),
                Describing.Function(
                    Name,
                    "isWorking",
                    [Calendar, new("at", ScriptType.TextUpTo(40))],
                    ScriptType.Flag,
                    (call, _) => Answer(Find(call).IsWorking(At(call, 1)))
                ),
                Describing.Function(
                    Name,
                    "add",
                    [Calendar, new("from", ScriptType.TextUpTo(40)), new("minutes", ScriptType.Number)],
                    ScriptType.Text.OrNull(),
                    (call, _) =>
                        Answer(
                            Find(call).Add(At(call, 1), Minutes(call)) is { } reached
                                ? InstantPattern.ExtendedIso.Format(reached)
                                : null
                        )
                ),
                Describing.Function(
                    Name,
                    "minutesBetween",
                    [Calendar, new("from", ScriptType.TextUpTo(40)), new("to", ScriptType.TextUpTo(40))],
                    ScriptType.Number,
                    (call, _) => Answer(Between(call))
                ),
            ]
        );

    private IEnumerable<object> All(ScriptCall call) =>
        configuration
            .Snapshot.All<CalendarDocument>()
            .Select(calendar => new
            {
                calendar.Id,
                Name = calendar.Name.In(call.Actor.Language),
                calendar.Zone,
            });

    private static Task<JsonNode?> Answer(JsonNode? value) => Task.FromResult(value);

    private WorkingCalendar Find(ScriptCall call) =>
        configuration.Snapshot.TryGet<CalendarDocument>(call.Text(0), out var document)
            ? WorkingCalendar.Of(document)
            : throw Wrong("calendar");

    private double Between(ScriptCall call)
    {
        var (from, to) = (At(call, 1), At(call, 2));
        return from <= to && to - from <= Longest ? Find(call).Between(from, to).TotalMinutes : throw Wrong("to");
    }

    private static Instant At(ScriptCall call, int place) =>
        InstantPattern.ExtendedIso.Parse(call.Text(place)) is { Success: true } parsed
            ? parsed.Value
            : throw Wrong(place == 1 ? "from" : "to");

    private static Duration Minutes(ScriptCall call)
    {
        var minutes = call.Argument(2)!.Value.GetDouble();
        return minutes >= 0 && minutes <= Longest.TotalMinutes ? Duration.FromMinutes(minutes) : throw Wrong("minutes");
    }

    private static ScriptRefusedException Wrong(string parameter) =>
        new(Refusal.Invalid("scripts.call.value", parameter, parameter));
}

/// <summary>Sentences of the product and its plugins.</summary>
public sealed class I18nModule(TextCatalogue texts) : IHostModule
{
    private const string Name = "i18n";

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "text",
                    [
                        new("key", ScriptType.TextUpTo(200)),
                        new("language", ScriptType.OneOf([.. Languages.All])),
                        new("values", ScriptType.ListOf(ScriptType.TextUpTo(1000)), IsOptional: true),
                    ],
                    ScriptType.Text.OrNull(),
                    (call, _) => Task.FromResult<JsonNode?>(Sentence(call))
                ),
            ]
        );

    private string? Sentence(ScriptCall call) =>
        texts.Find(call.Text(1), call.Text(0)) is { } pattern
            ? Texts.Sentence.Fill(
                pattern,
                [.. call.Argument(2)?.EnumerateArray().Select(value => value.GetString()!) ?? []]
            )
            : null;
}
