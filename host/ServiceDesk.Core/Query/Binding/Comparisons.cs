using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Query.Binding;

internal static class Comparisons
{
    public static Comparison ToComparison(this QueryOperator @operator) =>
        @operator switch
        {
            QueryOperator.Less => Comparison.Less,
            QueryOperator.LessOrEqual => Comparison.LessOrEqual,
            QueryOperator.Greater => Comparison.Greater,
            QueryOperator.GreaterOrEqual => Comparison.GreaterOrEqual,
            _ => throw new InvalidOperationException($"{@operator} is no order relation."),
        };

    /// <summary>Whether the relation holds between two values whose comparison gave <paramref name="sign"/>.</summary>
    public static bool Holds(this Comparison comparison, int sign) =>
        comparison switch
        {
            Comparison.Less => sign < 0,
            Comparison.LessOrEqual => sign <= 0,
            Comparison.Greater => sign > 0,
            _ => sign >= 0,
        };
}
