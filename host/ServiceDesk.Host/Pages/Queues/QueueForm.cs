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

    /// <summary>The columns.</summary>
    public ColumnChoice Columns { get; init; } = new(ListColumns.Default);

    /// <summary>The offered order that the query has; null for none or one of its own.</summary>
    public string? Order => OrderOf(Query);

    /// <summary>The offered order that a query has; null for none or one of its own.</summary>
    public static string? OrderOf(string query) => Orders.FirstOrDefault(one => one.Keys == OrderKeys(query)).Id;

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
            Columns = new ColumnChoice(ListColumns.Of(document)),
        };

    /// <summary>The form as somebody filled it, after the button that was pressed did its work on the columns.</summary>
    /// <param name="form">What was sent.</param>
    public static QueueForm Typed(IFormCollection form)
    {
        var query = Text(form, "query").Trim();
        return new QueueForm
        {
            Name = Text(form, "name").Trim(),
            NameKo = Text(form, "nameKo").Trim(),
            Desk = Text(form, "desk"),
            Query = InOrder(query, form),
            Icon = Text(form, "icon").Trim(),
            Place = Text(form, "place").Trim(),
            Group = Text(form, "group"),
            Rows = Text(form, "rows"),
            Columns = ColumnChoice.Typed(form),
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
            Columns = Columns.Names.ToValueList(),
            Icon = Icon.Length == 0 ? "inbox" : Icon,
            Group = Group.Length == 0 ? null : Group,
            Rows = int.TryParse(Rows, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? rows : null,
            Order = place,
        };
    }

    /// <summary>A query in the order that a form chose beside it, where that is another than it was.</summary>
    public static string InOrder(string query, IFormCollection form)
    {
        var order = Orders.FirstOrDefault(one => one.Id == Text(form, "order"));
        return order.Keys is { } keys && order.Id != Text(form, "orderWas") ? Reordered(query, keys) : query;
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
