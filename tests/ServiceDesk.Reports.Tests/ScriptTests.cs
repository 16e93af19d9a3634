using System.Text.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Tests;

/// <summary>What scripts find under <c>reports</c>, each with the rights of its person.</summary>
public sealed class ScriptTests : IAsyncLifetime
{
    private ReportWorld world = null!;
    private TicketState printer = null!;
    private TicketState salary = null!;

    public async Task InitializeAsync()
    {
        world = await ReportWorld.StartAsync();
        printer = await world.OpenAsync("Printer");
        await world.OpenAsync("Network", Priority.High);
        salary = await world.OpenAsync("Salary of somebody", desk: "HR");
        await world.SaveAsync(
            new ReportDocument
            {
                Id = "opened",
                Name = LocalizedText.Of("Opened"),
                Series = "created",
                Days = 7,
            }
        );
        await world.CaughtUpAsync();
    }

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task List_tells_the_reports_that_there_are()
    {
        var ids = (await CallAsync(world.Agent, "list"))
            .EnumerateArray()
            .Select(one => one.GetProperty("id").GetString());

        Assert.Contains("opened", ids);
        Assert.Contains("created-resolved", ids);
    }

    [Fact]
    public async Task Run_counts_what_its_person_sees()
    {
        var mine = await CallAsync(world.Agent, "run", "opened");
        var all = await CallAsync(world.Both, "run", "opened");

        Assert.Equal(("opened", "created", "count"), (Text(mine, "id"), Text(mine, "series"), Text(mine, "unit")));
        Assert.Equal((2, 3), (Whole(mine), Whole(all)));
        // Days that are named, and none of whose tickets there are.
        var before = await CallAsync(world.Both, "run", "opened", "2026-01-01", "2026-01-31");
        Assert.Equal(("2026-01-01", 0), (Text(before, "from")[..10], Whole(before)));
    }

    [Fact]
    public async Task Tickets_names_those_that_were_counted_and_none_of_a_desk_that_is_not_seen()
    {
        var mine = Keys(await CallAsync(world.Agent, "tickets", "opened"));
        var all = Keys(await CallAsync(world.Both, "tickets", "opened"));

        Assert.Contains(printer.Key.ToString(), mine);
        Assert.DoesNotContain(salary.Key.ToString(), mine);
        Assert.Contains(salary.Key.ToString(), all);
        Assert.Equal((2, 3), (mine.Count, all.Count));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("run", "opened")]
    [InlineData("tickets", "opened")]
    public async Task A_customer_may_none_of_it(string function, params string[] arguments) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(world.Customer, function, [.. arguments]));

    [Theory]
    [InlineData("run", "nowhere")]
    [InlineData("tickets", "nowhere")]
    [InlineData("run", "opened", "yesterday")]
    [InlineData("run", "opened", "2026-03-02", "2026-03-01")]
    public async Task What_is_wrong_is_an_error_with_a_sentence(string function, params string[] arguments)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            CallAsync(world.Agent, function, [.. arguments])
        );

        Assert.DoesNotContain("[", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Message);
    }

    private async Task<JsonElement> CallAsync(Person person, string function, params object?[] arguments) =>
        (await world.Server.CallScriptAsync(person, "reports", function, arguments))!.Value;

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static int Whole(JsonElement answer) =>
        answer.GetProperty("whole").GetProperty("counts").EnumerateArray().Sum(one => one.GetInt32());

    private static List<string> Keys(JsonElement answer) =>
        [.. answer.EnumerateArray().Select(one => one.GetProperty("key").GetString()!)];
}
