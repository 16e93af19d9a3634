namespace ServiceDesk.Storage.Model;

/// <summary>A trial of SLA drafts on past tickets.</summary>
public sealed class BacktestRow
{
    public long Id { get; set; }

    /// <summary>1 running, 2 done, 3 cancelled, 4 failed.</summary>
    public int State { get; set; }

    /// <summary>1 while it runs, so that there is one; null afterwards.</summary>
    public int? Slot { get; set; }

    /// <summary>What is tried, as JSON.</summary>
    public string Request { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it last told how far it is, Unix ticks.</summary>
    public long SeenAt { get; set; }

    /// <summary>Unix ticks.</summary>
    public long? FinishedAt { get; set; }

    /// <summary>Tickets that are folded.</summary>
    public int Done { get; set; }

    /// <summary>Tickets in all.</summary>
    public int Total { get; set; }

    /// <summary>Whether somebody wants it to end.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether more clocks were touched than are kept.</summary>
    public bool IsCut { get; set; }

    /// <summary>The figures of promises to customers as JSON; null before the end.</summary>
    public string? Figures { get; set; }

    /// <summary>Those of promises between teams; null before the end, and where <see cref="Figures"/> count both together.</summary>
    public string? TeamFigures { get; set; }
}

/// <summary>A clock that was or would be breached, or whose verdict a trial changes.</summary>
public sealed class BacktestClockRow
{
    public long BacktestId { get; set; }
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }

    /// <summary>1 open, 2 met, 3 breached; 0 where there was no clock.</summary>
    public int Official { get; set; }

    /// <summary>1 open, 2 met, 3 breached; 0 where there would be no clock.</summary>
    public int Draft { get; set; }
    public long OrganizationId { get; set; }
    public int Priority { get; set; }
    public long TeamId { get; set; }

    /// <summary>The hour of the week in which the ticket was opened; 0 is Monday from midnight.</summary>
    public int Hour { get; set; }

    /// <summary>Working time beyond the target, in ticks; negative when time was left, 0 without a clock.</summary>
    public long OfficialOver { get; set; }

    /// <summary>Working time beyond the target, in ticks; negative when time would be left, 0 without a clock.</summary>
    public long DraftOver { get; set; }

    /// <summary>1 to customers, 2 between teams; null without a clock, and where that was not told apart.</summary>
    public int? OfficialAgreement { get; set; }

    /// <summary>1 to customers, 2 between teams; null without a clock, and where that was not told apart.</summary>
    public int? DraftAgreement { get; set; }
}

/// <summary>An SLA policy or calendar that is being written.</summary>
public sealed class SlaDraftRow
{
    public string Kind { get; set; } = "";
    public string Document { get; set; } = "";

    /// <summary>The version that it was begun from; 0 for a new document.</summary>
    public int BaseVersion { get; set; }

    /// <summary>The document as YAML; it need not be valid.</summary>
    public string Yaml { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>What running clocks do about a new version of a policy or calendar.</summary>
public sealed class SlaChangeoverRow
{
    public long Id { get; set; }
    public string Kind { get; set; } = "";
    public string Document { get; set; } = "";

    /// <summary>The version that was published.</summary>
    public int Version { get; set; }

    /// <summary>1 new tickets only, 2 keep elapsed, 3 recompute.</summary>
    public int Mode { get; set; }

    /// <summary>Who wrote the version; <see cref="Nobody"/> when no person did.</summary>
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>Unix ticks; null while there is something to do.</summary>
    public long? FinishedAt { get; set; }

    /// <summary>Up to which ticket it is worked off.</summary>
    public long Position { get; set; }

    /// <summary>Tickets that were looked at.</summary>
    public int Seen { get; set; }

    /// <summary>Tickets whose clocks took the new version.</summary>
    public int Changed { get; set; }

    /// <summary>Tickets that said no, or could not be asked, though tried again.</summary>
    public int Failed { get; set; }

    /// <summary>No person: the command line, a plugin or the product itself.</summary>
    public const long Nobody = 0;
}

/// <summary>A proposal to count a clock otherwise.</summary>
public sealed class SlaCorrectionRow
{
    public long Id { get; set; }
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }

    /// <summary>Spans and kept goals, as JSON.</summary>
    public string Proposal { get; set; } = "";
    public string Reason { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>1 waits, 2 approved, 3 declined.</summary>
    public int State { get; set; }
    public long? DecidedBy { get; set; }

    /// <summary>Unix ticks.</summary>
    public long? DecidedAt { get; set; }
}

/// <summary>A promise as reports count it: one row a clock, kept from the log.</summary>
public sealed class PromiseRow
{
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }

    /// <summary>1 to customers, 2 between teams.</summary>
    public int Agreement { get; set; }
    public string Policy { get; set; } = "";
    public string Calendar { get; set; } = "";
    public long TargetTicks { get; set; }

    /// <summary>1 running, 2 paused, 3 stopped.</summary>
    public int Status { get; set; }

    /// <summary>1 open, 2 met, 3 breached, 4 ended without a verdict.</summary>
    public int Verdict { get; set; }

    /// <summary>Unix ticks.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it was kept or broken, Unix ticks; <see cref="Never"/> while that is open.</summary>
    public long DecidedAt { get; set; }

    /// <summary>Unix ticks; null while it goes on.</summary>
    public long? StoppedAt { get; set; }

    /// <summary>When a running one is broken, Unix ticks; <see cref="Never"/> when time does not break it.</summary>
    public long DueAt { get; set; }

    /// <summary>From when on little of its time is left, Unix ticks; <see cref="Never"/> when it does not run.</summary>
    public long NearAt { get; set; }
    public long ElapsedTicks { get; set; }
    public long PausedTicks { get; set; }
    public long OutsideTicks { get; set; }

    /// <summary>The team that had the ticket last while it ran; 0 for none.</summary>
    public long TeamId { get; set; }

    /// <summary>The verdict before two people corrected it; 0 when nobody did.</summary>
    public int Was { get; set; }

    /// <summary>Working time before the correction.</summary>
    public long ElapsedWas { get; set; }

    /// <summary>What has not come.</summary>
    public const long Never = long.MaxValue;
}

/// <summary>Time of a stopped clock that its ticket spent in one way.</summary>
public sealed class PromiseStayRow
{
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }
    public int Number { get; set; }

    /// <summary>1 running, 2 paused, 3 outside hours.</summary>
    public int Kind { get; set; }
    public string Type { get; set; } = "";
    public string Status { get; set; } = "";

    /// <summary>0 for none.</summary>
    public long TeamId { get; set; }
    public bool IsAssigned { get; set; }
    public long Ticks { get; set; }
}
