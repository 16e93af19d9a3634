using ServiceDesk.Core.Query.Building;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Host.Pages.Queues;

/// <summary>A row of the builder as its inputs have it; its values may still be missing.</summary>
/// <param name="Group">Which group it stands in.</param>
/// <param name="Field">The field.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Values">Values as people type them.</param>
public sealed record BuilderRow(int Group, QueryField Field, QueryOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Operators that the builder offers for a field.</summary>
    public static IEnumerable<QueryOperator> OperatorsOf(QueryField field) =>
        field.Operators.Where(one => !one.ReadsHistory());

    /// <summary>Whether no value belongs to the operator.</summary>
    public bool IsEmptiness => Operator is QueryOperator.Empty or QueryOperator.NotEmpty;

    /// <summary>Whether several values belong to it.</summary>
    public bool IsList => Operator is QueryOperator.In or QueryOperator.NotIn;

    /// <summary>Whether it says something yet.</summary>
    public bool IsWhole =>
        IsEmptiness
        || (
            Operator == QueryOperator.During
                ? Values.Count == 2 && Values.All(value => value.Trim().Length > 0)
                : Values.Any(value => value.Trim().Length > 0)
        );

    /// <summary>The row of the query.</summary>
    public QueryRow ToRow()
    {
        var given = Values
            .Where(value => value.Trim().Length > 0)
            .Select(value => TypedValue.Read(value, Field.Kind))
            .ToList();
        return new QueryRow(
            Field.Name,
            Operator,
            IsEmptiness ? []
                : IsList || Operator == QueryOperator.During ? [.. given]
                : [given[0]]
        );
    }

    /// <summary>The same for another field or operator: what does not fit is left out.</summary>
    public BuilderRow Fitted() =>
        this with
        {
            Operator = OperatorsOf(Field).Contains(Operator) ? Operator : OperatorsOf(Field).First(),
            Values = IsEmptiness ? [] : [.. Values.Where(Fits)],
        };

    /// <summary>The same after another field was chosen: words stay words, other values are left out.</summary>
    public BuilderRow Moved() =>
        Field.Choices.Count > 0
        || Field.Kind is QueryValueKind.Text or QueryValueKind.LongText or QueryValueKind.Search or QueryValueKind.Label
            ? this
            : this with
            {
                Values = [],
            };

    private bool Fits(string value) =>
        Field.Kind == QueryValueKind.Flag
            ? value is "true" or "false"
            : Field.Choices.Count == 0 || Field.Choices.Any(choice => choice.Id == value);
}
