using System.Text;
using CsvHelper;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Import;

/// <summary>A table as it was read.</summary>
/// <param name="Headers">The first line, trimmed.</param>
/// <param name="Lines">The lines with anything in them.</param>
/// <param name="Encoding">What the bytes were taken for.</param>
public sealed record CsvTable(IReadOnlyList<string> Headers, IReadOnlyList<CsvLine> Lines, string Encoding);

/// <summary>A line of a table.</summary>
/// <param name="Number">The line of the file on which it ends; 1 for the headers.</param>
/// <param name="IsBroken">Whether its quotes do not fit together.</param>
public sealed record CsvLine(int Number, IReadOnlyList<string> Cells, bool IsBroken);

/// <summary>
/// Reads a table of comma-separated values as Excel and other systems write it: with or without a mark of its encoding, UTF-8 or
/// Korean CP949, parted by commas, semicolons or tabs, with quotes and line breaks in them.
/// </summary>
public static class CsvReading
{
    /// <summary>The most bytes of a file.</summary>
    public const int Largest = 10 * 1024 * 1024;

    /// <summary>The most lines.</summary>
    public const int MostLines = 5000;

    private const int LongestCell = 30_000;
    private const int LongestLine = 256 * 1024;
    private const int MostColumns = 100;

    /// <summary>The table, or why it is none. Never throws on what is in the bytes.</summary>
    public static (CsvTable? Table, Refusal? Refusal) Read(byte[] bytes)
    {
        if (bytes.Length > Largest)
        {
            return (null, Refusal.Invalid("crm.refusal.large-file", "file", "10"));
        }

        var (text, encoding) = Decode(bytes);
        if (text is null || text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, Refusal.Invalid("crm.refusal.no-table", "file"));
        }

        try
        {
            return Parse(text, encoding);
        }
        catch (CsvFormatException)
        {
            // A line that never ends: an open quote in front of the rest of the file.
            return (null, Refusal.Invalid("crm.refusal.open-quote", "file"));
        }
    }

    private static (CsvTable? Table, Refusal? Refusal) Parse(string text, string encoding)
    {
        var isBroken = false;
        var options = new CsvReaderOptions
        {
            Separator = DelimiterOf(text),
            HasHeader = false,
            MaxRecordSize = LongestLine,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = _ => isBroken = true,
        };
        using var reader = CsvReader.Create(new StringReader(text), options);
        if (!reader.Read() || reader.Current.ToArray() is not { } headers || headers.All(string.IsNullOrWhiteSpace))
        {
            return (null, Refusal.Invalid("crm.refusal.no-table", "file"));
        }

        if (headers.Length > MostColumns)
        {
            return (null, Refusal.Invalid("crm.refusal.too-many-columns", "file", $"{MostColumns}"));
        }

        var lines = new List<CsvLine>();
        while (true)
        {
            isBroken = false;
            if (!reader.Read())
            {
                break;
            }

            var cells = reader.Current.ToArray();
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (lines.Count == MostLines)
            {
                return (null, Refusal.Invalid("crm.refusal.too-many-lines", "file", $"{MostLines}"));
            }

            isBroken |= cells.Length > headers.Length || Array.Exists(cells, cell => cell.Length > LongestCell);
            lines.Add(new CsvLine((int)reader.LineNumber, [.. cells.Take(headers.Length).Select(Plain)], isBroken));
        }

        return (new CsvTable([.. headers.Select(header => Plain(header).Trim())], lines, encoding), null);
    }

    // The apostrophe that the export puts before what a spreadsheet would take for a formula.
    private static string Plain(string cell)
    {
        var trimmed = cell.Trim();
        return trimmed.Length > 1 && trimmed[0] == '\'' && CsvWriting.LooksLikeFormula(trimmed[1..])
            ? trimmed[1..]
            : trimmed;
    }

    private static char DelimiterOf(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var first = text.AsSpan(0, Math.Min(end < 0 ? text.Length : end, 10_000));
        var (commas, semicolons, tabs) = (first.Count(','), first.Count(';'), first.Count('\t'));
        return tabs > commas && tabs >= semicolons ? '\t'
            : semicolons > commas ? ';'
            : ',';
    }

    private static (string? Text, string Encoding) Decode(byte[] bytes)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => (
                    Strict(Encoding.UTF8.CodePage).GetString(bytes, 3, bytes.Length - 3),
                    "UTF-8"
                ),
                [0xFF, 0xFE, ..] => (Strict(1200).GetString(bytes, 2, bytes.Length - 2), "UTF-16"),
                [0xFE, 0xFF, ..] => (Strict(1201).GetString(bytes, 2, bytes.Length - 2), "UTF-16"),
                _ => (Strict(Encoding.UTF8.CodePage).GetString(bytes), "UTF-8"),
            };
        }
        catch (DecoderFallbackException)
        {
            // What is not UTF-8 is what Excel writes on a Korean Windows.
        }

        try
        {
            return (Korean().GetString(bytes), "CP949");
        }
        catch (DecoderFallbackException)
        {
            return (null, "");
        }
    }

    private static Encoding Strict(int codePage) =>
        Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static Encoding Korean() =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            949,
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback
        )!;
}
