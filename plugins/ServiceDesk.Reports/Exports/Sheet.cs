using System.Globalization;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Exports;

/// <summary>What is exported: a heading and rows of texts (<see cref="string"/>) and numbers (<see cref="double"/>); null is an empty cell.</summary>
/// <param name="Headings">The titles of the columns.</param>
/// <param name="Rows">The rows, each as long as the headings.</param>
public sealed record Sheet(ValueList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The media type of <see cref="ToXlsx"/>.</summary>
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The media type of <see cref="ToCsv"/>.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    /// <summary>Comma-separated values in UTF-8 with a byte order mark, which spreadsheets need for other letters than English ones.</summary>
    public byte[] ToCsv()
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new System.Text.UTF8Encoding(true), leaveOpen: true))
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var row in Rows.Prepend([.. Headings]))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(
                        cell is double number
                            ? number.ToString("0.##", CultureInfo.InvariantCulture)
                            : SheetText.Harmless(cell as string ?? string.Empty)
                    );
                }

                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }

    /// <summary>A workbook with one sheet. Texts are cells of the type text, so nothing in it is ever a formula.</summary>
    public byte[] ToXlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(
                new SheetData(Rows.Prepend([.. Headings]).Select(row => new Row(row.Select(CellOf))))
            );
            workbook.Workbook = new Workbook(
                new Sheets(
                    new DocumentFormat.OpenXml.Spreadsheet.Sheet
                    {
                        Id = workbook.GetIdOfPart(part),
                        SheetId = 1,
                        Name = "Report",
                    }
                )
            );
        }

        return stream.ToArray();
    }

    private static Cell CellOf(object? value) =>
        value switch
        {
            double number => new Cell
            {
                DataType = CellValues.Number,
                CellValue = new CellValue(number.ToString("0.##", CultureInfo.InvariantCulture)),
            },
            string text => new Cell
            {
                DataType = CellValues.InlineString,
                InlineString = new InlineString(
                    new Text(SheetText.Harmless(text)) { Space = SpaceProcessingModeValues.Preserve }
                ),
            },
            _ => new Cell(),
        };
}
