using System.Globalization;

namespace ServiceDesk.Host.Api.Answers;

/// <summary>How many items a page of a list holds, as the request says it.</summary>
internal static class PageLimit
{
    /// <summary>The most.</summary>
    public const int Most = 200;

    private const int Usual = 50;

    /// <summary>Reads the parameter; without one it is the usual number.</summary>
    /// <returns>Whether it is a whole number from 1 to <see cref="Most"/>.</returns>
    public static bool TryRead(string? text, out int limit)
    {
        limit = Usual;
        return text is null
            || (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= Most
            );
    }

    /// <summary>Reads a cursor that is the number of the last item of the page before.</summary>
    /// <returns>Whether it is a number, or missing.</returns>
    public static bool TryReadId(string? text, out long? before)
    {
        before = null;
        if (text is null)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        before = id;
        return isNumber;
    }
}
