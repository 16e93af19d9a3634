using System.Xml;

namespace ServiceDesk.Sdk.Values;

/// <summary>Text in files that spreadsheets open.</summary>
public static class SheetText
{
    /// <summary>
    /// A text that no spreadsheet takes for a formula: what begins with one of the characters that begin a formula, or with white
    /// space before one, gets an apostrophe in front. Characters that no file may hold are left out.
    /// </summary>
    public static string Harmless(string text)
    {
        var kept = string.Concat(text.Where(IsKept));
        var first = kept.AsSpan().TrimStart();
        return
            first.Length > 0 && "=+-@＝＋－＠".Contains(first[0], StringComparison.Ordinal)
            || kept is ['\t' or '\r' or '\n', ..]
            ? "'" + kept
            : kept;
    }

    private static bool IsKept(char character) => char.IsSurrogate(character) || XmlConvert.IsXmlChar(character);
}
