namespace ServiceDesk.Storage.Model;

/// <summary>
/// The row of a ticket: its newest snapshot and every value that lists, queries and the access filter read. Written in the
/// same transaction as its events. Instants are stored as ticks since the Unix epoch (NodaTime's 100 ns), so that they
/// compare alike on every database.
/// </summary>
public sealed class TicketRow
{
    public long Id { get; set; }
    public long Version { get; set; }
    public string Key { get; set; } = "";
    public string Desk { get; set; } = "";
    public int Number { get; set; }
    public string Type { get; set; } = "";
    public string? RequestType { get; set; }
    public string Summary { get; set; } = "";
    public string Status { get; set; } = "";

    /// <summary>1 new, 2 active, 3 waiting, 4 done.</summary>
    public int Category { get; set; }
    public string? Resolution { get; set; }

    /// <summary>1 low to 4 critical.</summary>
    public int Priority { get; set; }
    public long RequesterId { get; set; }
    public long? OrganizationId { get; set; }
    public long? AssigneeId { get; set; }
    public long? TeamId { get; set; }
    public int Channel { get; set; }
    public string? ExternalId { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }
    public long? ResolvedAt { get; set; }
    public long? ClosedAt { get; set; }

    /// <summary>The nearest due instant of its running clocks; null when none runs. Orders queues by nearest breach.</summary>
    public long? NextDueAt { get; set; }

    /// <summary>The <c>TicketSnapshot</c> as JSON.</summary>
    public string Snapshot { get; set; } = "";

    public List<TicketFieldRow> Fields { get; set; } = [];
    public List<TicketPersonRow> People { get; set; } = [];
    public List<TicketLabelRow> Labels { get; set; } = [];
    public List<TicketClockRow> Clocks { get; set; } = [];
}

/// <summary>A searchable value of a field, configured or brought by a plugin. Several rows for several choices.</summary>
public sealed class TicketFieldRow
{
    public long TicketId { get; set; }
    public string Field { get; set; } = "";

    /// <summary>0, or the place among several choices.</summary>
    public int Ordinal { get; set; }

    /// <summary>Text (folded: NFC, lower case, at most 400 characters), choice id, person id in digits, or date as yyyy-MM-dd.</summary>
    public string? Text { get; set; }

    /// <summary>Number, 0/1 of a flag, or the place of a choice among the field's choices.</summary>
    public double? Number { get; set; }

    /// <summary>Unix ticks of a moment.</summary>
    public long? Moment { get; set; }
}

/// <summary>A person who takes part in a ticket besides requester and assignee.</summary>
public sealed class TicketPersonRow
{
    public long TicketId { get; set; }
    public long PersonId { get; set; }

    /// <summary>1 participant, 2 watcher.</summary>
    public int Relation { get; set; }
}

/// <summary>A label of a ticket.</summary>
public sealed class TicketLabelRow
{
    public long TicketId { get; set; }
    public string Label { get; set; } = "";
}

/// <summary>A clock of a ticket, for queues and queries.</summary>
public sealed class TicketClockRow
{
    public long TicketId { get; set; }
    public string Metric { get; set; } = "";
    public int Cycle { get; set; }

    /// <summary>The metric's name in each language, folded, so that queries can name it; separated by line feeds.</summary>
    public string Names { get; set; } = "";

    /// <summary>1 running, 2 paused, 3 stopped.</summary>
    public int Status { get; set; }

    /// <summary>1 open, 2 met, 3 breached.</summary>
    public int Verdict { get; set; }
    public long? DueAt { get; set; }
    public long ElapsedTicks { get; set; }
    public long TargetTicks { get; set; }

    /// <summary>Whether it is the newest cycle of its metric.</summary>
    public bool IsCurrent { get; set; }
}
