using CsvHelper;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>
/// Reads <c>date,name[,name in Korean]</c>, parted by commas, semicolons or tabs. A first line of headers may stand in another
/// order: <c>date</c> or <c>Start date</c>, <c>name</c> or <c>Subject</c>, <c>name-ko</c>.
/// </summary>
internal static class CsvHolidays
{
    private const int LongestLine = 16 * 1024;

    private static readonly string[] Dates = ["date", "start date", "날짜", "일자"];
    private static readonly string[] NamesOf = ["name", "subject", "summary", "name-en", "이름", "명칭"];
    private static readonly string[] KoreanNames = ["name-ko", "korean", "한국어", "한국어 이름"];

    private static readonly LocalDatePattern[] Patterns =
    [
        LocalDatePattern.Iso,
        LocalDatePattern.CreateWithInvariantCulture("uuuu'.'M'.'d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu'/'M'/'d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu'-'M'-'d"),
        LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd"),
        LocalDatePattern.CreateWithInvariantCulture("uuuu'. 'M'. 'd'.'"),
    ];

    public static HolidayReading Read(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (CsvFormatException)
        {
            // A line that never ends: an open quote in front of the rest of the file.
            return HolidayReading.Refused("calendar.import-open-quote");
        }
    }

    /// <summary>Reads a day as people write it.</summary>
    public static LocalDate? DateOf(string text) =>
        Array.ConvertAll(Patterns, pattern => pattern.Parse(text)).FirstOrDefault(read => read.Success)?.Value;

    private static HolidayReading Parse(string text)
    {
        var (found, bad) = (new List<ReadHoliday>(), new List<BadLine>());
        var (date, name, korean) = (0, 1, 2);
        var isFirst = true;
        using var reader = CsvReader.Create(
            new StringReader(text),
            new CsvReaderOptions
            {
                Separator = SeparatorOf(text),
                HasHeader = false,
                MaxRecordSize = LongestLine,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Recover,
            }
        );
        while (reader.Read())
        {
            var cells = Array.ConvertAll(reader.Current.ToArray(), cell => cell.Trim());
            if (Array.TrueForAll(cells, cell => cell.Length == 0))
            {
                continue;
            }

            if (isFirst && HeadersOf(cells) is { } headers)
            {
                ((date, name, korean), isFirst) = (headers, false);
                continue;
            }

            isFirst = false;
            if (found.Count + bad.Count == HolidayFile.Most)
            {
                return HolidayReading.Refused("calendar.import-many");
            }

            Take((int)reader.LineNumber, cells);
        }

        return new HolidayReading(found, bad);

        void Take(int line, string[] cells)
        {
            if (Cell(cells, date) is not { } given || DateOf(given) is not { } day)
            {
                bad.Add(HolidayFile.Bad(line, string.Join(", ", cells), "calendar.import-no-date"));
            }
            else if (!HolidayFile.IsNear(day))
            {
                bad.Add(HolidayFile.Bad(line, string.Join(", ", cells), "calendar.import-far"));
            }
            else
            {
                var names = HolidayFile.Names(
                    HolidayFile.Name(Cell(cells, name)),
                    HolidayFile.Name(Cell(cells, korean))
                );
                found.Add(new ReadHoliday(line, new Holiday { Date = day, Name = names }));
            }
        }
    }

    private static string? Cell(string[] cells, int index) =>
        index >= 0 && index < cells.Length && cells[index].Length > 0 ? cells[index] : null;

    private static (int Date, int Name, int Korean)? HeadersOf(string[] cells)
    {
        var date = IndexOf(cells, Dates);
        return date < 0 ? null : (date, IndexOf(cells, NamesOf), IndexOf(cells, KoreanNames));
    }

    private static int IndexOf(string[] cells, string[] names) =>
        Array.FindIndex(cells, cell => names.Contains(cell, StringComparer.OrdinalIgnoreCase));

    private static char SeparatorOf(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var first = end < 0 ? text : text[..end];
        return first.Contains('\t', StringComparison.Ordinal) ? '\t'
            : first.Contains(';', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal) ? ';'
            : ',';
    }
}
