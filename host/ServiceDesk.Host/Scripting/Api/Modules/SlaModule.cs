using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>What was promised: the clocks of a ticket with the account of every minute, and when a promise would be due.</summary>
public sealed class SlaModule(ICurrentConfiguration configuration, IClock clock) : IHostModule
{
    private const string Name = "sla";
    private const int MostPauses = 1000;

    private static readonly Duration Longest = Duration.FromDays(3660);

    private static ScriptType Segment { get; } =
        ScriptType.ObjectOf(
            new("kind", ScriptType.OneOf("running", "paused", "outside-hours")),
            new("from", ScriptType.Text),
            new("to", ScriptType.Text),
            new("workingSeconds", ScriptType.Number),
            new("condition", ScriptType.Text)
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

        var now = clock.GetCurrentInstant();
        return Describing.Shown(
            ticket.Clocks.Select(one => Shown(one, SlaLedger.Of(one, now, configuration.Snapshot)))
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
