using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Order relations as expressions.</summary>
internal static class Comparing
{
    /// <summary>The column compares so with the value. A null compares with nothing.</summary>
    public static Expression Of(Comparison comparison, Expression column, Expression value)
    {
        var nullable = Nullable.GetUnderlyingType(column.Type) is not null;
        var present = nullable ? Expression.Property(column, nameof(Nullable<>.Value)) : column;
        Expression test = comparison switch
        {
            Comparison.Less => Expression.LessThan(present, value),
            Comparison.LessOrEqual => Expression.LessThanOrEqual(present, value),
            Comparison.Greater => Expression.GreaterThan(present, value),
            _ => Expression.GreaterThanOrEqual(present, value),
        };
        return nullable
            ? Expression.AndAlso(Expression.NotEqual(column, Expression.Constant(null, column.Type)), test)
            : test;
    }
}
