using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ServiceDesk.Core.Configuration.Yaml;

/// <summary>How a text is written in YAML, always the same way: plain where every YAML reader takes it for the same text, as a block where it has lines, else quoted.</summary>
internal static partial class YamlText
{
    private static readonly SearchValues<char> Indicators = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`=<");

    /// <summary>Writes a text without line breaks of its own: plain or quoted.</summary>
    public static string Inline(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>Whether the text can be a literal block and come back unchanged.</summary>
    public static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && text.Split('\n').All(line => line.Length == 0 || (line[^1] != ' ' && IsPrintable(line)));

    private static bool IsPlain(string text) =>
        text.Length > 0
        && !Indicators.Contains(text[0])
        && text[0] != ' '
        && text[^1] is not (' ' or ':')
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && !text.StartsWith("...", StringComparison.Ordinal)
        && IsPrintable(text)
        && !LooksLikeAnotherType().IsMatch(text);

    private static bool IsPrintable(string text)
    {
        foreach (var character in text)
        {
            var isOrdinary = character is >= ' ' and < '\u007f' or >= '\u00a0';
            if (
                !isOrdinary
                || char.IsSurrogate(character)
                || character is '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff'
                || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
                    && character != ' '
            )
            {
                return false;
            }
        }

        return true;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text, index))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text[index], text[++index]):X8}");
                continue;
            }

            quoted.Append(Escaped(text[index]));
        }

        return quoted.Append('"').ToString();
    }

    private static string Escaped(char character) =>
        character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ when IsPrintable(character.ToString()) => character.ToString(),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
        };

    // Words and numbers of YAML 1.1 and 1.2, so that no reader makes a flag, number, date or time of a text.
    [GeneratedRegex(
        @"^(~|null|true|false|yes|no|on|off|y|n|[-+]?\.?(inf|nan)|[-+]?[0-9.][0-9_.:eE+xoXa-fA-F-]*(T.*|Z)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex LooksLikeAnotherType();
}
