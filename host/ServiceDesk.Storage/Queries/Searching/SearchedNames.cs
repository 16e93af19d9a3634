using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Searching;

namespace ServiceDesk.Storage.Queries.Searching;

/// <summary>Whom names of a search fit, by a part or by initial consonants, among those whom the one who searches may look up.</summary>
internal sealed class SearchedNames : ISearchNames
{
    private readonly Dictionary<SearchedName, List<FoundName>?> byName = [];

    public IReadOnlyList<FoundName>? Find(SearchedName name) => byName.GetValueOrDefault(name, []);

    public static async Task<SearchedNames> LookUpAsync(
        ServiceDeskDb db,
        IReadOnlySet<SearchedName> names,
        Acquaintances known,
        CancellationToken cancellation
    )
    {
        var found = new SearchedNames();
        foreach (var name in names.Where(name => name.Folded.Length > 0))
        {
            // Teams and organizations are few.
            var rows = name.Kind switch
            {
                QueryValueKind.Person => await NameSources
                    .PeopleWith(db, name.Folded, known)
                    .OrderBy(row => row.Id)
                    .Take(ISearchNames.Most + 1)
                    .ToListAsync(cancellation),
                QueryValueKind.Team => Fitting(await NameSources.Teams(db).ToListAsync(cancellation), name),
                _ => Fitting(await NameSources.Organizations(db, known).ToListAsync(cancellation), name),
            };
            var exact = rows.Where(row => row.Is(name.Folded)).ToList();
            rows = exact.Count > 0 ? exact : rows;
            found.byName[name] = rows.Count > ISearchNames.Most ? null : rows.ConvertAll(Written);
        }

        return found;
    }

    private static List<NamedRow> Fitting(List<NamedRow> rows, SearchedName name) =>
        [
            .. rows.Where(row => Hangul.Finds(row.Name, name.Folded) || Hangul.Finds(row.Other, name.Folded))
                .Take(ISearchNames.Most + 1),
        ];

    private static FoundName Written(NamedRow row) =>
        row.Other.Length > 0
            ? new FoundName(row.Id, row.Other, IsQuoted: true)
            : new FoundName(row.Id, row.Id.ToString(CultureInfo.InvariantCulture), IsQuoted: false);
}
