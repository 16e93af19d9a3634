using System.Collections.Concurrent;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Queries;

/// <summary>
/// Whom the names in conditions of configuration mean. What was found is believed for a second, so that a condition which is
/// decided for thousands of tickets asks the database once a second.
/// </summary>
public sealed class ConditionNames(IDatabase database, TimeProvider time) : IQueryNames
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(Kind Kind, string Folded), (long At, long[] Ids)> known = new();

    private enum Kind
    {
        Person,
        Team,
        Organization,
        Member,
    }

    public IReadOnlyCollection<long> People(string folded) => Find(Kind.Person, folded);

    public IReadOnlyCollection<long> Teams(string folded) => Find(Kind.Team, folded);

    public IReadOnlyCollection<long>? Members(string folded) =>
        Find(Kind.Team, folded) is { Length: > 0 } ? Find(Kind.Member, folded) : null;

    public IReadOnlyCollection<long> Organizations(string folded) => Find(Kind.Organization, folded);

    public long? Ticket(TicketKey key)
    {
        using var db = database.CreateDbContext();
        return Reading.Available(() =>
            NameSources.Tickets(db, key).Select(ticket => (long?)ticket.Id).FirstOrDefault()
        );
    }

    private long[] Find(Kind kind, string folded)
    {
        var now = time.GetTimestamp();
        if (known.TryGetValue((kind, folded), out var found) && time.GetElapsedTime(found.At, now) < Trust)
        {
            return found.Ids;
        }

        using var db = database.CreateDbContext();
        if (kind == Kind.Member)
        {
            var teams = Find(Kind.Team, folded);
            var members = Reading.Available(() => NameSources.Members(db, teams).ToArray());
            known[(kind, folded)] = (now, members);
            return members;
        }

        var rows = kind switch
        {
            Kind.Person => NameSources.People(db, folded),
            Kind.Team => NameSources.Teams(db),
            _ => NameSources.Organizations(db),
        };
        var ids = Reading.Available(() =>
            rows.AsEnumerable().Where(row => row.Is(folded)).Select(row => row.Id).ToArray()
        );
        known[(kind, folded)] = (now, ids);
        return ids;
    }
}
