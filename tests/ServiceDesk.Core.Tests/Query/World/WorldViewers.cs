using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query.World;

/// <summary>Everybody whose rights differ: who sees all, who works on one desk, customers of shared and of closed organizations.</summary>
public static class WorldViewers
{
    public static Viewer Everywhere { get; } = Agent(1, QueryWorld.Desks);

    public static Viewer OnItDesk { get; } = Agent(2, "ITSD");

    public static Viewer Sharing { get; } = Customer(3, organization: 1, shares: true);

    public static Viewer Alone { get; } = Customer(4, organization: 2, shares: false);

    public static Viewer Nobody { get; } = Customer(8, organization: null, shares: false);

    /// <summary>Works everywhere in a role from which fields are hidden.</summary>
    public static Viewer Clerk { get; } = Of("clerk", Agent(5, QueryWorld.Desks));

    /// <summary>Works on one desk in a role from which fields are hidden.</summary>
    public static Viewer ClerkOnItDesk { get; } = Of("clerk", Agent(6, "ITSD"));

    /// <summary>A customer in a role from which fields are hidden.</summary>
    public static Viewer Guest { get; } = Of("guest", Customer(7, organization: 1, shares: true));

    public static IReadOnlyList<Viewer> All { get; } =
    [Everywhere, OnItDesk, Sharing, Alone, Nobody, Clerk, ClerkOnItDesk, Guest];

    private static Viewer Of(string role, Viewer viewer) => viewer with { Person = viewer.Person with { Role = role } };

    private static Viewer Agent(long id, params string[] desks) =>
        new(Person(id, "agent"), [Permissions.WorkTickets], desks.ToValueList(), ["HR"], [], ["ITSD", "HR"]);

    private static Viewer Customer(long id, long? organization, bool shares) =>
        new(
            Person(id, "customer") with
            {
                Organizations = organization is { } one ? [new OrganizationId(one)] : [],
            },
            [Permissions.AskInPortal],
            [],
            ["ITSD", "HR"],
            shares && organization is { } shared ? [new OrganizationId(shared)] : [],
            ["ITSD", "HR"]
        );

    private static Person Person(long id, string role) =>
        new(
            new PersonId(id),
            $"Person {id}",
            $"person{id}@example.com",
            role,
            "en",
            "Asia/Seoul",
            [],
            [new TeamId(1)],
            true
        );
}
