using NodaTime;

namespace ServiceDesk.Benchmarks.Filling;

/// <summary>What the clocks of the tickets are like.</summary>
internal enum FilledPromises
{
    /// <summary>One ticket in twelve is open, with a clock that is due within two weeks.</summary>
    Mixed = 1,

    /// <summary>Each ticket is open and its clock was due in the last hour, as after a stop of the server.</summary>
    Overdue = 2,

    /// <summary>Each ticket is open with two running clocks that are due in some months.</summary>
    Running = 3,

    /// <summary>Each ticket is open with a running clock, and one after another is due at an even pace.</summary>
    Paced = 4,
}

/// <summary>What is filled in.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Now">When the newest was opened; of a paced plan, when the first is due.</param>
/// <param name="Promises">What the clocks are like.</param>
internal sealed record FillingPlan(int Tickets, Instant Now, FilledPromises Promises = FilledPromises.Mixed)
{
    /// <summary>How many customers ask.</summary>
    public int Customers =>
        Promises == FilledPromises.Paced ? Company.MostCustomers : Math.Min(Company.MostCustomers, Tickets);

    /// <summary>Of a paced plan, how long after one ticket the next is due.</summary>
    public Duration Pace { get; init; } = Duration.FromMilliseconds(10);

    /// <summary>How many events a ticket has: where only clocks are looked at, no comments.</summary>
    public int Events => Promises is FilledPromises.Running or FilledPromises.Paced ? 1 : 3;

    /// <summary>Whether some of the tickets are done.</summary>
    public bool HasDone => Promises == FilledPromises.Mixed;
}
