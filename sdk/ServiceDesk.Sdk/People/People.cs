using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.People;

/// <summary>A person, as plugins and pages see one. Nothing here is secret within the product; pages decide what a customer sees.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Name">The display name.</param>
/// <param name="Email">The address; empty for people made by an import.</param>
/// <param name="Role">The id of the role: <c>customer</c>, <c>agent</c>, <c>administrator</c> or an own one.</param>
/// <param name="Language"><c>en</c> or <c>ko</c>.</param>
/// <param name="Zone">An IANA zone id.</param>
/// <param name="Organizations">The customer companies the person belongs to.</param>
/// <param name="Teams">The teams the person belongs to.</param>
/// <param name="IsActive">Whether the person may sign in and be given work.</param>
public sealed record Person(
    PersonId Id,
    string Name,
    string Email,
    string Role,
    string Language,
    string Zone,
    ValueList<OrganizationId> Organizations,
    ValueList<TeamId> Teams,
    bool IsActive
)
{
    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>; null when the person never chose.</summary>
    public string? Theme { get; init; }

    /// <summary>Whom the person reports to; null when nobody was named.</summary>
    public PersonId? Manager { get; init; }

    /// <summary>The id of the calendar of the person's own working time; null is the team's.</summary>
    public string? Calendar { get; init; }

    /// <summary>What the person can do, in short lower-case words, in order.</summary>
    public ValueList<string> Skills { get; init; } = [];

    /// <summary>Whether the person sees requests of colleagues in the own organizations: yes, no, or, when null, as each organization says. Only on desks that share within organizations.</summary>
    public bool? SeesColleagues { get; init; }

    /// <summary>Whether what the person is told outside the own working time waits until it begins again.</summary>
    public bool QuietHours { get; init; }
}

/// <summary>A customer company.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Key">A short name, lower-case words with dashes, unique.</param>
/// <param name="Name">The display name.</param>
/// <param name="MembersSeeEachOther">Whether its members see each other's requests, where the desk shares too and <see cref="Person.SeesColleagues"/> does not say otherwise.</param>
public sealed record Organization(OrganizationId Id, string Key, string Name, bool MembersSeeEachOther)
{
    /// <summary>Where it is, in a word of the administrator's own such as <c>EMEA</c> or <c>부산</c>; null when nothing was said.</summary>
    public string? Region { get; init; }

    /// <summary>Who of it speaks for it, for approvals for example; null when nobody was named.</summary>
    public PersonId? Contact { get; init; }
}

/// <summary>A department of agents.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Name">The display name, unique.</param>
/// <param name="Members">Its agents.</param>
public sealed record Team(TeamId Id, string Name, ValueList<PersonId> Members)
{
    /// <summary>Who leads it; null when nobody was named.</summary>
    public PersonId? Lead { get; init; }

    /// <summary>The id of the calendar of its working time; null is all time.</summary>
    public string? Calendar { get; init; }
}

/// <summary>
/// Reads people, organizations and teams. Cached; a change shows within a second on every node. Checks no access: what a
/// customer sees of people is for the page to decide. Safe for use by many threads.
/// </summary>
public interface IPeople
{
    /// <summary>The person, or null.</summary>
    ValueTask<Person?> FindAsync(PersonId id, CancellationToken cancellation = default);

    /// <summary>The people with these ids; unknown ids are left out.</summary>
    ValueTask<IReadOnlyDictionary<PersonId, Person>> FindAsync(
        IReadOnlyCollection<PersonId> ids,
        CancellationToken cancellation = default
    );

    /// <summary>The person with this address, in any case; null when there is none.</summary>
    Task<Person?> FindByEmailAsync(string email, CancellationToken cancellation = default);

    /// <summary>The organization, or null.</summary>
    ValueTask<Organization?> FindOrganizationAsync(OrganizationId id, CancellationToken cancellation = default);

    /// <summary>The organization with this key; null when there is none.</summary>
    Task<Organization?> FindOrganizationAsync(string key, CancellationToken cancellation = default);

    /// <summary>All organizations in order of their name.</summary>
    Task<IReadOnlyList<Organization>> OrganizationsAsync(CancellationToken cancellation = default);

    /// <summary>The team, or null.</summary>
    ValueTask<Team?> FindTeamAsync(TeamId id, CancellationToken cancellation = default);
}
