using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Comparisons of <c>sla("…")</c>: states with <c>=</c>, <c>!=</c> and lists, time left with the others.</summary>
internal static class ClockBinder
{
    /// <summary>States as people write them.</summary>
    public static IReadOnlyList<string> States { get; } =
    [.. Enum.GetNames<ClockQuestion>().Select(name => name.ToLowerInvariant())];

    public static Predicate Bind(ComparisonSyntax comparison, ValueList<string> metrics)
    {
        var has = new HasClock(metrics);
        return comparison.Operator switch
        {
            QueryOperator.NotEmpty => has,
            QueryOperator.Empty => new Negation(has),
            QueryOperator.Equal or QueryOperator.In => AnyState(comparison, metrics),
            QueryOperator.NotEqual or QueryOperator.NotIn => new AllOf([
                has,
                new Negation(AnyState(comparison, metrics)),
            ]),
            _ => Left(comparison, metrics),
        };
    }

    private static AnyOf AnyState(ComparisonSyntax comparison, ValueList<string> metrics) =>
        new(comparison.Values.Select(value => (Predicate)new ClockIs(metrics, State(value))).ToValueList());

    private static ClockQuestion State(ValueSyntax value)
    {
        var text = Folding.Fold(value.Text.Trim());
        return value.Arguments is null && States.Contains(text)
            ? Enum.Parse<ClockQuestion>(text, ignoreCase: true)
            : throw QueryProblem.At("query.not-a-clock-state", value.Span, value.Text, string.Join(", ", States));
    }

    private static ClockLeft Left(ComparisonSyntax comparison, ValueList<string> metrics)
    {
        var value = comparison.Values[0];
        return value.Arguments is null && ValueWords.TryDuration(value.Text, out var left)
            ? new ClockLeft(metrics, comparison.Operator.ToComparison(), left)
            : throw QueryProblem.At("query.not-a-duration", value.Span, value.Text, "sla");
    }
}
