namespace ServiceDesk.Storage.Model;

/// <summary>One time that a rule was set off on a ticket.</summary>
public sealed class RuleRunRow
{
    public long Id { get; set; }
    public long TicketId { get; set; }
    public string Rule { get; set; } = "";

    /// <summary>What set it off: unique with ticket and rule, so that it counts once.</summary>
    public string Occasion { get; set; } = "";
    public int RuleVersion { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>1 then, 2 else, 3 not, 4 waits, 5 loop, 6 actor gone.</summary>
    public int Outcome { get; set; }

    /// <summary>Whether something that it wanted was refused.</summary>
    public bool HasRefusals { get; set; }

    /// <summary>The truth of each condition, and what was done, as JSON.</summary>
    public string Detail { get; set; } = "";
}

/// <summary>A rule that acts on a ticket some time after an event, if its condition holds then.</summary>
public sealed class RuleWaitRow
{
    public long TicketId { get; set; }
    public string Rule { get; set; } = "";

    /// <summary>The place of the trigger in the rule.</summary>
    public int Place { get; set; }

    /// <summary>The last such event of the ticket; a newer one begins the waiting anew.</summary>
    public long Position { get; set; }

    /// <summary>Unix ticks.</summary>
    public long DueAt { get; set; }
}

/// <summary>A rule that is being written.</summary>
public sealed class RuleDraftRow
{
    public string Rule { get; set; } = "";

    /// <summary>The version that it was begun from; 0 for a new rule.</summary>
    public int BaseVersion { get; set; }

    /// <summary>The document as JSON, valid or not.</summary>
    public string Document { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}
