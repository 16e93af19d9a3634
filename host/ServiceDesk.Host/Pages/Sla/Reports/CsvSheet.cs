using System.Globalization;
using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Sla.Reports;

/// <summary>Rows as comma-separated values; no text in them is ever a formula.</summary>
/// <param name="Headings">The titles of the columns.</param>
/// <param name="Rows">The rows, each as long as the headings: texts, and numbers (<see cref="double"/>, <see cref="decimal"/> or <see cref="int"/>); null is an empty cell.</param>
public sealed record CsvSheet(IReadOnlyList<string> Headings, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>The file.</summary>
    public FileContentResult ToFile(string name) =>
        new(ToBytes(), "text/csv; charset=utf-8") { FileDownloadName = name + ".csv" };

    // In UTF-8 with a byte order mark, which spreadsheets need for other letters than English ones.
    private byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true))
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var row in Rows.Prepend([.. Headings]))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(
                        cell switch
                        {
                            double number => number.ToString("0.####", CultureInfo.InvariantCulture),
                            decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
                            int number => number.ToString(CultureInfo.InvariantCulture),
                            _ => SheetText.Harmless(cell as string ?? string.Empty),
                        }
                    );
                }

                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }
}
