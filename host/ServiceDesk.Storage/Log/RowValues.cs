using System.Globalization;

namespace ServiceDesk.Storage.Log;

/// <summary>Compares values of rows. Drivers give whole numbers and flags in types of their own.</summary>
internal static class RowValues
{
    /// <summary>Whether the first values of two rows are the same.</summary>
    public static bool Same(object?[] left, object?[] right, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var same = (left[index], right[index]) switch
            {
                (null, null) => true,
                (null, _) or (_, null) => false,
                (string a, string b) => a == b,
                (double or float, _) or (_, double or float) => Number(left[index]!) == Number(right[index]!),
                var (a, b) => Whole(a!) == Whole(b!),
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two sets of rows are the same, in whatever order.</summary>
    public static bool SameSet(IReadOnlyCollection<object?[]> left, IReadOnlyCollection<object?[]> right) =>
        left.Count == right.Count
        && left.All(row => right.Any(other => other.Length == row.Length && Same(row, other, row.Length)));

    /// <summary>A whole number of whatever type.</summary>
    public static long Whole(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
