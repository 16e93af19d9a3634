using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace ServiceDesk.Reports.Tests;

/// <summary>Exports: nothing that somebody wrote into a ticket becomes a formula.</summary>
public class SheetTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+82 2 123", "'+82 2 123")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("  =HYPERLINK(\"http://example.com\")", "'  =HYPERLINK(\"http://example.com\")")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\u0001=1", "'=1")]
    [InlineData("프린터 고장", "프린터 고장")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void Texts_are_harmless(string text, string expected)
    {
        Assert.Equal(expected, Sdk.Values.SheetText.Harmless(text));
    }

    [Fact]
    public void Csv_keeps_quotes_and_lines_in_their_cells()
    {
        var sheet = new Exports.Sheet(
            ["Key", "=Summary"],
            [
                ["ITSD-1", "He said \"=1\",\nthen left"],
                [null, 2.5],
            ]
        );

        var text = Encoding.UTF8.GetString(sheet.ToCsv()).TrimStart('\uFEFF').ReplaceLineEndings("\n");

        Assert.Equal("Key,'=Summary\nITSD-1,\"He said \"\"=1\"\",\nthen left\"\n,2.5\n", text);
    }

    [Fact]
    public void A_workbook_is_valid_and_has_no_formula_whatever_the_text()
    {
        var property = Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text =>
            {
                using var stream = new MemoryStream(
                    new Exports.Sheet(
                        ["Text"],
                        [
                            [text.Get],
                            ["=" + text.Get],
                        ]
                    ).ToXlsx()
                );
                using var book = SpreadsheetDocument.Open(stream, isEditable: false);
                var part = book.WorkbookPart!.WorksheetParts.Single();
                var cells = part.Worksheet.Descendants<Cell>().ToList();
                return !part.Worksheet.Descendants<CellFormula>().Any()
                    && cells.TrueForAll(cell => cell.DataType?.Value == CellValues.InlineString)
                    && cells[2].InlineString!.Text!.Text.StartsWith('\'')
                    && !new OpenXmlValidator().Validate(book).Any();
            }
        );
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), property);
    }
}
