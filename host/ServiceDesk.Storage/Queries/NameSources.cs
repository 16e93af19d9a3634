using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Storage.Queries;

/// <summary>Where names of queries are found, of those whom the one who asks may look up. What comes back holds the wanted name and perhaps others.</summary>
internal static class NameSources
{
    public static IQueryable<NamedRow> People(ServiceDeskDb db, string folded) =>
        folded.Contains('@', StringComparison.Ordinal) ? PeopleAt(db, [folded]) : PeopleWith(db, folded);

    /// <summary>The people with these addresses.</summary>
    public static IQueryable<NamedRow> PeopleAt(
        ServiceDeskDb db,
        IEnumerable<string> addresses,
        Acquaintances? known = null
    )
    {
        var wanted = addresses.Select(address => address.ToUpperInvariant()).ToArray();
        return Rows(
            db.People.Where(person => person.NormalizedEmail != null && wanted.Contains(person.NormalizedEmail))
                .KnownTo(db, known)
        );
    }

    /// <summary>People in whose name or address the text stands, or whose name has such initial consonants.</summary>
    public static IQueryable<NamedRow> PeopleWith(
        ServiceDeskDb db,
        string folded,
        Acquaintances? known = null,
        bool onlyActive = false
    )
    {
        var typed = Hangul.Typed(folded);
        var people = db.People.Where(person => person.SearchText.Contains(typed));
        return Rows((onlyActive ? people.Where(person => person.IsActive) : people).KnownTo(db, known));
    }

    private static IQueryable<NamedRow> Rows(IQueryable<PersonRow> people) =>
        people.Select(person => new NamedRow
        {
            Id = person.Id,
            Name = person.Name,
            Other = person.Email ?? "",
        });

    public static IQueryable<NamedRow> Teams(ServiceDeskDb db) =>
        db.Teams.Select(team => new NamedRow
        {
            Id = team.Id,
            Name = team.Name,
            Other = "",
        });

    /// <summary>The people in some teams.</summary>
    public static IQueryable<long> Members(ServiceDeskDb db, long[] teams) =>
        db.TeamMembers.Where(member => teams.Contains(member.TeamId)).Select(member => member.PersonId).Distinct();

    /// <summary>The ticket with this key, also by a former key.</summary>
    public static IQueryable<TicketRow> Tickets(ServiceDeskDb db, TicketKey key)
    {
        var (desk, number) = key;
        return db
            .TicketKeys.Where(row => row.Desk == desk && row.Number == number)
            .SelectMany(row => db.Tickets.Where(ticket => ticket.Id == row.TicketId));
    }

    public static IQueryable<NamedRow> Organizations(ServiceDeskDb db, Acquaintances? known = null) =>
        db
            .Organizations.KnownTo(known)
            .Select(one => new NamedRow
            {
                Id = one.Id,
                Name = one.Name,
                Other = one.Key,
            });
}

/// <summary>Somebody or something with a name and another one: an address or a key.</summary>
internal sealed class NamedRow
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public string Other { get; set; } = "";

    /// <summary>Whether one of its names is this.</summary>
    public bool Is(string folded) => Folding.Fold(Name.Trim()) == folded || Folding.Fold(Other.Trim()) == folded;
}
