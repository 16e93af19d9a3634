using System.Linq.Expressions;

namespace ServiceDesk.Storage.Queries.Paging;

/// <summary>An expression over ticket rows by which a list is ordered.</summary>
/// <param name="Value">Of type int, long, double or string, or nullable.</param>
/// <param name="IsDescending">Whether the greatest comes first. Nulls come last in either direction.</param>
/// <param name="IsNullable">Whether the value can be null.</param>
internal sealed record SortColumn(Expression Value, bool IsDescending, bool IsNullable)
{
    /// <summary>The type of a value that is not null.</summary>
    public Type Type => Nullable.GetUnderlyingType(Value.Type) ?? Value.Type;
}
