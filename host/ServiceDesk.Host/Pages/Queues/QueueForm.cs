using System.Globalization;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Queues;

/// <summary>A desk's queue as a form writes it: drawn from a document, and read into one. What was typed stays, also when it is wrong.</summary>
public sealed record QueueForm
{
    private const string Korean = "ko";
    private const int MostColumns = 30;
    private const int LastPlace = 1_000_000;
    private const int UsualPlace = 100;

    /// <summary>Orders that the form offers, by the keys that they write.</summary>
    public static IReadOnlyList<(string Id, string Keys)> Orders { get; } =
    [
        ("breach", "remaining"),
        ("priority", "priority DESC, remaining"),
        ("updated", "updated DESC"),
        ("newest", "created DESC"),
        ("oldest", "created"),
    ];

    /// <summary>Icons that the form offers.</summary>
    public static IReadOnlyList<string> Icons { get; } =
    [
        "inbox",
        "user",
        "users-group",
        "alert-triangle",
        "clock",
        "bolt",
        "building",
        "tag",
        "circle-check",
        "history",
        "bug",
        "key",
        "server",
        "printer",
        "mail",
        "phone",
        "star",
        "flag",
    ];

    public string Name { get; init; } = "";
    public string NameKo { get; init; } = "";
    public string Desk { get; init; } = "";
    public string Query { get; init; } = "";
    public string Icon { get; init; } = "inbox";
    public string Place { get; init; } = "100";

    /// <summary>The column by which the list is grouped; empty is none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Lines on a page; empty is the usual number.</summary>
    public string Rows { get; init; } = "";

    /// <summary>The columns in order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = ListColumns.Default;

    /// <summary>The button on which the focus stays after it was pressed; null at first.</summary>
    public string? Focus { get; private init; }

    /// <summary>The offered order that the query has; null for none or one of its own.</summary>
    public string? Order => Orders.FirstOrDefault(one => one.Keys == OrderKeys(Query)).Id;

    /// <summary>The form of a document.</summary>
    public static QueueForm Of(QueueDocument document) =>
        new()
        {
            Name = document.Name.In("en"),
            NameKo = document.Name.Texts.Find(Korean) ?? "",
            Desk = document.Desk,
            Query = document.Query,
            Icon = document.Icon,
            Place = document.Order.ToString(CultureInfo.InvariantCulture),
            Group = document.Group ?? "",
            Rows = document.Rows?.ToString(CultureInfo.InvariantCulture) ?? "",
            Columns = ListColumns.Of(document),
        };

    /// <summary>The form as somebody filled it, after the button that was pressed did its work on the columns.</summary>
    /// <param name="form">What was sent.</param>
    public static QueueForm Typed(IFormCollection form)
    {
        var columns = form["column"].OfType<string>().Where(ListColumns.IsDrawn).Distinct().Take(MostColumns).ToList();
        var query = Text(form, "query").Trim();
        var order = Orders.FirstOrDefault(one => one.Id == Text(form, "order"));
        var focus = Arrange(columns, Text(form, "arrange"), Text(form, "more"));
        return new QueueForm
        {
            Name = Text(form, "name").Trim(),
            NameKo = Text(form, "nameKo").Trim(),
            Desk = Text(form, "desk"),
            Query = order.Keys is { } keys && order.Id != Text(form, "orderWas") ? Reordered(query, keys) : query,
            Icon = Text(form, "icon").Trim(),
            Place = Text(form, "place").Trim(),
            Group = Text(form, "group"),
            Rows = Text(form, "rows"),
            Columns = columns,
            Focus = focus,
        };
    }

    /// <summary>The document that it says; what is wrong in itself is told at its input.</summary>
    /// <param name="id">The document's id; null makes one of desk and name.</param>
    public QueueDocument Read(string? id, FormErrors errors)
    {
        if (Name.Length is 0 or > 200 || NameKo.Length > 200)
        {
            errors.Add("name", "administration.name-wrong");
        }

        var place = UsualPlace;
        if (
            Place.Length > 0
            && (!int.TryParse(Place, NumberStyles.None, CultureInfo.InvariantCulture, out place) || place > LastPlace)
        )
        {
            errors.Add("place", "duty.number-wrong");
        }

        return new QueueDocument
        {
            Id = id ?? RuleIds.From($"{Desk} {Name}", "queue"),
            Name = NameKo.Length == 0 ? LocalizedText.Of(Name) : LocalizedText.Of(Name, NameKo),
            Desk = Desk,
            Query = Query,
            Columns = Columns.ToValueList(),
            Icon = Icon.Length == 0 ? "inbox" : Icon,
            Group = Group.Length == 0 ? null : Group,
            Rows = int.TryParse(Rows, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : null,
            Order = place,
        };
    }

    /// <summary>The input at a place of the document; null for the whole.</summary>
    public static string? InputAt(string path) =>
        path.Split('/') is [_, var first, ..]
            ? first switch
            {
                "name" or "desk" or "query" or "icon" or "group" or "rows" => first,
                "columns" => "column",
                "order" => "place",
                _ => null,
            }
            : null;

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
            case "add" when ListColumns.IsDrawn(more) && !columns.Contains(more) && columns.Count < MostColumns:
                columns.Add(more);
                return "add";
            default:
                return null;
        }
    }

    private static string Text(IFormCollection form, string name) => form[name].ToString();

    private static string? OrderKeys(string query)
    {
        try
        {
            return QueryText.OrderOf(query);
        }
        catch (QueryException)
        {
            return null;
        }
    }

    // A query with an open quote has no end that an order could be put at; it is told as it is.
    private static string Reordered(string query, string keys)
    {
        try
        {
            return QueryText.Reorder(query, keys);
        }
        catch (QueryException)
        {
            return query;
        }
    }
}
