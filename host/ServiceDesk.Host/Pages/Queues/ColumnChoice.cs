using System.Globalization;
using ServiceDesk.Core.Query;
using ServiceDesk.Host.Pages.Workspace;

namespace ServiceDesk.Host.Pages.Queues;

/// <summary>The columns of a list as a form chooses them, in their order.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Focus">The button on which the focus stays after it was pressed; null at first.</param>
public sealed record ColumnChoice(IReadOnlyList<string> Names, string? Focus = null)
{
    /// <summary>The columns as somebody chose them, after the button that was pressed did its work.</summary>
    public static ColumnChoice Typed(IFormCollection form)
    {
        var columns = form["column"]
            .OfType<string>()
            .Where(ListColumns.IsDrawn)
            .Distinct()
            .Take(ListChoices.MostColumns)
            .ToList();
        var focus = Arrange(columns, form["arrange"].ToString(), form["more"].ToString());
        return new ColumnChoice(columns, focus);
    }

    // "up:2", "down:2", "remove:2", or "add"; the answer is the button that then stands where the hand is.
    private static string? Arrange(List<string> columns, string arrange, string more)
    {
        var (what, at) =
            arrange.Split(':') is [var word, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < columns.Count
                ? (word, place)
                : (arrange, -1);
        switch (what)
        {
            case "up" when at > 0:
                (columns[at - 1], columns[at]) = (columns[at], columns[at - 1]);
                return at == 1 ? "down:0" : $"up:{at - 1}";
            case "down" when at >= 0 && at + 1 < columns.Count:
                (columns[at + 1], columns[at]) = (columns[at], columns[at + 1]);
                return at + 2 == columns.Count ? $"up:{at + 1}" : $"down:{at + 1}";
            case "remove" when at >= 0:
                columns.RemoveAt(at);
                return columns.Count == 0 ? "add" : $"remove:{Math.Min(at, columns.Count - 1)}";
            case "add"
                when ListColumns.IsDrawn(more) && !columns.Contains(more) && columns.Count < ListChoices.MostColumns:
                columns.Add(more);
                return "add";
            default:
                return null;
        }
    }
}

/// <summary>The columns of a list where they are chosen.</summary>
/// <param name="Choice">Those that it has.</param>
/// <param name="More">Those that it can have besides, with their headings.</param>
/// <param name="HeadingOf">The heading of a column.</param>
/// <param name="Address">Where the form goes that arranges them.</param>
public sealed record ColumnsView(
    ColumnChoice Choice,
    IEnumerable<(string Id, string Name)> More,
    Func<string, string> HeadingOf,
    string? Address
);
