using System.Text;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>Writes a query in its canonical form, which reads as the same query again. Pure.</summary>
public static class QueryWriter
{
    private static readonly string[] Reserved = ["AND", "OR", "NOT", "IN", "IS", "ORDER"];

    /// <summary>The whole query.</summary>
    public static string Write(QuerySyntax query)
    {
        var filter = query.Filter is { } condition ? Write(condition) : string.Empty;
        return query.Order.Count == 0 ? filter : $"{filter} ORDER BY {Order(query.Order)}".Trim();
    }

    /// <summary>A condition.</summary>
    public static string Write(ConditionSyntax condition) =>
        condition switch
        {
            AndSyntax and => string.Join(" AND ", and.Parts.Select(Part)),
            OrSyntax or => string.Join(" OR ", or.Parts.Select(Part)),
            NotSyntax not => $"NOT {Part(not.Part)}",
            ComparisonSyntax comparison => Comparison(comparison),
            FunctionSyntax function => Subject(function.Subject),
            _ => throw new InvalidOperationException($"No such condition: {condition.GetType().Name}"),
        };

    /// <summary>Keys of an order as they stand behind <c>ORDER BY</c>.</summary>
    public static string Order(IEnumerable<SortSyntax> order) =>
        string.Join(", ", order.Select(key => Subject(key.Subject) + (key.Descending ? " DESC" : string.Empty)));

    private static string Part(ConditionSyntax condition) =>
        condition is AndSyntax or OrSyntax ? $"({Write(condition)})" : Write(condition);

    private static string Comparison(ComparisonSyntax comparison)
    {
        var text = new StringBuilder($"{Subject(comparison.Subject)} {comparison.Operator.Symbol()}");
        if (
            comparison.Operator
                is QueryOperator.In
                    or QueryOperator.NotIn
                    or QueryOperator.WasIn
                    or QueryOperator.WasNotIn
            || comparison.Operator == QueryOperator.During
        )
        {
            text.Append(' ').Append(List(comparison.Values));
        }
        else if (comparison.Values.Count > 0)
        {
            text.Append(' ').Append(Value(comparison.Values[0]));
        }

        foreach (var clause in comparison.Clauses)
        {
            var values =
                clause.Values.Count == 1 && clause.Kind != HistoryClause.During
                    ? Value(clause.Values[0])
                    : List(clause.Values);
            text.Append(' ').Append(clause.Kind.Word()).Append(' ').Append(values);
        }

        return text.ToString();
    }

    private static string Subject(SubjectSyntax subject) =>
        subject.Argument is { } argument ? $"{subject.Name}({Value(argument)})" : Name(subject.Name);

    private static string Name(string name) =>
        name.Length > 0
        && !name.Any(character => char.IsWhiteSpace(character) || QueryLexer.IsDelimiter(character))
        && !Reserved.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name
            : QueryText.Quote(name);

    private static string List(ValueList<ValueSyntax> values) => $"({string.Join(", ", values.Select(Value))})";

    private static string Value(ValueSyntax value) =>
        value.Arguments is { } arguments ? $"{value.Text}{List(arguments)}"
        : value.IsQuoted ? QueryText.Quote(value.Text)
        : value.Text;
}
