using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>What was promised: the clocks of a ticket with the account of every minute, and when a promise would be due.</summary>
public sealed class SlaModule(
    ICurrentConfiguration configuration,
    QueryLanguage language,
    ForecastReading reading,
    SlaForecasts forecasts,
    IClock clock
) : IHostModule
{
    private const string Name = "sla";
    private const int MostPauses = 1000;
    private const int MostForeseen = 500;

    private static readonly Duration Longest = Duration.FromDays(3660);

    private static ScriptType Segment { get; } =
        ScriptType.ObjectOf(
            new("kind", ScriptType.OneOf("running", "paused", "outside-hours")),
            new("from", ScriptType.Text),
            new("to", ScriptType.Text),
            new("workingSeconds", ScriptType.Number),
            new("condition", ScriptType.Text.OrNull())
        );

    private static ScriptType Clock { get; } =
        ScriptType.ObjectOf(
            new("metric", ScriptType.Text),
            new("cycle", ScriptType.Number),
            new("policy", ScriptType.Text),
            new("calendar", ScriptType.Text),
            new("status", ScriptType.OneOf("running", "paused", "stopped")),
            new("verdict", ScriptType.OneOf("open", "met", "breached", "cancelled")),
            new("targetSeconds", ScriptType.Number),
            new("elapsedSeconds", ScriptType.Number),
            new("remainingSeconds", ScriptType.Number),
            new("startedAt", ScriptType.Text),
            new("dueAt", ScriptType.Text.OrNull()),
            new("stoppedAt", ScriptType.Text.OrNull()),
            new("segments", ScriptType.ListOf(Segment))
        );

    private static ScriptType Foreseen { get; } =
        ScriptType.ObjectOf(
            new("ticket", ScriptType.Text),
            new("metric", ScriptType.Text),
            new("cycle", ScriptType.Number),
            new("dueAt", ScriptType.Text),
            new("person", ScriptType.Number.OrNull()),
            new("team", ScriptType.Number.OrNull()),
            new("reason", ScriptType.OneOf("nobody", "absent", "outside-hours", "load"))
        );

    private static ScriptType Forecast { get; } =
        ScriptType.ObjectOf(
            new("due", ScriptType.Number),
            new("breaks", ScriptType.Number),
            new("clocks", ScriptType.ListOf(Foreseen)),
            new("newlyBroken", ScriptType.ListOf(Foreseen)),
            new("saved", ScriptType.ListOf(Foreseen))
        );

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "clocks",
                    [new("key", ScriptType.TextUpTo(40))],
                    ScriptType.ListOf(Clock),
                    ClocksAsync
                ),
                Describing.Function(
                    Name,
                    "due",
                    [
                        new("calendar", ScriptType.TextUpTo(60)),
                        new("from", ScriptType.TextUpTo(40)),
                        new("minutes", ScriptType.Number),
                        new(
                            "pauses",
                            ScriptType.ListOf(
                                ScriptType.ObjectOf(
                                    new("from", ScriptType.TextUpTo(40)),
                                    new("to", ScriptType.TextUpTo(40))
                                )
                            ),
                            IsOptional: true
                        ),
                    ],
                    ScriptType.Text.OrNull(),
                    (call, _) => Task.FromResult<JsonNode?>(Due(call) is { } due ? Text(due) : null)
                ),
                Describing.Function(
                    Name,
                    "forecast",
                    [
                        new("days", ScriptType.Number, IsOptional: true),
                        new("desk", ScriptType.TextUpTo(20), IsOptional: true),
                        new("off", ScriptType.ListOf(ScriptType.TextUpTo(60)), IsOptional: true),
                    ],
                    Forecast,
                    ForecastAsync
                ),
            ]
        );

    // For those who work on the ticket: conditions of policies name internal things.
    private async Task<JsonNode?> ClocksAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = await call.TicketAsync(call.Text(0), cancellation);
        if (!call.Viewer.WorksOn(ticket.State.Desk))
        {
            throw new ScriptRefusedException(Refusal.Forbidden("refusal.agents-only"));
        }

        var (now, snapshot) = (clock.GetCurrentInstant(), configuration.Snapshot);
        var hidden = language.HiddenFrom(call.Viewer, snapshot);
        return Describing.Shown(
            ticket.Clocks.Select(one => Shown(one, hidden.Shown(SlaLedger.Of(one, now, snapshot))))
        );
    }

    private static object Shown(SlaClock one, ClockLedger ledger) =>
        new
        {
            one.Metric,
            one.Cycle,
            Policy = one.Policy.Id,
            Calendar = one.Calendar.Id,
            ledger.Reading.Status,
            ledger.Reading.Verdict,
            TargetSeconds = Seconds(ledger.Reading.Target),
            ElapsedSeconds = Seconds(ledger.Reading.Elapsed),
            RemainingSeconds = Seconds(ledger.Reading.Remaining),
            one.StartedAt,
            ledger.Reading.DueAt,
            one.StoppedAt,
            Segments = ledger.Segments.Select(segment => new
            {
                segment.Kind,
                segment.From,
                segment.To,
                WorkingSeconds = Seconds(segment.Working),
                segment.Condition,
            }),
        };

    private async Task<JsonNode?> ForecastAsync(ScriptCall call, CancellationToken cancellation)
    {
        if (!call.Viewer.May(Permissions.WorkTickets))
        {
            throw new ScriptRefusedException(Refusal.Forbidden("refusal.agents-only"));
        }

        var written = new WrittenForecast(name =>
            name switch
            {
                "days" when call.Argument(0) is { } days => [days.GetRawText()],
                "desk" when call.Argument(1) is { ValueKind: JsonValueKind.String } desk => [desk.GetString()!],
                "off" when call.Argument(2) is { ValueKind: JsonValueKind.Array } off =>
                [
                    .. off.EnumerateArray().Select(one => one.GetString()!),
                ],
                _ => [],
            }
        );
        var (question, wrong) = await reading.ReadAsync(call.Viewer, written, cancellation);
        if (wrong.Count > 0)
        {
            throw new ScriptRefusedException(wrong[0]);
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(call.Viewer.Person.Zone) ?? DateTimeZone.Utc;
        var report = await forecasts.ReadAsync(call.Viewer, question, zone, cancellation);
        return Describing.Shown(
            new
            {
                Due = report.Forecast.Lines.Count,
                Breaks = report.Forecast.Breaking.Count(),
                Clocks = Shown(report.Forecast.Breaking, report),
                NewlyBroken = Shown(report.NewlyBroken, report),
                Saved = Shown(report.Saved, report),
            }
        );
    }

    private static IEnumerable<object> Shown(IEnumerable<ForecastLine> lines, ForecastReport report) =>
        lines
            .Take(MostForeseen)
            .Select(line => new
            {
                Ticket = report.Tickets[line.Clock.Ticket].Key,
                line.Clock.Metric,
                line.Clock.Cycle,
                line.Clock.DueAt,
                Person = line.Clock.Owner.Person?.Value,
                Team = line.Clock.Owner.Team?.Value,
                Reason = line.Why,
            });

    // Working time between the pauses is used up in order; the rest counts after the last one.
    private Instant? Due(ScriptCall call)
    {
        var calendar = configuration.Snapshot.TryGet<CalendarDocument>(call.Text(0), out var document)
            ? WorkingCalendar.Of(document)
            : throw Wrong("calendar");
        var from = At(call.Text(1), "from");
        var minutes = call.Argument(2)!.Value.GetDouble();
        if (!(minutes >= 0 && minutes <= Longest.TotalMinutes))
        {
            throw Wrong("minutes");
        }

        var left = Duration.FromMinutes(minutes);
        foreach (var (begin, end) in Pauses(call))
        {
            if (end <= from)
            {
                continue;
            }

            var counted = begin > from ? calendar.Between(from, begin) : Duration.Zero;
            if (counted >= left)
            {
                break;
            }

            (left, from) = (left - counted, end);
        }

        return calendar.Add(from, left);
    }

    private static IEnumerable<(Instant From, Instant To)> Pauses(ScriptCall call)
    {
        var pauses = (call.Argument(3)?.EnumerateArray() ?? default)
            .Select(pause => (At(pause.TextOf("from")!, "pauses"), At(pause.TextOf("to")!, "pauses")))
            .OrderBy(pause => pause.Item1)
            .ToList();
        return
            pauses.Count <= MostPauses
            && pauses.TrueForAll(pause => pause.Item1 <= pause.Item2 && pause.Item2 - pause.Item1 <= Longest)
            ? pauses
            : throw Wrong("pauses");
    }

    private static Instant At(string text, string parameter) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value : throw Wrong(parameter);

    private static long Seconds(Duration duration) => (long)duration.TotalSeconds;

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static ScriptRefusedException Wrong(string parameter) =>
        new(Refusal.Invalid("scripts.call.value", parameter, parameter));
}
