using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.People;

/// <summary>Who is invited to become a person here. The token of a link is answered once, and only a hash of it is kept.</summary>
public interface IInvitations
{
    /// <summary>The most that are listed.</summary>
    const int Most = 500;

    /// <summary>Invites somebody.</summary>
    /// <exception cref="PeopleConflictException">The address is somebody's, or invited already: field <c>email</c>.</exception>
    Task<InvitationLink> AddAsync(
        NewInvitation invitation,
        PersonId by,
        Instant at,
        Duration validity,
        CancellationToken cancellation = default
    );

    /// <summary>Those that were neither accepted nor withdrawn, expired ones too: the newest first.</summary>
    /// <param name="desk">Only those for this desk; null takes all.</param>
    Task<IReadOnlyList<Invitation>> OpenAsync(string? desk = null, CancellationToken cancellation = default);

    /// <summary>How many that were neither accepted nor withdrawn lead to each role, by its id.</summary>
    Task<IReadOnlyDictionary<string, int>> CountByRoleAsync(CancellationToken cancellation = default);

    /// <summary>One that was neither accepted nor withdrawn; null for none.</summary>
    Task<Invitation?> FindAsync(long id, CancellationToken cancellation = default);

    /// <summary>The one whose link has this token and works at an instant; null for none.</summary>
    Task<Invitation?> FindAsync(string token, Instant at, CancellationToken cancellation = default);

    /// <summary>Makes another link, with which the old one is dead, and takes over who invited; null when there is none that is open.</summary>
    Task<InvitationLink?> RenewAsync(
        long id,
        PersonId by,
        Instant at,
        Duration validity,
        CancellationToken cancellation = default
    );

    /// <summary>Ends one; whether there was one that was open.</summary>
    Task<bool> WithdrawAsync(long id, Instant at, CancellationToken cancellation = default);

    /// <summary>Uses a link up and makes the person with role, team and organizations, as one change: of many who do so at once, one.</summary>
    /// <returns>Null when the link does not work, or somebody was faster.</returns>
    /// <exception cref="PeopleConflictException">Somebody has the address meanwhile: nothing is changed.</exception>
    Task<Person?> AcceptAsync(
        string token,
        AcceptedInvitation accepted,
        Instant at,
        CancellationToken cancellation = default
    );

    /// <summary>Forgets those that ended or expired before an instant.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(Instant before, CancellationToken cancellation = default);
}

/// <summary>Who is invited, and to what.</summary>
/// <param name="Email">The address.</param>
/// <param name="Role">The id of a role.</param>
public sealed record NewInvitation(string Email, string Role)
{
    /// <summary>The name, which the invited may change; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The key of the desk for whose work it is; null for none in particular.</summary>
    public string? Desk { get; init; }

    /// <summary>The team that the person will belong to; null for none.</summary>
    public TeamId? Team { get; init; }

    /// <summary>The organizations that the person will belong to.</summary>
    public ValueList<OrganizationId> Organizations { get; init; } = [];
}

/// <summary>An invitation that is open.</summary>
/// <param name="By">Who invited, or renewed it last.</param>
/// <param name="CreatedAt">When the link was made.</param>
/// <param name="ExpiresAt">When the link ends.</param>
public sealed record Invitation(long Id, NewInvitation To, PersonId By, Instant CreatedAt, Instant ExpiresAt);

/// <summary>A new link with its token, which nobody can read again.</summary>
public sealed record InvitationLink(Invitation Invitation, string Token);

/// <summary>What the invited says of himself.</summary>
/// <param name="Name">The display name.</param>
/// <param name="PasswordHash">The hash of the password, by Identity's hasher.</param>
/// <param name="Language"><c>en</c> or <c>ko</c>.</param>
/// <param name="Zone">An IANA zone id.</param>
public sealed record AcceptedInvitation(string Name, string PasswordHash, string Language, string Zone);
