using System.Globalization;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>
/// Comparisons that read what a ticket was before. <c>WAS</c> holds when the field has the value or had it at some moment of
/// the span, <c>CHANGED</c> when somebody or something changed it within the span. Both look at the whole life of the ticket
/// where no span is written; <c>WAS NOT</c> and <c>WAS NOT IN</c> are their plain opposites.
/// </summary>
internal sealed class HistoryBinder(ComparisonBinder comparisons)
{
    /// <summary>Who is named behind <c>BY</c>.</summary>
    public static QueryField By { get; } =
        new()
        {
            Name = "by",
            Kind = QueryValueKind.Person,
            Slot = new IdSlot(IdColumn.Assignee),
        };

    public Predicate Bind(QueryField field, ComparisonSyntax comparison)
    {
        var window = Window(comparison);
        return comparison.Operator switch
        {
            QueryOperator.Changed => new HasChanged(
                field.History!.Value,
                Clause(comparison, HistoryClause.From) is { } from ? Values(field, from) : null,
                Clause(comparison, HistoryClause.To) is { } to ? Values(field, to) : null,
                Clause(comparison, HistoryClause.By)?.SelectMany(one => comparisons.Identities(By, one)).ToValueList(),
                window
            ),
            QueryOperator.Was or QueryOperator.WasIn => Was(field, comparison.Values, window),
            _ => new Negation(Was(field, comparison.Values, window)),
        };
    }

    /// <summary>Had it before, or has it since a moment in the span.</summary>
    private AnyOf Was(QueryField field, ValueList<ValueSyntax> values, HistoryWindow window)
    {
        var past = new HadBefore(field.History!.Value, Values(field, values), window);
        var named = values.Where(value => !IsEmpty(value)).ToValueList();
        var now = new List<Predicate>();
        if (named.Count > 0)
        {
            now.Add(comparisons.AnyEqual(field, named));
        }

        if (named.Count < values.Count)
        {
            now.Add(new Negation(comparisons.Has(field)));
        }

        return new AnyOf([
            past,
            new AllOf([new AnyOf(now.ToValueList()), .. window.Until.SelectMany(bound => Began(field, bound))]),
        ]);
    }

    // What it has now it has since the last change, or since it was opened: nothing changed it from the end of the span on.
    private static IEnumerable<Predicate> Began(QueryField field, MomentBound until) =>
        [
            new MomentCompare(new MomentSlot(MomentColumn.Created), true, until.Operand, until.Edge),
            new Negation(new HasChanged(field.History!.Value, null, null, null, new HistoryWindow([until], []))),
        ];

    private HistoryValues Values(QueryField field, ValueList<ValueSyntax> values)
    {
        var named = values.Where(value => !IsEmpty(value)).ToList();
        var isEmpty = named.Count < values.Count;
        return field.Kind is QueryValueKind.Person or QueryValueKind.Team
            ? new HistoryValues([], named.SelectMany(one => comparisons.Identities(field, one)).ToValueList(), isEmpty)
            : new HistoryValues(
                named.SelectMany(one => comparisons.Choices(field, one)).Select(one => Kept(field, one)).ToValueList(),
                [],
                isEmpty
            );
    }

    private static string Kept(QueryField field, QueryChoice choice) =>
        field.Slot is NumberSlot ? choice.Value.ToString(CultureInfo.InvariantCulture) : choice.Id;

    /// <summary>The word <c>EMPTY</c> without quotes.</summary>
    internal static bool IsEmpty(ValueSyntax value) =>
        value is { IsQuoted: false, Arguments: null } && value.Text.ToUpperInvariant() is "EMPTY" or "NULL";

    private static ValueList<ValueSyntax>? Clause(ComparisonSyntax comparison, HistoryClause kind) =>
        comparison.Clauses.FirstOrDefault(clause => clause.Kind == kind)?.Values;

    private static HistoryWindow Window(ComparisonSyntax comparison)
    {
        var (since, until) = (new List<MomentBound>(), new List<MomentBound>());
        foreach (var clause in comparison.Clauses.Where(clause => clause.Kind > HistoryClause.By))
        {
            var first = MomentBinder.Operand(clause.Values[0], clause.Kind.Word());
            var last = MomentBinder.Operand(clause.Values[^1], clause.Kind.Word());
            if (clause.Kind != HistoryClause.Before)
            {
                var edge = clause.Kind == HistoryClause.After ? MomentEdge.End : MomentEdge.Start;
                since.Add(new MomentBound(first, edge));
            }

            if (clause.Kind != HistoryClause.After)
            {
                var edge = clause.Kind == HistoryClause.Before ? MomentEdge.Start : MomentEdge.End;
                until.Add(new MomentBound(last, edge));
            }
        }

        return new HistoryWindow(since.ToValueList(), until.ToValueList());
    }
}
