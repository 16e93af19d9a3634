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

    /// <summary>The shape of a list: what the address says, and of the rest what its queue says. What nobody knows, and a field that the viewer never sees, counts as not said.</summary>
    public static ListShape Of(
        Viewer viewer,
        IConfiguration configuration,
        string? group,
        string? rows,
        string? queueGroup = null,
        int? queueRows = null
    )
    {
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
        };

        string? Known(string? name) =>
            name is not null
            && ListChoices.IsGroup(name, configuration)
            && ListColumns.Seen([name], viewer, configuration).Count > 0
                ? name
                : null;
    }

    /// <summary>The query in an order in which each group stands together; within a group the order stays. A wrong query stays as it is.</summary>
    public string Ordered(string query)
    {
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
