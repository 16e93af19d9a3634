using System.Globalization;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Building;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Queues;

/// <summary>The rows of the builder: read from a query's text, or from its own inputs, and written as text again.</summary>
/// <param name="IsAny">Whether one group is enough.</param>
/// <param name="Rows">The rows, group by group.</param>
/// <param name="Order">The order, which it keeps.</param>
/// <param name="Focus">The row that was added; null for none.</param>
public sealed record BuilderView(bool IsAny, IReadOnlyList<BuilderRow> Rows, string Order, int? Focus)
{
    /// <summary>The query that the rows write; rows without values are left out.</summary>
    public string Query =>
        new QueryRows(
            IsAny,
            Rows.Where(row => row.IsWhole)
                .GroupBy(row => row.Group)
                .Select(group => group.Select(row => row.ToRow()).ToValueList())
                .ToValueList(),
            Order
        ).Text;

    /// <summary>The rows of a text; null where rows cannot show it.</summary>
    public static BuilderView? Of(string text, QueryCatalog catalog, QueryScope scope)
    {
        if (!QueryParser.TryParse(text, out var query, out _) || QueryRows.Of(query) is not { } rows)
        {
            return null;
        }

        var shown = new List<BuilderRow>();
        foreach (var (group, of) in rows.Groups.Index())
        {
            foreach (var row in of)
            {
                if (
                    catalog.Find(row.Field, scope) is not { } field
                    || !BuilderRow.OperatorsOf(field).Contains(row.Operator)
                    || row.Values.Any(value => !IsShown(field, value))
                )
                {
                    return null;
                }

                shown.Add(
                    new BuilderRow(group, field, row.Operator, [.. row.Values.Select(value => Typed(field, value))])
                );
            }
        }

        return new BuilderView(rows.IsAny, shown, rows.Order, null);
    }

    /// <summary>The rows as the builder's inputs have them, after what its button says.</summary>
    public static BuilderView Posted(IQueryCollection given, QueryCatalog catalog, QueryScope scope)
    {
        var rows = new List<BuilderRow>();
        foreach (var (at, group) in given["b.g"].Take(QueryRows.Most).Index())
        {
            if (
                catalog.Find(given[$"b.f.{at}"].ToString(), scope) is { } field
                && Enum.TryParse<QueryOperator>(given[$"b.o.{at}"].ToString(), out var @operator)
                && !@operator.ReadsHistory()
                && int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            )
            {
                var values = given[$"b.v.{at}"].Select(value => value ?? "").ToList();
                rows.Add(new BuilderRow(place, field, @operator, values).Fitted());
            }
        }

        var isAny = given["b.any"] == "true";
        var order = given["b.order"].ToString();
        var view = new BuilderView(isAny, rows, IsOrder(order) ? order : "", null);
        return view.Done(given["b.do"].ToString(), catalog);
    }

    private BuilderView Done(string what, QueryCatalog catalog)
    {
        var (word, at) =
            what.Split(':') is [var first, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? (first, place)
                : (what, -1);
        var groups = Rows.Select(row => row.Group).DefaultIfEmpty(-1).Max() + 1;
        return word switch
        {
            "add" when Rows.Count < QueryRows.Most => With(Rows.Count, New(groups, catalog)),
            "beside" when at >= 0 && at < Rows.Count && Rows.Count < QueryRows.Most => With(
                Rows.ToList().FindLastIndex(row => row.Group == Rows[at].Group) + 1,
                New(Rows[at].Group, catalog)
            ),
            "remove" when at >= 0 && at < Rows.Count => this with { Rows = [.. Rows.Where((_, index) => index != at)] },
            "field" when at >= 0 && at < Rows.Count => this with
            {
                Rows = [.. Rows.Select((row, index) => index == at ? row.Moved() : row)],
            },
            _ => this,
        };
    }

    private BuilderView With(int at, BuilderRow row) =>
        this with
        {
            Rows = [.. Rows.Take(at), row, .. Rows.Skip(at)],
            Focus = at,
        };

    private static BuilderRow New(int group, QueryCatalog catalog) =>
        new(group, catalog.Find("status")!, QueryOperator.Equal, []);

    // Values are shown by the choices that they name: another spelling of one is that one.
    private static string Typed(QueryField field, ValueSyntax value) =>
        value.Arguments is null && ChoiceOf(field, value) is { } choice ? choice.Id : TypedValue.Write(value);

    private static bool IsShown(QueryField field, ValueSyntax value) =>
        (field.Choices.Count == 0 || (value.Arguments is null && ChoiceOf(field, value) is not null))
        && (field.Kind != QueryValueKind.Flag || value.Text is "true" or "false");

    private static QueryChoice? ChoiceOf(QueryField field, ValueSyntax value) =>
        field.Choices.FirstOrDefault(choice => Folding.Fold(choice.Id) == Folding.Fold(value.Text.Trim()));

    private static bool IsOrder(string order) =>
        order.Length == 0
        || (
            QueryParser.TryParse($"ORDER BY {order}", out var query, out _)
            && query is { Filter: null }
            && QueryWriter.Order(query.Order) == order
        );
}
