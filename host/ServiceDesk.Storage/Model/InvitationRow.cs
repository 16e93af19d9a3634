namespace ServiceDesk.Storage.Model;

/// <summary>That somebody may become a person here. The link's token is not kept, only a hash.</summary>
public sealed class InvitationRow
{
    public long Id { get; set; }

    /// <summary>The address, as the inviter wrote it.</summary>
    public string Email { get; set; } = "";

    /// <summary>The address as people's are compared, as long as the invitation is open: one address is invited once at a time.</summary>
    public string? OpenEmail { get; set; }

    /// <summary>SHA-256 of the token, lower-case hexadecimal; null once it is over.</summary>
    public string? TokenHash { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The id of a role document.</summary>
    public string Role { get; set; } = "";

    /// <summary>The key of the desk for whose work it is; null for none in particular.</summary>
    public string? Desk { get; set; }
    public long? TeamId { get; set; }

    /// <summary>Ids of organizations, one a line; null for none.</summary>
    public string? Organizations { get; set; }

    /// <summary>Who invited, or renewed it last.</summary>
    public long InviterId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Unix ticks.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>When it was accepted or withdrawn; Unix ticks.</summary>
    public long? EndedAt { get; set; }

    /// <summary>Who was made by it; null when nobody was.</summary>
    public long? PersonId { get; set; }
}
