using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Benchmarks.Filling;

/// <summary>The people of a middle-sized company: up to 2,000 customers in 20 organizations, 40 agents in 8 teams.</summary>
internal sealed record Company(
    IReadOnlyList<PersonId> Customers,
    IReadOnlyList<PersonId> Agents,
    IReadOnlyList<OrganizationId> Organizations,
    IReadOnlyList<TeamId> Teams
)
{
    public const int MostCustomers = 2_000;
    public const int AgentCount = 40;
    private const int OrganizationCount = 20;
    private const int TeamCount = 8;

    /// <summary>Brings them into an empty database.</summary>
    public static async Task<Company> MakeAsync(IPeopleStore people, FillingPlan plan)
    {
        var organizations = new List<OrganizationId>();
        for (var i = 1; i <= OrganizationCount; i++)
        {
            organizations.Add((await people.CreateOrganizationAsync($"org-{i}", $"Organization {i}", i % 2 == 0)).Id);
        }

        var teams = new List<TeamId>();
        for (var i = 1; i <= TeamCount; i++)
        {
            teams.Add((await people.CreateTeamAsync($"Team {i}")).Id);
        }

        var agents = new List<PersonId>();
        for (var i = 1; i <= AgentCount; i++)
        {
            agents.Add((await people.CreateAsync(new NewPerson($"Agent {i}", Agent(i), "agent"))).Id);
        }

        var customers = new List<PersonId>();
        for (var i = 1; i <= plan.Customers; i++)
        {
            var person = new NewPerson($"김고객 {i}", Customer(i), "customer")
            {
                Organizations = [organizations[i % organizations.Count]],
            };
            customers.Add((await people.CreateAsync(person)).Id);
        }

        return new Company(customers, agents, organizations, teams);
    }

    /// <summary>Finds those whom <see cref="MakeAsync"/> brought.</summary>
    public static async Task<Company> FindAsync(IPeopleStore people, FillingPlan plan)
    {
        var customers = await FindAsync(people, plan.Customers, Customer);
        var agents = await FindAsync(people, AgentCount, Agent);
        return new Company(
            [.. customers.Select(person => person.Id)],
            [.. agents.Select(person => person.Id)],
            [.. customers.SelectMany(person => person.Organizations).Distinct()],
            [.. (await people.TeamsAsync()).Select(team => team.Id)]
        );
    }

    private static async Task<List<Person>> FindAsync(IPeopleStore people, int count, Func<int, string> email)
    {
        var found = new List<Person>();
        for (var i = 1; i <= count; i++)
        {
            found.Add(
                await people.FindByEmailAsync(email(i))
                    ?? throw new InvalidOperationException($"{email(i)} is missing; give an empty folder.")
            );
        }

        return found;
    }

    private static string Agent(int number) => $"agent{number}@example.com";

    private static string Customer(int number) => $"customer{number}@example.com";
}
