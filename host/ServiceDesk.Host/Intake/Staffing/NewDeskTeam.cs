using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>
/// Makes a desk of a plan together with the team of its own that works there. The desk comes first: until its team is there nobody
/// works on it but who sees every desk, so that a stop in between leaves it closed.
/// </summary>
public sealed class NewDeskTeam(NewDesks desks, IPeopleStore people, ICurrentConfiguration configuration)
{
    private const int Most = 200;

    /// <summary>Writes the plan and makes its team.</summary>
    /// <param name="founder">Who makes the desk, and works there.</param>
    /// <param name="addresses">Who else belongs to the team; nobody of a plan without one, and of who may not manage people.</param>
    public async Task<ConfigurationOutcome> MakeAsync(
        DeskPlan plan,
        Viewer founder,
        IReadOnlyCollection<string> addresses,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var members = new List<Person> { founder.Person };
        if (plan is { Problem: null, Team: { } team })
        {
            if (await people.FindTeamAsync(team, cancellation) is not null)
            {
                return Refused("/agents", "desks.team-there", team);
            }

            var others = addresses
                .Where(address => !string.Equals(address, founder.Person.Email, StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (others.Count > 0 && !founder.May(Permissions.ManagePeople))
            {
                return Refused("/people", "desks.people-not-yours", founder.Person.Name);
            }

            foreach (var address in others.Take(Most))
            {
                if (await people.FindByEmailAsync(address, cancellation) is not { IsActive: true } person)
                {
                    return Refused("/people", "forms.person-unknown", address);
                }

                if (!CanWork(person))
                {
                    return Refused("/people", "desks.person-works-not", person.Name);
                }

                members.Add(person);
            }
        }

        var outcome = await desks.WriteAsync(plan, isTrial: false, author, cancellation);
        if (outcome.Status == ConfigurationStatus.Written && plan.Team is { } name)
        {
            var made = await people.CreateTeamAsync(name, cancellation);
            await people.SetTeamMembersAsync(
                made.Id,
                [.. members.Select(person => person.Id).Distinct()],
                cancellation
            );
        }

        return outcome;
    }

    private bool CanWork(Person person) =>
        configuration.Snapshot.TryGet<RoleDocument>(person.Role, out var role)
        && DeskAccess.LackOf(new DeskDocument { Id = "", Name = role.Name }, role, []) == DeskLack.Nothing;

    private ConfigurationOutcome Refused(string path, string code, string argument) =>
        new(
            ConfigurationStatus.Invalid,
            configuration.Snapshot.Revision,
            [],
            [new FileProblem("", null, DocumentProblem.At(path, code, argument))]
        );
}
