using System.Text.Json;
using NodaTime;

namespace ServiceDesk.Reports.Facts;

/// <summary>How the folds of tickets are kept: short names, instants in Unix ticks.</summary>
public static class FiguresJson
{
    /// <summary>Reads what <see cref="Write(TicketFigures)"/> wrote.</summary>
    public static TicketFigures Read(string json)
    {
        var kept = JsonSerializer.Deserialize<KeptFigures>(json, JsonSerializerOptions.Web)!;
        return new TicketFigures
        {
            Version = kept.Version,
            OpenedAt = At(kept.Opened),
            Marks = kept.Marks,
            IsOpen = kept.IsOpen,
            ResolvedAt = Maybe(kept.Resolved),
            RespondedAt = Maybe(kept.Responded),
            Reopenings = [.. kept.Reopenings.Select(At)],
            Stretches = [.. kept.Stretches.Select(one => new Stretch(At(one.From), Maybe(one.To), one.Marks))],
            Readings = [.. kept.Readings.Select(one => new Reading(one.Series, At(one.At), one.Value))],
        };
    }

    /// <summary>The fold as text.</summary>
    public static string Write(TicketFigures figures) =>
        JsonSerializer.Serialize(
            new KeptFigures(
                figures.Version,
                figures.OpenedAt.ToUnixTimeTicks(),
                figures.Marks,
                figures.IsOpen,
                figures.ResolvedAt?.ToUnixTimeTicks(),
                figures.RespondedAt?.ToUnixTimeTicks(),
                [.. figures.Reopenings.Select(one => one.ToUnixTimeTicks())],
                [
                    .. figures.Stretches.Select(one => new KeptStretch(
                        one.From.ToUnixTimeTicks(),
                        one.To?.ToUnixTimeTicks(),
                        one.Marks
                    )),
                ],
                [.. figures.Readings.Select(one => new KeptReading(one.Series, one.At.ToUnixTimeTicks(), one.Value))]
            ),
            JsonSerializerOptions.Web
        );

    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);

    private static Instant? Maybe(long? ticks) => ticks is { } known ? At(known) : null;

    private sealed record KeptFigures(
        long Version,
        long Opened,
        Marks Marks,
        bool IsOpen,
        long? Resolved,
        long? Responded,
        long[] Reopenings,
        KeptStretch[] Stretches,
        KeptReading[] Readings
    );

    private sealed record KeptStretch(long From, long? To, Marks Marks);

    private sealed record KeptReading(string Series, long At, long Value);
}
