using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries;

/// <summary>Whom the names of one query mean, as the database knew at one moment.</summary>
internal sealed class FoundNames : IQueryNames
{
    private readonly Dictionary<string, List<NamedRow>> people = new(StringComparer.Ordinal);
    private List<NamedRow> teams = [];
    private List<NamedRow> organizations = [];
    private readonly Dictionary<TicketKey, long> tickets = [];
    private readonly Dictionary<string, List<long>> members = new(StringComparer.Ordinal);

    private FoundNames() { }

    public IReadOnlyCollection<long> People(string folded) => Named(people.GetValueOrDefault(folded, []), folded);

    public IReadOnlyCollection<long> Teams(string folded) => Named(teams, folded);

    public IReadOnlyCollection<long>? Members(string folded) => members.GetValueOrDefault(folded);

    public IReadOnlyCollection<long> Organizations(string folded) => Named(organizations, folded);

    public long? Ticket(TicketKey key) => tickets.TryGetValue(key, out var found) ? found : null;

    /// <param name="known">Whom the one who asks may look up; null for everybody.</param>
    public static async Task<FoundNames> LookUpAsync(
        ServiceDeskDb db,
        Viewer viewer,
        MentionedNames mentioned,
        Acquaintances? known,
        CancellationToken cancellation
    )
    {
        var found = new FoundNames();
        var addresses = mentioned.People.Where(name => name.Contains('@', StringComparison.Ordinal)).ToList();
        var addressed =
            addresses.Count > 0 ? await NameSources.PeopleAt(db, addresses, known).ToListAsync(cancellation) : [];
        foreach (var name in mentioned.People)
        {
            found.people[name] = name.Contains('@', StringComparison.Ordinal)
                ? addressed
                : await NameSources.PeopleWith(db, name, known).ToListAsync(cancellation);
        }

        if (mentioned.Teams.Count + mentioned.Members.Count > 0)
        {
            found.teams = await NameSources.Teams(db).ToListAsync(cancellation);
        }

        foreach (var name in mentioned.Members)
        {
            if (Named(found.teams, name) is { Count: > 0 } teams)
            {
                found.members[name] = await NameSources.Members(db, [.. teams]).ToListAsync(cancellation);
            }
        }

        if (mentioned.Organizations.Count > 0)
        {
            found.organizations = await NameSources.Organizations(db, known).ToListAsync(cancellation);
        }

        foreach (var key in mentioned.Tickets)
        {
            // A key that the viewer may not see must not tell by what it finds that there is such a ticket.
            var visible = NameSources.Tickets(db, key).Where(AccessFilter.For(db, viewer)).Select(ticket => ticket.Id);
            if (await visible.ToListAsync(cancellation) is [var ticket])
            {
                found.tickets[key] = ticket;
            }
        }

        return found;
    }

    private static List<long> Named(List<NamedRow> rows, string folded) =>
        [.. rows.Where(row => row.Is(folded)).Select(row => row.Id)];
}
