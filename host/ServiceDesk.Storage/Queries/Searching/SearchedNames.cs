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

    /// <param name="known">Whose organizations fit.</param>
    /// <param name="people">Who of the people fits.</param>
    /// <param name="onlyActive">Whether people who left do not.</param>
    public static async Task<SearchedNames> LookUpAsync(
        ServiceDeskDb db,
        IReadOnlySet<SearchedName> names,
        Acquaintances known,
        Acquaintances people,
        bool onlyActive,
        CancellationToken cancellation
    )
    {
        var found = new SearchedNames();
        foreach (var ofKind in names.Where(name => name.Folded.Length > 0).GroupBy(name => name.Kind))
        {
            // Teams and organizations are few.
            var all = ofKind.Key switch
            {
                QueryValueKind.Person => [],
                QueryValueKind.Team => await NameSources.Teams(db).ToListAsync(cancellation),
                _ => await NameSources.Organizations(db, known).ToListAsync(cancellation),
            };
            foreach (var name in ofKind)
            {
                var rows =
                    name.Kind == QueryValueKind.Person
                        ? await NameSources
                            .PeopleWith(db, name.Folded, people, onlyActive)
                            .OrderBy(row => row.Id)
                            .Take(ISearchNames.Most + 1)
                            .ToListAsync(cancellation)
                        : Fitting(all, name);
                var exact = rows.Where(row => row.Is(name.Folded)).ToList();
                rows = exact.Count > 0 ? exact : rows;
                found.byName[name] = rows.Count > ISearchNames.Most ? null : rows.ConvertAll(Written);
            }
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
