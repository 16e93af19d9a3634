using Microsoft.AspNetCore.Identity;

namespace ServiceDesk.Storage.Model;

/// <summary>A person, with what ASP.NET Core Identity keeps for signing in.</summary>
public sealed class PersonRow : IdentityUser<long>
{
    public string Name { get; set; } = "";

    /// <summary>The id of a role document.</summary>
    public string Role { get; set; } = "";

    /// <summary><c>en</c> or <c>ko</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>An IANA zone id.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>; null when the person never chose.</summary>
    public string? Theme { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>Whom the person reports to.</summary>
    public long? ManagerId { get; set; }

    /// <summary>The id of a calendar document; null is the team's.</summary>
    public string? Calendar { get; set; }

    /// <summary>Short lower-case words, one a line, in order; null for none.</summary>
    public string? Skills { get; set; }

    /// <summary>Whether notifications wait for working time; null is no.</summary>
    public bool? QuietHours { get; set; }

    /// <summary>Whether the person sees colleagues' requests; null is as the organization says.</summary>
    public bool? SeesColleagues { get; set; }

    /// <summary>The name in the system that the person was imported from, with that system: <c>servicenow:Caller 2403</c>. Unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Name, address and external id folded, for finding.</summary>
    public string SearchText { get; set; } = "";

    public List<MembershipRow> Memberships { get; set; } = [];
    public List<TeamMemberRow> Teams { get; set; } = [];
}

/// <summary>A customer company.</summary>
public sealed class OrganizationRow
{
    public long Id { get; set; }
    public string Key { get; set; } = "";
    public string Name { get; set; } = "";
    public bool MembersSeeEachOther { get; set; }

    /// <summary>Where it is, in a word of the administrator's own; null when nothing was said.</summary>
    public string? Region { get; set; }

    /// <summary>Who speaks for it.</summary>
    public long? ContactId { get; set; }
}

/// <summary>A person's membership in an organization.</summary>
public sealed class MembershipRow
{
    public long PersonId { get; set; }
    public long OrganizationId { get; set; }
}

/// <summary>A department of agents.</summary>
public sealed class TeamRow
{
    public long Id { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Who leads it.</summary>
    public long? LeadId { get; set; }

    /// <summary>The id of a calendar document; null is all time.</summary>
    public string? Calendar { get; set; }

    public List<TeamMemberRow> Members { get; set; } = [];
}

/// <summary>Days on which a person does not work.</summary>
public sealed class AbsenceRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>ISO 8601, such as <c>2026-12-24</c>.</summary>
    public string FirstDay { get; set; } = "";

    /// <summary>ISO 8601; itself included.</summary>
    public string LastDay { get; set; } = "";
    public string Note { get; set; } = "";
    public long? SubstituteId { get; set; }
}

/// <summary>A person's place in a team.</summary>
public sealed class TeamMemberRow
{
    public long TeamId { get; set; }
    public long PersonId { get; set; }
}

/// <summary>A token for the API. Its secret is not kept, only a hash.</summary>
public sealed class TokenRow
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the secret, lower-case hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Scopes, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Unix ticks; null when it does not expire.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>Unix ticks; exact to a minute.</summary>
    public long? LastUsedAt { get; set; }

    /// <summary>Unix ticks.</summary>
    public long? RevokedAt { get; set; }
}

/// <summary>An uploaded file. Several rows may share one content.</summary>
public sealed class FileRow
{
    public long Id { get; set; }

    /// <summary>Lower-case hexadecimal hash of the content, and its name in the store.</summary>
    public string Sha256 { get; set; } = "";
    public long Size { get; set; }
    public string Name { get; set; } = "";
    public string ContentType { get; set; } = "";

    /// <summary>Unix ticks.</summary>
    public long UploadedAt { get; set; }
    public long? UploadedBy { get; set; }
}

/// <summary>A part of a file's content, where contents are kept in the database.</summary>
public sealed class FileChunkRow
{
    public string Sha256 { get; set; } = "";
    public int Ordinal { get; set; }
    public byte[] Bytes { get; set; } = [];

    /// <summary>When the content was last taken in; Unix ticks.</summary>
    public long TakenAt { get; set; }
}
