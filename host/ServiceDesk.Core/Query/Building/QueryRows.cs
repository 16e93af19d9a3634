using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Building;

/// <summary>A row of the builder: a comparison of a field with values.</summary>
/// <param name="Field">The field as it is written.</param>
/// <param name="Operator">How it is compared; not with the past.</param>
/// <param name="Values">What it is compared with; none for empty and not empty, both ends of a span.</param>
public sealed record QueryRow(string Field, QueryOperator Operator, ValueList<ValueSyntax> Values);

/// <summary>
/// A query as the builder shows it: groups of rows and an order, which it keeps. Where all groups must hold, one row of each
/// must; where one group must, all rows of it must. Pure; what is written of rows reads as the same rows again.
/// </summary>
/// <param name="IsAny">Whether one group is enough.</param>
/// <param name="Groups">The groups, each of at least one row; none is every ticket.</param>
/// <param name="Order">The order as it stands behind <c>ORDER BY</c>; empty for none.</param>
public sealed record QueryRows(bool IsAny, ValueList<ValueList<QueryRow>> Groups, string Order)
{
    /// <summary>How many rows are shown.</summary>
    public const int Most = 40;

    /// <summary>The rows of a query; null where rows cannot show it: NOT, parentheses in parentheses, functions as fields, or what a ticket was before.</summary>
    public static QueryRows? Of(QuerySyntax query)
    {
        var (isAny, parts) = query.Filter switch
        {
            null => (false, []),
            OrSyntax or => (true, or.Parts),
            AndSyntax and => (false, and.Parts),
            var one => (false, [one]),
        };
        var groups = new List<ValueList<QueryRow>>();
        foreach (var part in parts)
        {
            var rows = part switch
            {
                AndSyntax all when isAny => Rows(all.Parts),
                OrSyntax some when !isAny => Rows(some.Parts),
                _ => Rows([part]),
            };
            if (rows is null)
            {
                return null;
            }

            groups.Add(rows);
        }

        return groups.Sum(rows => rows.Count) <= Most
            ? new QueryRows(isAny, groups.ToValueList(), QueryWriter.Order(query.Order))
            : null;
    }

    /// <summary>The query of the rows in canonical form.</summary>
    public string Text
    {
        get
        {
            var groups = Groups.Select(rows => Joined([.. rows.Select(Condition)], !IsAny)).ToList();
            var filter = groups.Count == 0 ? string.Empty : QueryWriter.Write(Joined(groups, IsAny));
            return Order.Length == 0 ? filter : $"{filter} ORDER BY {Order}".Trim();
        }
    }

    /// <summary>The same where one group stands alone as its text reads: each of its rows is a group then.</summary>
    public QueryRows Normal() =>
        Groups is [{ Count: > 1 } only]
            ? this with
            {
                IsAny = !IsAny,
                Groups = only.Select(row => ValueList.Create<QueryRow>([row])).ToValueList(),
            }
        : Groups.Count > 1 ? this
        : this with { IsAny = false };

    private static ValueList<QueryRow>? Rows(ValueList<ConditionSyntax> parts)
    {
        var rows = new List<QueryRow>();
        foreach (var part in parts)
        {
            if (
                part is not ComparisonSyntax { Subject.Argument: null } comparison
                || comparison.Operator.ReadsHistory()
            )
            {
                return null;
            }

            rows.Add(new QueryRow(comparison.Subject.Name, comparison.Operator, Placeless(comparison.Values)));
        }

        return rows.ToValueList();
    }

    private static ValueList<ValueSyntax> Placeless(ValueList<ValueSyntax> values) =>
        values
            .Select(value =>
                value with
                {
                    Span = default,
                    Arguments = value.Arguments is { } inner ? Placeless(inner) : null,
                }
            )
            .ToValueList();

    private static ConditionSyntax Condition(QueryRow row) =>
        new ComparisonSyntax(new SubjectSyntax(row.Field, null, default), row.Operator, default, row.Values, default);

    private static ConditionSyntax Joined(IReadOnlyList<ConditionSyntax> parts, bool isAny) =>
        parts.Count == 1 ? parts[0]
        : isAny ? new OrSyntax(parts.ToValueList(), default)
        : new AndSyntax(parts.ToValueList(), default);
}
