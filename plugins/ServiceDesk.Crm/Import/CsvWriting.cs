using System.Globalization;
using CsvHelper;

namespace ServiceDesk.Crm.Import;

/// <summary>Writes lists for spreadsheets: UTF-8 with a mark, so that Excel reads Korean, and no cell that it takes for a formula.</summary>
public static class CsvWriting
{
    /// <summary>The bytes of a file.</summary>
    public static byte[] Write(IEnumerable<string> headers, IEnumerable<IEnumerable<string?>> lines)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true))
        {
            foreach (var line in lines.Prepend(headers))
            {
                foreach (var cell in line)
                {
                    csv.WriteField(Harmless(cell));
                }

                csv.EndRecord();
            }
        }

        return file.ToArray();
    }

    /// <summary>A cell that no spreadsheet calculates: an apostrophe stands before what looks like a formula.</summary>
    public static string Harmless(string? cell) => LooksLikeFormula(cell ?? "") ? "'" + cell : cell ?? "";

    /// <summary>Whether a spreadsheet might take it for a formula. A plain number, also a negative one, is none.</summary>
    internal static bool LooksLikeFormula(string cell) =>
        cell.TrimStart() is [var first, ..]
        && (
            first is '=' or '+' or '-' or '@'
            || cell[0] is '\t' or '\r' or '\n'
            || first is '＝' or '＋' or '－' or '＠'
        )
        && !decimal.TryParse(
            cell,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        );
}
