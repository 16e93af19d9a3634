using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Tests;

/// <summary>Reports whose figures a script works out.</summary>
public sealed class ScriptedFigureTests : IAsyncLifetime
{
    private ReportWorld world = null!;

    public async Task InitializeAsync()
    {
        world = await ReportWorld.StartAsync();
        await world.OpenAsync("Printer");
        await world.OpenAsync("Network", Priority.High);
        await world.OpenAsync("Salary of somebody", desk: "HR");
        await world.CaughtUpAsync();
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_script_works_out_what_was_counted_for_its_reader_and_each_figure_still_opens_its_tickets()
    {
        await ScriptAsync(
            """
            return {
              rows: argument.rows.map(row => row.cells.map(cell => cell.value ? cell.value / 4 : null)),
              total: argument.total.cells.map(cell => cell.count * 10),
            };
            """
        );

        var table = await world.TableAsync(world.Agent, Report());

        Assert.Equal((20, "20"), (table.Whole.Cells[0].Value, table.Whole.Cells[0].Text));
        Assert.Contains(table.Rows, row => row.Cells[0] is { Value: 0.5, Text: "0.5" });
        Assert.Contains(table.Rows, row => row.Cells[0] is { Value: null, Text: "–" });
        Assert.Equal(2, (await world.CountedAsync(world.Agent, Report(), table.Whole.Cells[0])).Count);
        Assert.Equal(30, (await world.TableAsync(world.Both, Report())).Whole.Cells[0].Value);
    }

    [Fact]
    public async Task What_a_script_read_with_its_readers_rights_is_not_noted_for_others()
    {
        await ScriptAsync(
            "const seen = tickets.search('').map(t => t.summary).join(); log.info(seen); throw new Error(seen);"
        );

        await Assert.ThrowsAsync<QueryException>(() => world.TableAsync(world.Agent, Report()));
        await Assert.ThrowsAsync<QueryException>(() => world.TableAsync(world.Both, Report()));

        // Newest first: the script's own person learns what went wrong.
        var runs = await world.RunsAsync("worked-out");
        Assert.Equal(2, runs.Count);
        Assert.Contains("Salary", runs[0].Log + runs[0].Error, StringComparison.Ordinal);
        Assert.Equal("[]", runs[1].Log);
        Assert.StartsWith("Not kept", runs[1].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return 17;", "reports.refusal.script-shape")]
    [InlineData("return { rows: [[1]] };", "reports.refusal.script-shape")]
    [InlineData("return { rows: argument.rows.map(row => ['many']) };", "reports.refusal.script-shape")]
    [InlineData("throw new Error('no');", "reports.refusal.script-failed")]
    [InlineData("tickets.open({ desk: 'ITSD', type: 'incident', summary: 'x' });", "reports.refusal.script-failed")]
    public async Task One_that_answers_no_figures_is_told_instead_of_them(string source, string code)
    {
        await ScriptAsync(source);

        var wrong = await Assert.ThrowsAsync<QueryException>(() => world.TableAsync(world.Agent, Report()));

        Assert.Equal((code, "worked-out"), (wrong.Error.Code, Assert.Single(wrong.Error.Arguments)));
    }

    private static ReportDocument Report() =>
        new()
        {
            Id = "scripted",
            Name = LocalizedText.Of("Scripted"),
            Series = "created",
            Days = 7,
            Script = "worked-out",
        };

    private Task ScriptAsync(string source) =>
        world.SaveAsync(
            new ScriptDocument
            {
                Id = "worked-out",
                Name = LocalizedText.Of("Worked out"),
                Use = ScriptUse.ReportSeries,
                Actor = world.Both.Email,
                Source = source,
            }
        );
}
