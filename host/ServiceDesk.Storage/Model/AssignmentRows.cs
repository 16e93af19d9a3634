namespace ServiceDesk.Storage.Model;

/// <summary>To whom an assignment policy gave a ticket, or that it could give it to nobody.</summary>
public sealed class AssignmentRow
{
    public long TicketId { get; set; }

    /// <summary>The event that it answers.</summary>
    public long Position { get; set; }

    /// <summary>How often it was decided: 1 for the first time, more when nobody could get it before.</summary>
    public int Attempt { get; set; }
    public long? PersonId { get; set; }

    /// <summary>The event that is written, as JSON.</summary>
    public string Decided { get; set; } = "";

    /// <summary>Whether the ticket has answered.</summary>
    public bool IsDone { get; set; }

    /// <summary>When it is decided again, Unix ticks; null when it is not.</summary>
    public long? RetryAt { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}

/// <summary>Who got the last ticket by a policy. The row with an empty policy is what deciders wait for.</summary>
public sealed class AssignmentTurnRow
{
    public string Policy { get; set; } = "";
    public long? PersonId { get; set; }
    public long Turns { get; set; }
}
