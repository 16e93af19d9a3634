using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>
/// Comparisons with time. A date is a whole day: <c>created = 2026-01-31</c> is on that day, <c>created &lt;= 2026-01-31</c>
/// up to its end, <c>created &gt; 2026-01-31</c> from the next day on.
/// </summary>
internal sealed class MomentBinder
{
    public Predicate Equal(QueryField field, ValueSyntax value)
    {
        var operand = Operand(value, field.Name);
        return new AllOf([
            Compare(field, false, operand, MomentEdge.Start),
            Compare(field, true, operand, MomentEdge.End),
        ]);
    }

    /// <summary>From the first instant of one to the last of another.</summary>
    public Predicate During(QueryField field, ValueList<ValueSyntax> ends) =>
        new AllOf([
            Compare(field, false, Operand(ends[0], field.Name), MomentEdge.Start),
            Compare(field, true, Operand(ends[1], field.Name), MomentEdge.End),
        ]);

    public Predicate Ordered(QueryField field, Comparison comparison, ValueSyntax value)
    {
        var operand = field.Kind == QueryValueKind.Remaining ? Left(field, value) : Operand(value, field.Name);
        return comparison switch
        {
            Comparison.Less => Compare(field, true, operand, MomentEdge.Start),
            Comparison.LessOrEqual => Compare(field, true, operand, MomentEdge.End),
            Comparison.Greater => Compare(field, false, operand, MomentEdge.End),
            _ => Compare(field, false, operand, MomentEdge.Start),
        };
    }

    private static Predicate Compare(QueryField field, bool isBefore, MomentOperand operand, MomentEdge edge) =>
        field.Slot is MomentSlot slot
            ? new MomentCompare(slot, isBefore, operand, edge)
            : new DateCompare(((TextSlot)field.Slot!).Field!, isBefore, operand, edge);

    /// <summary>The moment that a value names.</summary>
    /// <param name="subject">What it is compared with, for the error.</param>
    public static MomentOperand Operand(ValueSyntax value, string subject)
    {
        if (value.Arguments is not null)
        {
            return ValueFunctions.Moment(value);
        }

        return ValueWords.TryMoment(value.Text, out var moment)
            ? moment
            : throw QueryProblem.At("query.not-a-moment", value.Span, value.Text, subject);
    }

    /// <summary>Less than an hour left: due before an hour from now.</summary>
    private static FromNow Left(QueryField field, ValueSyntax value) =>
        value.Arguments is null && ValueWords.TryDuration(value.Text, out var left)
            ? new FromNow(left)
            : throw QueryProblem.At("query.not-a-duration", value.Span, value.Text, field.Name);
}
