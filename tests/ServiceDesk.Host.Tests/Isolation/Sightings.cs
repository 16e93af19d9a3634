using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Who saw which word where: so that a test which finds nothing forbidden cannot have looked at nothing.</summary>
internal sealed partial class Sightings
{
    private static readonly string[] OnTickets = ["/api/v1/tickets/{key}", "/api/v1/tickets/"];

    private readonly ConcurrentDictionary<(Member, string Route, string Word), bool> seen = new();

    public void Note(Member member, RouteCall call, Answer answer)
    {
        foreach (var word in answer.Words)
        {
            seen[(member, PlaceOf(call), word)] = true;
        }
    }

    /// <summary>What somebody may see and did not find where it belongs.</summary>
    public IEnumerable<string> Missing(IsolationWorld world) =>
        OnTicketsOf(world).Concat(InRecordsOf(world)).Concat(InPluginsOf(world)).Concat(KeptOf(world));

    private IEnumerable<string> KeptOf(IsolationWorld world) =>
        from kept in world.Kept
        from member in world.Members.Where(kept.For)
        from place in kept.Places
        where !seen.ContainsKey((member, place, kept.Word))
        select $"{place} did not show {member.Title} {world.Canaries[kept.Word].What}";

    // Pages are named as their files are, in capitals. What one answers besides itself, and each format of a file, is a place of its own.
    private static string PlaceOf(RouteCall call) =>
        string.Join(
            ' ',
            [
                call.Route.ToLowerInvariant(),
                .. Files().Matches(call.Address).Select(part => part.Value).OrderDescending(StringComparer.Ordinal),
            ]
        );

    private IEnumerable<string> InPluginsOf(IsolationWorld world) =>
        from shown in PluginPlaces.Of(world)
        where shown.Place.StartsWith('/') && !seen.ContainsKey((shown.Member, shown.Place, shown.Word))
        select $"{shown.Place} did not show {shown.Member.Title} {world.Canaries[shown.Word].What}";

    private IEnumerable<string> InRecordsOf(IsolationWorld world) =>
        from member in world.Members
        from client in world.Clients
        where WhoMaySee.Client(member, client.Firm)
        from place in ClientPlaces
        where !seen.ContainsKey((member, place.Route, client.Words[place.What]))
        select $"{place.Route} did not show {member.Title} {world.Canaries[client.Words[place.What]].What}";

    private static readonly (string What, string Route)[] ClientPlaces =
    [
        ("account name", "/plugins/crm/accounts"),
        ("account name", "/plugins/crm/account"),
        ("account notes", "/plugins/crm/account"),
        ("account key", "/api/v1/plugins/crm/accounts"),
        ("telephone number", "/api/v1/plugins/crm/accounts/{account:long}"),
        ("contact", "/plugins/crm/contacts"),
        ("contact address", "/api/v1/plugins/crm/contacts"),
        ("contact title", "/api/v1/plugins/crm/contacts/{contact:long}"),
        ("contract number", "/plugins/crm/contracts"),
        ("contract name", "/api/v1/plugins/crm/contracts"),
        ("plan", "/plugins/crm/contract"),
        ("penalty terms", "/plugins/crm/contract"),
        ("contract notes", "/api/v1/plugins/crm/contracts/{contract:long}"),
        ("ledger note", "/plugins/crm/contract"),
        ("ledger note", "/api/v1/plugins/crm/contracts/{contract:long}/ledger"),
        ("document name", "/plugins/crm/contract"),
        ("document content", "/plugins/crm/contract handler=Document"),
        ("account name", "/plugins/crm/accounts handler=Export"),
        ("contact", "/plugins/crm/contacts handler=Export"),
        ("contract number", "/plugins/crm/contracts handler=Export"),
    ];

    private IEnumerable<string> OnTicketsOf(IsolationWorld world) =>
        from member in world.Members
        from ticket in world.Tickets
        where WhoMaySee.Ticket(member, ticket)
        from place in PlacesFor(member, ticket)
        from route in place.Routes
        where !seen.ContainsKey((member, route, place.Word))
        select $"{route} did not show {member.Title} {world.Canaries[place.Word].What}";

    private static IEnumerable<(string Word, string[] Routes)> PlacesFor(Member member, Errand ticket)
    {
        var isAgent = WhoMaySee.Internals(member, ticket);
        string[] page = isAgent ? ["/workspace/tickets/{key}"] : ["/portal/requests/{key}"];
        string[] lists = isAgent ? ["/workspace/search", $"/workspace/{{desk}}/{{queue}}"] : ["/portal/requests"];
        yield return (ticket.Public["summary"], [.. OnTickets, .. page, .. lists]);
        yield return (ticket.Public["description"], [.. OnTickets, .. page]);
        yield return (ticket.Public["field"], [.. OnTickets, .. page]);
        yield return (
            ticket.Public["comment"],
            ["/api/v1/tickets/{key}/comments", "/api/v1/tickets/{key}/history", .. page]
        );
        yield return (
            ticket.Public["file"],
            ["/api/v1/tickets/{key}/attachments", "/api/v1/tickets/{key}/history", "/files/{key}/{id:long}", .. page]
        );
        yield return (
            ticket.Public["content"],
            ["/api/v1/tickets/{key}/attachments/{id:long}", "/files/{key}/{id:long}", "/files/{key}/{id:long}/text"]
        );
        if (!isAgent)
        {
            yield break;
        }

        yield return (
            ticket.Internal["note"],
            ["/api/v1/tickets/{key}/comments", "/api/v1/tickets/{key}/history", .. page]
        );
        yield return (ticket.Internal["label"], [.. OnTickets, .. page]);
        yield return (ticket.Internal["external id"], [.. OnTickets]);
        yield return (ticket.Internal["hidden field"], [.. OnTickets, .. page]);
        yield return (
            ticket.Internal["internal file"],
            ["/api/v1/tickets/{key}/attachments", "/files/{key}/{id:long}", .. page]
        );
        yield return (
            ticket.Internal["internal content"],
            ["/api/v1/tickets/{key}/attachments/{id:long}", "/files/{key}/{id:long}", "/files/{key}/{id:long}/text"]
        );
    }

    [GeneratedRegex("(?<=[?&])(handler=[A-Za-z]+|format=(csv|xlsx))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Files();
}
