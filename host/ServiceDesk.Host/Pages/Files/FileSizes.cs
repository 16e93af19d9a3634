using System.Globalization;

namespace ServiceDesk.Host.Pages.Files;

/// <summary>Sizes of files for people.</summary>
public static class FileSizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB"];

    /// <summary>A size with three digits at most: <c>812 B</c>, <c>1.4 MB</c>.</summary>
    public static string Write(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1000, unit + 1);
        }

        var format = unit == 0 || size >= 10 ? "0" : "0.#";
        return $"{size.ToString(format, CultureInfo.CurrentCulture)} {Units[unit]}";
    }
}
