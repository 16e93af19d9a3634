namespace ServiceDesk.Reports.Figures;

/// <summary>How many took each number of minutes.</summary>
/// <param name="Rows">By their minutes, in order.</param>
internal sealed record Durations(IReadOnlyList<MinutesRow> Rows)
{
    /// <summary>Durations are told apart to the minute.</summary>
    public const long SecondsPerMinute = 60;

    /// <summary>Where there are none.</summary>
    public static Durations None { get; } = new([]);

    /// <summary>The seconds that a share of them took at most; null where there are none.</summary>
    public long? Within(double share)
    {
        if (Rows.Count == 0)
        {
            return null;
        }

        var left = (long)Math.Ceiling(Rows.Sum(row => row.Count) * share);
        return Rows.First(row => (left -= row.Count) <= 0 || row == Rows[^1]).Minutes * SecondsPerMinute;
    }
}

/// <summary>A row of the answer: how many took these minutes.</summary>
internal sealed class MinutesRow
{
    public long Minutes { get; set; }
    public long Count { get; set; }
}
