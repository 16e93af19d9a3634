using System.Globalization;
using System.Text;
using CsvHelper;
using NodaTime;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>Reads the whole log before anything of it is taken, so that a malformed file is never half taken. Holds its rows in memory.</summary>
public sealed class IncidentFileReader(IClock clock)
{
    // A row of the log has about 350 bytes; a much longer one is a quotation that never ends, or no such file.
    private const int LongestRow = 64 * 1024;
    private const int MostRows = 1_000_000;

    private static readonly CsvReaderOptions Notation = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        MaxRecordSize = LongestRow,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public async Task<IncidentFile> ReadAsync(Stream input, CancellationToken cancellation)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using var text = new StreamReader(input, encoding, detectEncodingFromByteOrderMarks: false);
        await using var csv = CsvReader.Create(text, Notation, leaveOpen: true);
        var (rows, problems) = (new List<IncidentRow>(), new List<RowProblem>());
        var read = 0;
        try
        {
            if (!await csv.ReadAsync(cancellation))
            {
                return new IncidentFile(0, [], [RowProblem.At(0, "import.empty")]);
            }

            var columns = IncidentColumns.Of(csv.Current.ToArray());
            if (columns.Missing.Count > 0)
            {
                var missing = string.Join(", ", columns.Missing);
                return new IncidentFile(0, [], [RowProblem.At(1, "import.columns-missing", missing)]);
            }

            var now = clock.GetCurrentInstant();
            while (await csv.ReadAsync(cancellation))
            {
                read++;
                if (read > MostRows)
                {
                    problems.Add(RowProblem.At((int)csv.LineNumber, "import.too-long", Number(MostRows)));
                    break;
                }

                var reading = new IncidentRowReading(columns, csv.Current.ToArray(), (int)csv.LineNumber, now);
                if (reading.Read() is { } row)
                {
                    rows.Add(row);
                }

                problems.AddRange(reading.Problems);
            }
        }
        catch (DecoderFallbackException)
        {
            problems.Add(RowProblem.At(0, "import.encoding"));
        }
        catch (CsvFormatException exception)
        {
            read++;
            problems.Add(RowProblem.At((int)exception.LineNumber, "import.row-unreadable", Number(LongestRow)));
        }

        return new IncidentFile(read, rows, problems);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
