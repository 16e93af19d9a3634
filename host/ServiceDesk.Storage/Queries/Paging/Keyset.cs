using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries.Paging;

/// <summary>
/// Orders rows and goes on after a row, by comparing with its values instead of counting rows: a page costs the same at any
/// depth, and rows that come or go meanwhile neither repeat nor hide others. The list has two stretches: tickets with a value
/// in the first column, which an index can give in order, and after them those without one.
/// </summary>
internal sealed class Keyset(IReadOnlyList<SortColumn> columns)
{
    /// <summary>The types of the values that a cursor holds.</summary>
    public IReadOnlyList<Type> Types { get; } = [.. columns.Select(column => column.Type)];

    /// <summary>Whether there can be tickets without a value in the first column.</summary>
    public bool HasTail => columns[0].IsNullable;

    /// <summary>The rows of a stretch in order, after the cursor when it lies in the stretch.</summary>
    public IQueryable<TicketRow> Stretch(IQueryable<TicketRow> rows, bool isTail, QueryCursor? after)
    {
        var inStretch = HasTail ? rows.Where(Expressions.Condition(IsNull(columns[0], isTail))) : rows;
        var rest =
            after is not null && after.IsInTail == isTail
                ? inStretch.Where(Expressions.Condition(After(isTail ? 1 : 0, after.Values, isFirst: true)))
                : inStretch;
        return Ordered(rest, isTail);
    }

    /// <summary>Reads the values of the columns of each row.</summary>
    public Expression<Func<TicketRow, object?[]>> Values() =>
        (Expression<Func<TicketRow, object?[]>>)
            Expression.Lambda(
                Expression.NewArrayInit(
                    typeof(object),
                    columns.Select(column => Expression.Convert(column.Value, typeof(object)))
                ),
                Expressions.Condition(Expression.Constant(true)).Parameters
            );

    private IQueryable<TicketRow> Ordered(IQueryable<TicketRow> rows, bool isTail)
    {
        var isFirst = true;
        foreach (var column in isTail ? columns.Skip(1) : columns)
        {
            if (column.IsNullable && column != columns[0])
            {
                rows = Order(rows, Flag(column), false, isFirst);
                isFirst = false;
            }

            rows = Order(rows, column.Value, column.IsDescending, isFirst);
            isFirst = false;
        }

        return rows;
    }

    private static IQueryable<TicketRow> Order(
        IQueryable<TicketRow> rows,
        Expression key,
        bool descending,
        bool isFirst
    )
    {
        var method = (isFirst, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            _ => nameof(Queryable.ThenByDescending),
        };
        var lambda = Expression.Lambda(key, Expressions.Condition(Expression.Constant(true)).Parameters);
        return rows.Provider.CreateQuery<TicketRow>(
            Expression.Call(
                typeof(Queryable),
                method,
                [typeof(TicketRow), key.Type],
                rows.Expression,
                Expression.Quote(lambda)
            )
        );
    }

    /// <summary>The rows after the values: greater in a column, or equal there and after in the next ones.</summary>
    private Expression After(int index, IReadOnlyList<object?> values, bool isFirst)
    {
        var column = columns[index];
        var isLast = index == columns.Count - 1;
        var rest = isLast ? null : After(index + 1, values, isFirst: false);
        if (values[index] is not { } value)
        {
            // Nothing comes after the empty ones but the rest of them.
            return rest is null ? IsNull(column, true) : Expression.AndAlso(IsNull(column, true), rest);
        }

        var beyond = Compare(column, value, orEqual: false);
        Expression after = rest is null
            ? beyond
            : Expression.OrElse(beyond, Expression.AndAlso(Equal(column, value), rest));
        if (column.IsNullable && index > 0)
        {
            return Expression.OrElse(after, IsNull(column, true));
        }

        // The first column alone bounds an index; databases do not see that through the OR.
        return isFirst && rest is not null ? Expression.AndAlso(Compare(column, value, orEqual: true), after) : after;
    }

    private static Expression Compare(SortColumn column, object value, bool orEqual)
    {
        var comparison = (column.IsDescending, orEqual) switch
        {
            (false, false) => Comparison.Greater,
            (false, true) => Comparison.GreaterOrEqual,
            (true, false) => Comparison.Less,
            _ => Comparison.LessOrEqual,
        };
        if (column.Type != typeof(string))
        {
            return Comparing.Of(comparison, column.Value, Expressions.Parameter(value, column.Type));
        }

        var sign = Expression.Call(
            typeof(string),
            nameof(string.Compare),
            [],
            column.Value,
            Expressions.Parameter(value, typeof(string))
        );
        return Comparing.Of(comparison, sign, Expression.Constant(0));
    }

    private static BinaryExpression Equal(SortColumn column, object value) =>
        Expression.Equal(
            column.Value,
            column.Value.Type == column.Type
                ? Expressions.Parameter(value, column.Type)
                : Expression.Convert(Expressions.Parameter(value, column.Type), column.Value.Type)
        );

    private static Expression Flag(SortColumn column) =>
        Expression.Condition(IsNull(column, true), Expression.Constant(1), Expression.Constant(0));

    private static BinaryExpression IsNull(SortColumn column, bool isNull)
    {
        var none = Expression.Constant(null, column.Value.Type);
        return isNull ? Expression.Equal(column.Value, none) : Expression.NotEqual(column.Value, none);
    }
}
