namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>A property of an iCalendar file.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">Its parameters by name in capitals.</param>
/// <param name="Value">As it stands.</param>
internal sealed record IcsProperty(int Line, string Name, IReadOnlyDictionary<string, string> Parameters, string Value);

/// <summary>Reads the lines of an iCalendar file (RFC 5545): unfolds them and takes them apart. What is no property is passed over.</summary>
internal static class IcsLines
{
    public static IEnumerable<IcsProperty> Of(string text)
    {
        var (open, begun, number) = ((string?)null, 0, 0);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (open is not null && line.Length > 0 && line[0] is ' ' or '\t')
            {
                open += line[1..];
                continue;
            }

            if (open is not null && Property(open, begun) is { } property)
            {
                yield return property;
            }

            (open, begun) = (line, number);
        }

        if (open is not null && Property(open, begun) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>A text value without its escapes.</summary>
    public static string Plain(string value) =>
        value
            .Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase)
            .Replace("\\,", ",", StringComparison.Ordinal)
            .Replace("\\;", ";", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);

    private static IcsProperty? Property(string line, int number)
    {
        var colon = EndOf(line, 0, ':');
        if (colon <= 0)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var here = EndOf(line[..colon], 0, ';');
        var name = line[..(here < 0 ? colon : here)].Trim().ToUpperInvariant();
        while (here >= 0 && here < colon)
        {
            var end = EndOf(line[..colon], here + 1, ';');
            var part = line[(here + 1)..(end < 0 ? colon : end)];
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                parameters[part[..equals].ToUpperInvariant()] = part[(equals + 1)..].Trim('"');
            }

            here = end;
        }

        return new IcsProperty(number, name, parameters, line[(colon + 1)..]);
    }

    // The first sign outside quotes.
    private static int EndOf(string line, int from, char sign)
    {
        var isQuoted = false;
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == sign && !isQuoted)
            {
                return i;
            }
        }

        return -1;
    }
}
