using System.Globalization;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>How a list is drawn: by which column it is grouped, and how many lines a page has. The address says it, else its queue.</summary>
public sealed record ListShape
{
    /// <summary>In the address: no groups, also where the queue has some.</summary>
    public const string None = "none";

    private const char Back = '-';
    private const int UsualRows = 50;

    /// <summary>As a list is drawn when nobody says anything.</summary>
    public static ListShape Usual { get; } = new();

    /// <summary>The column by which it is grouped; null for none.</summary>
    public string? Group { get; private init; }

    /// <summary>The own field by which it is grouped; null for another column, and for none.</summary>
    public FieldDocument? Field { get; private init; }

    /// <summary>Lines on a page.</summary>
    public int Rows { get; private init; } = UsualRows;

    /// <summary>What the address says of the group; null when it says nothing.</summary>
    public string? GivenGroup { get; private init; }

    /// <summary>What the address says of the lines; null when it says nothing.</summary>
    public string? GivenRows { get; private init; }

    /// <summary>What the address says of the order: a column, with a minus before it for the greatest first; null when it says nothing.</summary>
    public string? GivenOrder { get; private init; }

    // The same as keys behind ORDER BY.
    private string? Keys { get; init; }

    /// <summary>The shape of a list: what the address says, and of the rest what its queue says. What nobody knows, and a field that the viewer never sees, counts as not said.</summary>
    public static ListShape Of(
        Viewer viewer,
        IConfiguration configuration,
        string? group,
        string? rows,
        string? order,
        string? queueGroup = null,
        int? queueRows = null
    )
    {
        var keys = order is null ? null : KeysOf(order);
        var givenGroup = group == None ? group : Known(group);
        var givenRows =
            int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && ListChoices.Rows.Contains(number)
                ? number
                : (int?)null;
        var wanted = givenGroup == None ? null : givenGroup ?? Known(queueGroup);
        return new ListShape
        {
            Group = wanted,
            Field =
                wanted is not null
                && ListChoices.FieldOf(wanted) is { } id
                && configuration.TryGet<FieldDocument>(id, out var field)
                    ? field
                    : null,
            Rows = givenRows ?? (queueRows is { } own && ListChoices.Rows.Contains(own) ? own : UsualRows),
            GivenGroup = givenGroup,
            GivenRows = givenRows is null ? null : rows,
            GivenOrder = keys is null ? null : order,
            Keys = keys,
        };

        string? KeysOf(string said)
        {
            var column = said.TrimStart(Back);
            return
                said.Length - column.Length < 2
                && ListColumns.Seen([column], viewer, configuration).Count > 0
                && ListChoices.OrderBy(column, configuration) is { } key
                ? $"{key}{(said.StartsWith(Back) ? " DESC" : "")}"
                : null;
        }

        string? Known(string? name) =>
            name is not null
            && ListChoices.IsGroup(name, configuration)
            && ListColumns.Seen([name], viewer, configuration).Count > 0
                ? name
                : null;
    }

    /// <summary>The query in the order that the address says. A wrong query stays as it is.</summary>
    public string Sorted(string query)
    {
        try
        {
            return Keys is null ? query : QueryText.Reorder(query, Keys);
        }
        catch (QueryException)
        {
            return query;
        }
    }

    /// <summary>Whether a list of the query is in the order of a column, and then whether with the greatest first.</summary>
    /// <param name="key">The column's key, see <see cref="ListChoices.OrderBy"/>.</param>
    public bool? IsBackBy(string key, string query)
    {
        try
        {
            var first = QueryText
                .OrderOf(Sorted(query))
                .Split(',')[0]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return first.Length > 0 && string.Equals(first[0], key, StringComparison.OrdinalIgnoreCase)
                ? first.Length > 1 && string.Equals(first[1], "DESC", StringComparison.OrdinalIgnoreCase)
                : null;
        }
        catch (QueryException)
        {
            return null;
        }
    }

    /// <summary>What the address says when the list is then to be in the order of a column: its usual direction, or the other where it has that.</summary>
    /// <param name="isBack">The direction that it has by the column now; null for none.</param>
    public static string Turned(string column, bool? isBack) =>
        isBack ?? !ListChoices.BeginsAtEnd(column) ? column : Back + column;

    /// <summary>The query in an order in which each group stands together; within a group the order stays. A wrong query stays as it is.</summary>
    public string Ordered(string query)
    {
        query = Sorted(query);
        if (Group is null)
        {
            return query;
        }

        // What matters most stands first.
        var first =
            Group == "priority" ? "priority DESC"
            : Field is null ? Group
            : $"field(\"{Field.Id}\")";
        try
        {
            var rest = QueryText.OrderOf(query);
            var whole = QueryText.Reorder(query, rest.Length == 0 ? $"{first}, created DESC" : $"{first}, {rest}");
            return IsReadable(whole) || !IsReadable(query) ? whole : QueryText.Reorder(query, first);
        }
        catch (QueryException)
        {
            return query;
        }
    }

    // A query that had as many keys as it may have loses its own order rather than its groups.
    private static bool IsReadable(string query)
    {
        try
        {
            QueryParser.Parse(query);
            return true;
        }
        catch (QueryException)
        {
            return false;
        }
    }
}
