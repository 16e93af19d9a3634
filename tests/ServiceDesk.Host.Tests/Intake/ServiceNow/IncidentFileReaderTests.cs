using System.Text;
using NodaTime;
using ServiceDesk.Host.Intake.ServiceNow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Intake.ServiceNow;

public class IncidentFileReaderTests
{
    public const string Header =
        "number,incident_state,sys_mod_count,caller_id,opened_at,sys_updated_at,impact,urgency,priority,assignment_group,assigned_to,resolved_at,closed_at,category";

    public const string Row =
        "INC0000045,Resolved,2,Caller 2403,29-02-2016 01:16,29-02-2016 08:53,2 - Medium,1 - High,3 - Moderate,Group 56,?,29-02-2016 11:29,05-03-2016 12:00,Category 55";

    [Fact]
    public async Task A_row_is_read_in_the_products_words_and_its_times_as_utc()
    {
        var file = await ReadAsync($"{Header}\n{Row}\n");

        var row = Assert.Single(file.Rows);
        Assert.Equal((1, 2), (file.RowsRead, row.Line));
        Assert.Equal(("INC0000045", "resolved", 2), (row.Number, row.Status, row.Modification));
        Assert.Equal((Priority.Medium, "medium", "high"), (row.Priority, row.Impact, row.Urgency));
        Assert.Equal(("Caller 2403", "Group 56", null), (row.Caller, row.Group, row.Assignee));
        Assert.Equal(Instant.FromUtc(2016, 2, 29, 1, 16), row.OpenedAt);
        Assert.Equal(Instant.FromUtc(2016, 3, 5, 12, 0), row.ClosedAt);
        Assert.Equal("Category 55", row.Summary);
    }

    [Fact]
    public async Task The_mark_of_the_encoding_and_windows_line_ends_are_no_trouble()
    {
        var file = await ReadAsync($"\uFEFF{Header}\r\n{Row}\r\n");

        Assert.Empty(file.Problems);
        Assert.Single(file.Rows);
    }

    [Fact]
    public async Task A_state_without_a_counterpart_is_no_malformed_file()
    {
        var file = await ReadAsync($"{Header}\n{Row.Replace("Resolved", "-100", StringComparison.Ordinal)}\n");

        Assert.Empty(file.Problems);
        Assert.Null(Assert.Single(file.Rows).Status);
    }

    [Theory]
    [InlineData("INC0000045,Resolved,2", "import.row-cut")]
    [InlineData("29-02-2016 08:53|2016-02-29 08:53", "import.value-wrong")]
    [InlineData("29-02-2016 08:53|30-02-2016 08:53", "import.value-wrong")]
    [InlineData("29-02-2016 08:53|?", "import.value-wrong")]
    [InlineData("29-02-2016 08:53|29-02-2016 01:15", "import.updated-before-opened")]
    [InlineData("29-02-2016 08:53|28-02-2226 08:53", "import.in-future")]
    [InlineData("INC0000045|INC 45", "import.value-wrong")]
    [InlineData(",2,|,two,", "import.value-wrong")]
    [InlineData("3 - Moderate|unknown", "import.value-wrong")]
    [InlineData("Caller 2403|?", "import.value-missing")]
    [InlineData("Caller 2403|Cal\"ler", "import.row-unreadable")]
    public async Task A_malformed_row_is_told_with_its_line(string change, string code)
    {
        var parts = change.Split('|');
        var row = parts.Length == 1 ? change : Row.Replace(parts[0], parts[1], StringComparison.Ordinal);

        var file = await ReadAsync($"{Header}\n{Row}\n{row}\n");

        var problem = Assert.Single(file.Problems);
        Assert.Equal((3, code), (problem.Line, problem.Code));
        Assert.Equal(2, file.RowsRead);
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("a,b\n1,2\n", "import.columns-missing")]
    public async Task What_is_no_such_file_is_told_so(string content, string code) =>
        Assert.Equal(code, Assert.Single((await ReadAsync(content)).Problems).Code);

    [Fact]
    public async Task A_row_of_ten_megabytes_ends_the_reading()
    {
        var file = await ReadAsync($"{Header}\n{Row}\nINC1,{new string('x', 10_000_000)}\n{Row}\n");

        Assert.Equal("import.row-unreadable", Assert.Single(file.Problems).Code);
    }

    [Fact]
    public async Task Another_encoding_than_utf8_is_told()
    {
        var bytes = Encoding.Latin1.GetBytes(
            $"{Header}\n{Row.Replace("Caller", "Anrüfer", StringComparison.Ordinal)}\n"
        );

        Assert.Equal("import.encoding", Assert.Single((await ReadAsync(bytes)).Problems).Code);
    }

    internal static Task<IncidentFile> ReadAsync(string content) => ReadAsync(Encoding.UTF8.GetBytes(content));

    private static async Task<IncidentFile> ReadAsync(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await new IncidentFileReader(new StoppedClock()).ReadAsync(stream, CancellationToken.None);
    }

    private sealed class StoppedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 11, 22, 0, 0);
    }
}
