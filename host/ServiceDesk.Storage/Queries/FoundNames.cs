using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;

namespace ServiceDesk.Storage.Queries;

/// <summary>Whom the names of a query mean, as the database knew at one moment.</summary>
internal sealed class FoundNames : IQueryNames
{
    private readonly Dictionary<string, List<long>> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> teams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> organizations = new(StringComparer.Ordinal);

    private FoundNames() { }

    public IReadOnlyCollection<long> People(string folded) => people.GetValueOrDefault(folded, []);

    public IReadOnlyCollection<long> Teams(string folded) => teams.GetValueOrDefault(folded, []);

    public IReadOnlyCollection<long> Organizations(string folded) => organizations.GetValueOrDefault(folded, []);

    public static async Task<FoundNames> LookUpAsync(
        ServiceDeskDb db,
        MentionedNames mentioned,
        CancellationToken cancellation
    )
    {
        var found = new FoundNames();
        await found.LookUpPeopleAsync(db, mentioned.People, cancellation);
        if (mentioned.Teams.Count > 0)
        {
            var all = await db.Teams.Select(team => new { team.Id, team.Name }).ToListAsync(cancellation);
            all.ForEach(team => Add(found.teams, mentioned.Teams, team.Name, team.Id));
        }

        if (mentioned.Organizations.Count > 0)
        {
            var all = await db
                .Organizations.Select(one => new
                {
                    one.Id,
                    one.Key,
                    one.Name,
                })
                .ToListAsync(cancellation);
            all.ForEach(one => Add(found.organizations, mentioned.Organizations, one.Key, one.Id));
            all.ForEach(one => Add(found.organizations, mentioned.Organizations, one.Name, one.Id));
        }

        return found;
    }

    private async Task LookUpPeopleAsync(ServiceDeskDb db, IReadOnlySet<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            var address = name.ToUpperInvariant();
            var candidates = name.Contains('@', StringComparison.Ordinal)
                ? db.People.Where(person => person.NormalizedEmail == address)
                : db.People.Where(person => person.SearchText.Contains(name));
            var persons = await candidates
                .Select(person => new
                {
                    person.Id,
                    person.Name,
                    person.Email,
                })
                .ToListAsync(cancellation);
            foreach (var person in persons)
            {
                Add(people, names, person.Name, person.Id);
                Add(people, names, person.Email ?? string.Empty, person.Id);
            }
        }
    }

    private static void Add(Dictionary<string, List<long>> found, IReadOnlySet<string> wanted, string name, long id)
    {
        var folded = Folding.Fold(name.Trim());
        if (wanted.Contains(folded))
        {
            var ids = found.TryGetValue(folded, out var known) ? known : found[folded] = [];
            if (!ids.Contains(id))
            {
                ids.Add(id);
            }
        }
    }
}
