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

    /// <summary>True where colleagues of its organization are kept out, else null.</summary>
    public bool? IsPrivate { get; set; }
    public long? AssigneeId { get; set; }
    public long? TeamId { get; set; }
    public int Channel { get; set; }
    public string? ExternalId { get; set; }

    /// <summary>The external id folded, for queries.</summary>
    public string? ExternalIdFolded { get; set; }
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }

    /// <summary>The last change that customers may know of.</summary>
    public long PublicUpdatedAt { get; set; }
    public long? ResolvedAt { get; set; }
    public long? ClosedAt { get; set; }

    /// <summary>When the status was entered.</summary>
    public long StatusSince { get; set; }
    public int ReopenCount { get; set; }
    public int PublicComments { get; set; }
    public int InternalNotes { get; set; }
    public int Attachments { get; set; }

    /// <summary>The nearest due instant of its running clocks, or <see cref="NoDue"/>. Orders queues by nearest breach.</summary>
    public long NextDueAt { get; set; } = NoDue;

    /// <summary>Stands for "no clock runs": after every instant, so that an index by <see cref="NextDueAt"/> is in the order of queues.</summary>
    public const long NoDue = long.MaxValue;

    /// <summary>In a table of its own, so that the rows which lists and counts read stay small.</summary>
    public TicketSnapshotRow? Snapshot { get; set; }

    public List<TicketFieldRow> Fields { get; set; } = [];
    public List<TicketPersonRow> People { get; set; } = [];
    public List<TicketOrganizationRow> Organizations { get; set; } = [];
    public List<TicketLabelRow> Labels { get; set; } = [];
    public List<TicketClockRow> Clocks { get; set; } = [];
}

/// <summary>The newest snapshot of a ticket.</summary>
public sealed class TicketSnapshotRow
{
    public long TicketId { get; set; }

    /// <summary>The <c>TicketSnapshot</c> as JSON.</summary>
    public string Json { get; set; } = "";
}

/// <summary>A searchable value of a field, configured or brought by a plugin. Made by <c>SearchableFields</c>. Several rows for several choices and for the pieces of long text.</summary>
public sealed class TicketFieldRow
{
    public long TicketId { get; set; }
    public string Field { get; set; } = "";

    /// <summary>0, or the place among several choices or pieces.</summary>
    public int Ordinal { get; set; }

    /// <summary>Text (folded: NFC, lower case, at most 400 characters), choice id, person id in digits, or date as yyyy-MM-dd.</summary>
    public string? Text { get; set; }

    /// <summary>Number, or 0/1 of a flag.</summary>
    public double? Number { get; set; }

    /// <summary>Unix ticks of a moment.</summary>
    public long? Moment { get; set; }
}

/// <summary>A text of a ticket that searches read, in the table over which the dialect keeps its full-text index. Made by <c>SearchableText</c>.</summary>
public sealed class TicketTextRow
{
    public long Id { get; set; }
    public long TicketId { get; set; }

    /// <summary>1 summary, 2 description, 3 comment.</summary>
    public int Part { get; set; }

    /// <summary>The comment's id; 0 for summary and description. Unique together with ticket and part.</summary>
    public long Source { get; set; }

    /// <summary>1 public, 2 internal.</summary>
    public int Visibility { get; set; }

    /// <summary>The folded text.</summary>
    public string Text { get; set; } = "";
}

/// <summary>A person who takes part in a ticket besides requester and assignee.</summary>
public sealed class TicketPersonRow
{
    public long TicketId { get; set; }
    public long PersonId { get; set; }

    /// <summary>1 participant, 2 watcher, 3 may answer an approval now, 4 has answered one, 5 has open steps of the checklist.</summary>
    public int Relation { get; set; }

    internal const int Approver = 3;
    internal const int Answerer = 4;
    internal const int TaskDoer = 5;
}

/// <summary>An organization with which a ticket is shared besides its own.</summary>
public sealed class TicketOrganizationRow
{
    public long TicketId { get; set; }
    public long OrganizationId { get; set; }
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

    /// <summary>1 running, 2 paused, 3 stopped.</summary>
    public int Status { get; set; }

    /// <summary>1 open, 2 met, 3 breached.</summary>
    public int Verdict { get; set; }
    public long? DueAt { get; set; }
    public long ElapsedTicks { get; set; }
    public long TargetTicks { get; set; }

    /// <summary>When it last changed: up to there <see cref="ElapsedTicks"/> counts.</summary>
    public long Since { get; set; }

    /// <summary>The calendar that counts, with its pinned version.</summary>
    public string Calendar { get; set; } = "";
    public int CalendarVersion { get; set; }

    /// <summary>Whether it is the newest cycle of its metric.</summary>
    public bool IsCurrent { get; set; }
}
