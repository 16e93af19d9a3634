using System.Text;

namespace ServiceDesk.Core.Automation;

/// <summary>
/// Texts of rules with places in double braces, such as <c>{{ticket.summary}}</c>. Nothing but places: what differs from case
/// to case is a rule's condition. A value never becomes a place itself.
/// </summary>
public static class RuleTemplate
{
    private const string Opens = "{{";
    private const string Closes = "}}";
    private const string Risky = @"\`*_[]<>#|~!&@$";

    /// <summary>The names in a text, in order. An opening without an end, or with nothing in it, is an empty name.</summary>
    public static IEnumerable<string> Names(string text) => Parts(text).Where(part => part.IsName).Select(p => p.Text);

    /// <summary>The text with its places filled.</summary>
    /// <param name="value">The value of a name; null leaves nothing.</param>
    public static string Fill(string text, Func<string, string?> value)
    {
        var filled = new StringBuilder();
        foreach (var (part, isName) in Parts(text))
        {
            filled.Append(isName ? value(part) : part);
        }

        return filled.ToString();
    }

    /// <summary>A value as it stands in Markdown: on one line, and as the very characters that it is, so that a customer's words make no link, heading or picture of the desk's.</summary>
    public static string InMarkdown(string value)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var escaped = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            if (Risky.Contains(line[i], StringComparison.Ordinal) || BeginsLink(line, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(line[i]);
        }

        return escaped.ToString();
    }

    // Addresses become links by themselves: http://…, mailto:…, www.…
    private static bool BeginsLink(string line, int place) =>
        line[place] == ':'
        || (line[place] == '.' && line.AsSpan(0, place).EndsWith("www", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Text, bool IsName)> Parts(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var opening = text.IndexOf(Opens, at, StringComparison.Ordinal);
            if (opening < 0)
            {
                yield return (text[at..], false);
                yield break;
            }

            yield return (text[at..opening], false);
            var closing = text.IndexOf(Closes, opening, StringComparison.Ordinal);
            if (closing < 0)
            {
                yield return ("", true);
                yield break;
            }

            yield return (text[(opening + Opens.Length)..closing].Trim(), true);
            at = closing + Closes.Length;
        }
    }
}
