using System.Globalization;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Which rows that can be named in a request somebody must not know of.</summary>
internal static class HiddenRows
{
    /// <summary>Requests that differ in one row alone: one names a row that never was, the others rows that are hidden from a member.</summary>
    /// <param name="Never">The request that names no row.</param>
    /// <param name="Id">What it names.</param>
    /// <param name="Others">The same request for each row that there is, with what it names.</param>
    public sealed record Family(RouteCall Never, string Id, IReadOnlyList<(RouteCall Call, string Id)> Others)
    {
        /// <summary>Whether it must be a 404, beside being the same as for no row.</summary>
        public bool IsAskedFor => !Supposing.Contains(Never.Route);

        /// <summary>Those whose row is hidden from somebody.</summary>
        public IEnumerable<(RouteCall Call, string Id)> For(IsolationWorld world, Member member, string name) =>
            Others.Where(other => IsHidden(world, member, name, other.Id));
    }

    /// <summary>The parameters that name a row of a company, with an id that no row has.</summary>
    public static IReadOnlyList<(string Name, string Never)> Parameters { get; } =
    [
        ("key", KnownValues.NoTicket),
        ("account", KnownValues.Nothing),
        ("contact", KnownValues.Nothing),
        ("contract", KnownValues.Nothing),
    ];

    /// <summary>Pages that take a row only for a supposition: they answer, and must not tell what they found.</summary>
    private static readonly string[] Supposing = ["/workspace/sla/forecast"];

    /// <summary>Puts together what differs in the row of a parameter alone.</summary>
    public static IEnumerable<Family> Of(IEnumerable<RouteCall> calls, string name, string never) =>
        calls
            .Where(call => call.Values.ContainsKey(name))
            .GroupBy(call => $"{call.Method} {Without(call, name)}", StringComparer.Ordinal)
            .Select(same => same.Select(call => (Call: call, Id: call.Values[name])).ToList())
            .Where(same => same.Exists(one => one.Id == never))
            .Select(same => new Family(
                same.First(one => one.Id == never).Call,
                never,
                [.. same.Where(one => one.Id != never)]
            ));

    /// <summary>Whether a row exists and somebody must not know of it.</summary>
    public static bool IsHidden(IsolationWorld world, Member member, string name, string id) =>
        name switch
        {
            "key" when id == world.Moved.FormerKey => !WhoMaySee.Ticket(member, world.Moved.Ticket),
            "key" => world.Tickets.Any(ticket => ticket.Key == id && !WhoMaySee.Ticket(member, ticket)),
            "account" => IsClient(world, member, id, client => client.Account),
            "contact" => IsClient(world, member, id, client => client.Contact),
            "contract" => IsClient(world, member, id, client => client.Contract),
            _ => false,
        };

    private static bool IsClient(IsolationWorld world, Member member, string id, Func<Client, long> row) =>
        world.Clients.Any(client =>
            row(client).ToString(CultureInfo.InvariantCulture) == id && !WhoMaySee.Client(member, client.Firm)
        );

    // The other parameters stand as they are, so that the address without this one is the family's name.
    private static string Without(RouteCall call, string name) =>
        string.Join('&', call.Values.Where(value => value.Key != name).Select(value => $"{value.Key}={value.Value}"))
        + $" {call.Route} {call.Handler}";
}
