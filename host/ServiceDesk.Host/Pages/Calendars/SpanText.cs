using System.Globalization;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>The hours of a day on one line, as people write them: <c>09:00-12:00, 13:00-18:00</c>.</summary>
public static class SpanText
{
    private static readonly char[] Between = ['-', '–', '—', '~', '～'];

    /// <summary>Writes spans for a field.</summary>
    public static string Write(IEnumerable<WorkSpan> spans) =>
        string.Join(", ", spans.Select(span => $"{span.From}-{span.To}"));

    /// <summary>Reads spans: also <c>9-18</c> and <c>9:00~18:00</c>. What is no span comes back as it stands.</summary>
    public static (ValueList<WorkSpan> Spans, string? Wrong) Read(string text)
    {
        var spans = new List<WorkSpan>();
        foreach (
            var part in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            var ends = part.Split(Between, StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || Time(ends[0]) is not { } from || Time(ends[1]) is not { } to)
            {
                return ([], part);
            }

            spans.Add(new WorkSpan(from, to));
        }

        return (spans.ToValueList(), null);
    }

    private static string? Time(string text)
    {
        var parts = text.Split(':');
        var minute = 0;
        if (
            parts.Length > 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            || (parts.Length == 2 && !IsMinute(parts[1], out minute))
            || hour > 24
            || (hour == 24 && minute > 0)
        )
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");
    }

    private static bool IsMinute(string text, out int minute) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minute)
        && text.Length == 2
        && minute < 60;
}
