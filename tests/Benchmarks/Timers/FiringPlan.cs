namespace ServiceDesk.Benchmarks.Timers;

/// <summary>What is measured of clocks that end one after another.</summary>
/// <param name="Clocks">How many run beside them.</param>
/// <param name="PerSecond">How many end in a second.</param>
/// <param name="Span">For how long.</param>
/// <param name="Nodes">How many servers share the database.</param>
/// <param name="Kill">How often one of them is killed and started again; null for never.</param>
internal sealed record FiringPlan(int Clocks, int PerSecond, TimeSpan Span, int Nodes, TimeSpan? Kill)
{
    /// <summary>How many clocks end.</summary>
    public int Ending => (int)(PerSecond * Span.TotalSeconds);
}
