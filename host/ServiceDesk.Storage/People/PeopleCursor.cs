using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ServiceDesk.Storage.People;

/// <summary>Where a page of people ended.</summary>
internal readonly record struct PeopleCursor(string Name, long Id)
{
    public static bool TryRead(string? text, out PeopleCursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text)).Split('\n', 2);
            if (
                parts.Length != 2
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || parts[1].Contains('\0', StringComparison.Ordinal)
            )
            {
                return false;
            }

            cursor = new PeopleCursor(parts[1], id);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    public override string ToString() =>
        WebEncoders.Base64UrlEncode(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}\n{Name}"))
        );
}
