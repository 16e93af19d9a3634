using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>A name that a search mentions.</summary>
/// <param name="Kind">Person, team or organization.</param>
/// <param name="Folded">The folded, trimmed part of the name; initial consonants as they are kept.</param>
public sealed record SearchedName(QueryValueKind Kind, string Folded);

/// <summary>Somebody or something whose name fits.</summary>
/// <param name="Written">How the query language names this one alone: an address or key where there is one, else the number.</param>
/// <param name="IsQuoted">Whether that is quoted.</param>
public sealed record FoundName(long Id, string Written, bool IsQuoted);

/// <summary>Whom names of a search fit, among those whom the one who searches may look up.</summary>
public interface ISearchNames
{
    /// <summary>How many may fit one name.</summary>
    const int Most = 50;

    /// <summary>All that fit; null when there are more than <see cref="Most"/>.</summary>
    IReadOnlyList<FoundName>? Find(SearchedName name);
}

/// <summary>Knows the found ones by their numbers alone, which is how a search is tried.</summary>
internal static class SearchIdentities
{
    public static bool IsIdentity(QueryValueKind kind) =>
        kind is QueryValueKind.Person or QueryValueKind.Team or QueryValueKind.Organization;
}
