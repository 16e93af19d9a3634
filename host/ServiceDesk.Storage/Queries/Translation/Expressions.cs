using System.Linq.Expressions;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Builds conditions on ticket rows. Values become parameters of the statement, never its text.</summary>
internal static class Expressions
{
    private static readonly ParameterExpression Row = Expression.Parameter(typeof(TicketRow), "t");

    /// <summary>Holds for every row, or for none.</summary>
    public static Expression<Func<TicketRow, bool>> Constant(bool value) => Condition(Expression.Constant(value));

    /// <summary>Every part holds.</summary>
    public static Expression<Func<TicketRow, bool>> All(IReadOnlyList<Expression<Func<TicketRow, bool>>> parts) =>
        parts.Count == 0 ? Constant(true) : Condition(Balanced(parts, 0, parts.Count, Expression.AndAlso));

    /// <summary>Some part holds.</summary>
    public static Expression<Func<TicketRow, bool>> Any(IReadOnlyList<Expression<Func<TicketRow, bool>>> parts) =>
        parts.Count == 0 ? Constant(false) : Condition(Balanced(parts, 0, parts.Count, Expression.OrElse));

    /// <summary>The part does not hold.</summary>
    public static Expression<Func<TicketRow, bool>> Not(Expression<Func<TicketRow, bool>> part) =>
        Condition(Expression.Not(Body(part)));

    /// <summary>The column is one of the values. A null is none of them.</summary>
    public static Expression<Func<TicketRow, bool>> In<T>(
        Expression<Func<TicketRow, T>> column,
        IReadOnlyList<T> values
    )
    {
        var body = Body(column);
        Expression test = values.Count switch
        {
            0 => Expression.Constant(false),
            1 => Expression.Equal(body, Parameter(values[0])),
            _ => Expression.Call(
                typeof(Enumerable),
                nameof(Enumerable.Contains),
                [typeof(T)],
                Parameter(values.ToArray()),
                body
            ),
        };
        return Condition(values.Count > 0 && default(T) is null ? Expression.AndAlso(NotNull(body), test) : test);
    }

    /// <summary>The column is not null.</summary>
    public static Expression<Func<TicketRow, bool>> NotNull<T>(Expression<Func<TicketRow, T>> column) =>
        Condition(NotNull(Body(column)));

    /// <summary>A condition over what the body reads of the common row.</summary>
    public static Expression<Func<TicketRow, bool>> Condition(Expression body) =>
        Expression.Lambda<Func<TicketRow, bool>>(body, Row);

    /// <summary>The body of a lambda over the common row.</summary>
    public static Expression Body(LambdaExpression lambda) => new Rebind(lambda.Parameters[0]).Visit(lambda.Body);

    /// <summary>The value as a parameter.</summary>
    public static Expression Parameter<T>(T value) =>
        Expression.Property(Expression.Constant(new Box<T>(value)), nameof(Box<>.Value));

    /// <summary>The value as a parameter of a type known only now.</summary>
    public static Expression Parameter(object value, Type type) =>
        Expression.Property(
            Expression.Constant(Activator.CreateInstance(typeof(Box<>).MakeGenericType(type), value)),
            nameof(Box<>.Value)
        );

    private static BinaryExpression NotNull(Expression body) =>
        Expression.NotEqual(body, Expression.Constant(null, body.Type));

    /// <summary>As a balanced tree, since databases limit how deep an expression may be.</summary>
    private static Expression Balanced(
        IReadOnlyList<Expression<Func<TicketRow, bool>>> parts,
        int start,
        int count,
        Func<Expression, Expression, Expression> join
    ) =>
        count == 1
            ? Body(parts[start])
            : join(
                Balanced(parts, start, count / 2, join),
                Balanced(parts, start + count / 2, count - count / 2, join)
            );

    private sealed record Box<T>(T Value);

    private sealed class Rebind(ParameterExpression from) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? Row : node;
    }
}
