using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>
/// Who works on a desk. A role is a person's on every desk, and teams are what desks take: so adding somebody gives a role and a
/// team, and removing somebody takes the teams that the desk takes.
/// </summary>
public sealed class DeskStaff(IPeopleStore people, ICurrentConfiguration configuration)
{
    private const int AtOnce = 200;

    /// <summary>The most that are listed.</summary>
    public const int Most = 200;

    /// <summary>Who works on a desk and why, by name; of very many the first.</summary>
    /// <param name="text">Words that name or address must contain; empty takes all.</param>
    public async Task<(IReadOnlyList<DeskWorker> Workers, bool AreMore)> OfAsync(
        DeskDocument desk,
        string text,
        CancellationToken cancellation
    )
    {
        var snapshot = configuration.Snapshot;
        var teams = await people.TeamsAsync(cancellation);
        var filter = new PeopleFilter { Text = text, Roles = Roles(snapshot).ToValueList() };
        var found = new List<DeskWorker>();
        for (string? cursor = null; filter.Roles.Count > 0; )
        {
            var page = await people.ListAsync(filter, AtOnce, cursor, cancellation);
            foreach (var person in page.Items)
            {
                if (DeskAccess.WhyWorksOn(desk, person, teams, snapshot) is { } why)
                {
                    found.Add(new DeskWorker(person, why, LedBy(person, desk, teams)));
                }
            }

            cursor = page.Next;
            if (cursor is null || found.Count > Most)
            {
                break;
            }
        }

        return ([.. found.Take(Most)], found.Count > Most);
    }

    /// <summary>Lets somebody work on a desk: with another role, in one more of its teams, or both.</summary>
    /// <param name="role">The id of the role; null keeps the person's.</param>
    /// <param name="team">The team; null joins none.</param>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<Refusal>> AddAsync(
        Viewer by,
        DeskDocument desk,
        Person person,
        string? role,
        TeamId? team,
        CancellationToken cancellation
    )
    {
        if (!by.May(Permissions.ManagePeople))
        {
            return [Refusal.Forbidden("invitations.not-yours")];
        }

        if (RoleGrants.IsAbove(by, person.Role, configuration.Snapshot))
        {
            return [Refusal.Invalid("administration.person-above", "who")];
        }

        var teams = await people.TeamsAsync(cancellation);
        var joined = team is { } id ? teams.FirstOrDefault(one => one.Id == id) : null;
        var refusals = new List<Refusal>();
        if (!person.IsActive)
        {
            refusals.Add(Refusal.Invalid("staffing.inactive", "who", person.Name));
        }

        if (team is not null && (joined is null || !DeskAccess.Takes(desk, joined)))
        {
            refusals.Add(Refusal.Invalid("staffing.team-elsewhere", "team"));
        }

        if (!configuration.Snapshot.TryGet<RoleDocument>(role ?? person.Role, out var given))
        {
            refusals.Add(Refusal.Invalid("administration.role-unknown", "role", Shortened(role ?? person.Role)));
        }
        else
        {
            refusals.AddRange(RoleOf(by, person, given));
        }

        if (refusals.Count > 0)
        {
            return refusals;
        }

        var belongs = teams.Where(one => person.Teams.Contains(one.Id) || one.Id == team);
        if (LackOf(desk, given!, belongs) is [_, ..] lacking)
        {
            return lacking;
        }

        var isSame = (role is null || role == person.Role) && (team is null || person.Teams.Contains(team.Value));
        if (isSame)
        {
            return [Refusal.Conflict("staffing.works-already", person.Name) with { Field = "who" }];
        }

        try
        {
            await people.UpdateAsync(
                person.Id,
                new PersonChange
                {
                    Role = role == person.Role ? null : role,
                    Teams = team is { } more ? person.Teams.Append(more).Distinct().ToValueList() : null,
                },
                cancellation
            );
            return [];
        }
        catch (RoleGoneException)
        {
            return [Refusal.Invalid("administration.role-unknown", "role", role!)];
        }
    }

    /// <summary>Takes somebody out of the teams through which he works on a desk.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Refusal?> RemoveAsync(Viewer by, DeskDocument desk, Person person, CancellationToken cancellation)
    {
        if (!by.May(Permissions.ManagePeople))
        {
            return Refusal.Forbidden("invitations.not-yours");
        }

        if (RoleGrants.IsAbove(by, person.Role, configuration.Snapshot))
        {
            return Refusal.Invalid("administration.person-above", "who");
        }

        var teams = await people.TeamsAsync(cancellation);
        var why = DeskAccess.WhyWorksOn(desk, person, teams, configuration.Snapshot);
        if (why is not { IsOnlyThroughTeams: true })
        {
            return Refusal.Conflict("staffing.not-through-teams", person.Name);
        }

        var left = why.Teams.Select(team => team.Id).ToHashSet();
        var rest = person.Teams.Where(team => !left.Contains(team)).ToValueList();
        await people.UpdateAsync(person.Id, new PersonChange { Teams = rest }, cancellation);
        return null;
    }

    /// <summary>Why somebody with this role in these teams could not work on a desk; empty for one who could.</summary>
    public static IReadOnlyList<Refusal> LackOf(DeskDocument desk, RoleDocument role, IEnumerable<Team> teams) =>
        DeskAccess.LackOf(desk, role, teams) switch
        {
            DeskLack.Role => [Refusal.Invalid("staffing.role-works-not", "role", role.Name.ToString())],
            DeskLack.Team => [Refusal.Invalid("staffing.team-needed", "team")],
            _ => [],
        };

    /// <summary>Ids of roles whose people may work on some desk.</summary>
    public static IEnumerable<string> Roles(IConfiguration configuration) =>
        configuration
            .All<RoleDocument>()
            .Where(role =>
                role.Permissions.Contains(Permissions.WorkTickets)
                || role.Permissions.Contains(Permissions.SeeEverything)
            )
            .Select(role => role.Id);

    // Nobody lifts somebody above himself, or locks himself out.
    private IEnumerable<Refusal> RoleOf(Viewer by, Person person, RoleDocument role) =>
        role.Id == person.Role ? []
        : person.Id == by.Person.Id ? [Refusal.Invalid("administration.not-yourself", "role")]
        : !RoleGrants.Covers(by, role) ? [Refusal.Invalid("administration.role-above", "role")]
        : [];

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static ValueList<string> LedBy(Person person, DeskDocument desk, IEnumerable<Team> teams) =>
        teams
            .Where(team => team.Lead == person.Id && DeskAccess.Takes(desk, team))
            .Select(team => team.Name)
            .ToValueList();
}

/// <summary>Somebody who works on a desk.</summary>
/// <param name="Why">Why.</param>
/// <param name="Leads">Names of the desk's teams that the person leads.</param>
public sealed record DeskWorker(Person Person, DeskWork Why, ValueList<string> Leads);
