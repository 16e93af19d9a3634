using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.People;

/// <summary>Creates, finds and changes people, organizations and teams. Passwords and lockout are ASP.NET Core Identity's on the same rows.</summary>
public interface IPeopleStore : IPeople
{
    /// <summary>Creates a person.</summary>
    /// <exception cref="PeopleConflictException">The address or external id is taken.</exception>
    /// <exception cref="RoleGoneException">The role was removed.</exception>
    Task<Person> CreateAsync(NewPerson person, CancellationToken cancellation = default);

    /// <summary>Changes a person; null leaves a value as it is.</summary>
    /// <returns>Null when there is no such person.</returns>
    /// <exception cref="PeopleConflictException">The address is taken.</exception>
    /// <exception cref="RoleGoneException">The role was removed.</exception>
    Task<Person?> UpdateAsync(PersonId id, PersonChange change, CancellationToken cancellation = default);

    /// <summary>The person with this external id; null when there is none.</summary>
    Task<Person?> FindByExternalIdAsync(string externalId, CancellationToken cancellation = default);

    /// <summary>People in order of their name.</summary>
    /// <param name="cursor">Where an earlier page ended; null, or one that cannot be read, begins at the first.</param>
    Task<Page<Person>> ListAsync(
        PeopleFilter filter,
        int limit,
        string? cursor = null,
        CancellationToken cancellation = default
    );

    /// <summary>How many people match.</summary>
    Task<int> CountAsync(PeopleFilter filter, CancellationToken cancellation = default);

    /// <summary>How many people have each role, by its id: those who may sign in, and the others. One that nobody has is left out.</summary>
    Task<IReadOnlyDictionary<string, RoleCount>> CountByRoleAsync(CancellationToken cancellation = default);

    /// <summary>Creates an organization.</summary>
    /// <param name="region">At most 100 characters; null or empty for none.</param>
    /// <exception cref="PeopleConflictException">The key is taken.</exception>
    Task<Organization> CreateOrganizationAsync(
        string key,
        string name,
        bool membersSeeEachOther,
        string? region = null,
        CancellationToken cancellation = default
    );

    /// <summary>Changes an organization; its key stays.</summary>
    /// <param name="contact">Who of it speaks for it; null for nobody.</param>
    /// <returns>Null when there is no such organization.</returns>
    Task<Organization?> UpdateOrganizationAsync(
        OrganizationId id,
        string name,
        bool membersSeeEachOther,
        string? region,
        PersonId? contact,
        CancellationToken cancellation = default
    );

    /// <summary>The first known organizations, by name, whose name, its initial consonants or key contain each of the words.</summary>
    Task<IReadOnlyList<Organization>> FindOrganizationsAsync(
        Acquaintances known,
        string text,
        int limit,
        CancellationToken cancellation = default
    );

    /// <summary>Creates a team.</summary>
    /// <exception cref="PeopleConflictException">The name is taken.</exception>
    Task<Team> CreateTeamAsync(string name, CancellationToken cancellation = default);

    /// <summary>Sets who belongs to a team.</summary>
    /// <returns>Null when there is no such team.</returns>
    Task<Team?> SetTeamMembersAsync(
        TeamId id,
        IReadOnlyCollection<PersonId> members,
        CancellationToken cancellation = default
    );

    /// <summary>Sets who leads a team, and its working time; null for nobody, and for all time.</summary>
    /// <returns>Null when there is no such team.</returns>
    Task<Team?> SetTeamWorkAsync(TeamId id, PersonId? lead, string? calendar, CancellationToken cancellation = default);

    /// <summary>The team with this name; null when there is none.</summary>
    Task<Team?> FindTeamAsync(string name, CancellationToken cancellation = default);

    /// <summary>All teams in order of their name.</summary>
    Task<IReadOnlyList<Team>> TeamsAsync(CancellationToken cancellation = default);

    /// <summary>Writes where people are found by initial consonants, for those who were written before that was kept.</summary>
    /// <returns>For how many.</returns>
    Task<int> FillInitialsAsync(CancellationToken cancellation = default);

    /// <summary>Enters an absence.</summary>
    /// <returns>It with its id; null when there is no such person.</returns>
    Task<Absence?> AddAbsenceAsync(Absence absence, CancellationToken cancellation = default);

    /// <summary>Takes an absence back.</summary>
    /// <returns>False when the person has none with this id.</returns>
    Task<bool> RemoveAbsenceAsync(PersonId person, long id, CancellationToken cancellation = default);

    /// <summary>A person's absences that have not ended before a day, by first day.</summary>
    Task<IReadOnlyList<Absence>> AbsencesAsync(
        PersonId person,
        LocalDate from,
        CancellationToken cancellation = default
    );

    /// <summary>Absences of everybody that have a day within a span of days, by first day. Cached, unless it reaches far back.</summary>
    ValueTask<IReadOnlyList<Absence>> AbsencesAsync(
        LocalDate from,
        LocalDate to,
        CancellationToken cancellation = default
    );
}

/// <summary>Whom a person reports to, when the person works and what the person can do.</summary>
/// <param name="Manager">Null for nobody.</param>
/// <param name="Calendar">The id of the own calendar; null for the team's.</param>
/// <param name="Skills">Short lower-case words, without line breaks.</param>
public sealed record PersonWork(PersonId? Manager, string? Calendar, ValueList<string> Skills);

/// <summary>A person to create.</summary>
/// <param name="Name">The display name, 1 to 200 characters.</param>
/// <param name="Email">The address; empty for people made by an import, who cannot sign in.</param>
/// <param name="Role">The id of a role.</param>
public sealed record NewPerson(string Name, string Email, string Role)
{
    /// <summary><c>en</c> or <c>ko</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>An IANA zone id.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The name in another system, with that system's name in front: <c>servicenow:Caller 2403</c>. Unique.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The hash of the password, by Identity's hasher; null when the person has none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Organizations the person belongs to.</summary>
    public ValueList<OrganizationId> Organizations { get; init; } = [];

    /// <summary>Teams the person belongs to.</summary>
    public ValueList<TeamId> Teams { get; init; } = [];
}

/// <summary>A change of a person; null leaves a value as it is.</summary>
public sealed record PersonChange
{
    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary>The address.</summary>
    public string? Email { get; init; }

    /// <summary>The id of a role.</summary>
    public string? Role { get; init; }

    /// <summary><c>en</c> or <c>ko</c>.</summary>
    public string? Language { get; init; }

    /// <summary>An IANA zone id.</summary>
    public string? Zone { get; init; }

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public string? Theme { get; init; }

    /// <summary>Whether the person may sign in and be given work.</summary>
    public bool? IsActive { get; init; }

    /// <summary>Whether notifications wait for working time.</summary>
    public bool? QuietHours { get; init; }

    /// <summary>Whether the person sees colleagues' requests.</summary>
    public ColleagueSight? Colleagues { get; init; }

    /// <summary>All of it as it then is.</summary>
    public PersonWork? Work { get; init; }

    /// <summary>All organizations the person then belongs to.</summary>
    public ValueList<OrganizationId>? Organizations { get; init; }

    /// <summary>All teams the person then belongs to.</summary>
    public ValueList<TeamId>? Teams { get; init; }
}

/// <summary>Whether a person sees colleagues' requests.</summary>
/// <param name="Sees">Yes, no, or, when null, as each organization says.</param>
public sealed record ColleagueSight(bool? Sees);

/// <summary>Which people are wanted.</summary>
public sealed record PeopleFilter
{
    /// <summary>Words that name or address must contain, each; empty takes all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether only the name, or its initial consonants, are looked at: for those who are not shown addresses.</summary>
    public bool ByNameAlone { get; init; }

    /// <summary>Only of these roles; empty takes all.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>Only members of these organizations; null takes all, an empty list nobody.</summary>
    public ValueList<OrganizationId>? Organizations { get; init; }

    /// <summary>Only this one.</summary>
    public PersonId? Person { get; init; }

    /// <summary>Only whom somebody may look up; null takes all.</summary>
    public Acquaintances? KnownTo { get; init; }

    /// <summary>Only members of this team.</summary>
    public TeamId? Team { get; init; }

    /// <summary>Whether people who may no longer sign in are left out.</summary>
    public bool OnlyActive { get; init; } = true;
}

/// <summary>A role that somebody was to get was removed meanwhile.</summary>
/// <param name="role">Its id.</param>
public sealed class RoleGoneException(string role) : Exception($"There is no role {role} any longer.");

/// <summary>How many have a role.</summary>
/// <param name="Active">Those who may sign in.</param>
/// <param name="SigningIn">Those of them who can: they have an address and a password.</param>
/// <param name="Others">Those who no longer may.</param>
public sealed record RoleCount(int Active, int SigningIn, int Others);

/// <summary>A value that must be unique is taken.</summary>
/// <param name="field">The value's name: <c>email</c>, <c>externalId</c>, <c>key</c> or <c>name</c>.</param>
public sealed class PeopleConflictException(string field) : Exception($"The {field} is taken.")
{
    /// <summary>The value's name.</summary>
    public string Field { get; } = field;
}
