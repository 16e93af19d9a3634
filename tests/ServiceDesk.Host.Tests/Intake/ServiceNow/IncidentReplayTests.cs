using NodaTime;
using ServiceDesk.Host.Intake.ServiceNow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Intake.ServiceNow;

public class IncidentReplayTests
{
    private readonly ReplayWorld world = new();

    [Fact]
    public async Task The_last_word_of_the_file_counts()
    {
        var outcome = await RunAsync(
            Row("New", 0, "29-02-2016 01:23"),
            Row("Active", 1, "29-02-2016 02:00", agent: "Resolver 1", group: "Group 2"),
            Row("Resolved", 2, "29-02-2016 08:53", agent: "Resolver 1", group: "Group 2", priority: "1 - Critical"),
            Row("Closed", 3, "05-03-2016 12:00", agent: "Resolver 1", group: "?", priority: "2 - High")
        );

        Assert.Equal((4, 0), (outcome.Applied, outcome.Unchanged));
        var ticket = Assert.Single(world.Tickets).State;
        Assert.Equal(("closed", Priority.High, "INC1"), (ticket.Status, ticket.Priority, ticket.ExternalId));
        Assert.Equal("Resolver 1", world.People.Single(person => person.Id == ticket.Assignee).Name);
        Assert.Null(ticket.Team);
        Assert.Equal(Instant.FromUtc(2016, 2, 29, 1, 16), ticket.CreatedAt);
        Assert.Equal(Instant.FromUtc(2016, 2, 29, 11, 29), ticket.ResolvedAt);
        Assert.Equal(Instant.FromUtc(2016, 3, 5, 12, 0), ticket.ClosedAt);
        Assert.Equal(new ChoiceValue("medium"), ticket.Fields.Find("impact"));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        string[] rows =
        [
            Row("New", 0, "29-02-2016 01:23"),
            Row("Active", 1, "29-02-2016 01:23", priority: "2 - High"),
            Row("New", 2, "29-02-2016 01:23"),
            Row("New", 3, "29-02-2016 01:24"),
        ];
        var first = await RunAsync(rows);
        var recorded = world.Recorded;
        var second = await RunAsync(rows);

        Assert.Equal((3, 1), (first.Applied, first.Unchanged));
        Assert.Equal((0, 4), (second.Applied, second.Unchanged));
        Assert.Equal(recorded, world.Recorded);
        Assert.Single(world.People);
    }

    [Fact]
    public async Task A_run_after_a_crash_at_any_point_ends_as_one_without()
    {
        string[] rows =
        [
            Row("New", 0, "29-02-2016 01:23", group: "Group 2"),
            Row("Active", 1, "29-02-2016 01:23", priority: "2 - High"),
            Row("New", 2, "29-02-2016 01:23"),
            Row("Closed", 3, "05-03-2016 12:00"),
        ];
        await RunAsync(rows);
        var whole = world.Tickets.Single();

        for (var commands = 0; commands < 6; commands++)
        {
            var other = new ReplayWorld { CommandsLeft = commands };
            await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(other, rows));
            other.CommandsLeft = int.MaxValue;
            await RunAsync(other, rows);
            Assert.Equal(whole, other.Tickets.Single());
        }
    }

    [Fact]
    public async Task A_row_that_tells_an_older_state_and_one_of_an_unknown_state_are_refused_with_their_line()
    {
        var outcome = await RunAsync(
            Row("New", 1, "29-02-2016 11:10"),
            Row("New", 1, "29-02-2016 09:52"),
            Row("Resolved", 2, "29-02-2016 11:03"),
            Row("-100", 3, "29-02-2016 12:00")
        );

        Assert.Equal(
            [(2, "import.row-older"), (5, "import.state-unknown")],
            outcome.Refused.Select(row => (row.Line, row.Problem.Code)).Order()
        );
        Assert.Equal(4, outcome.Applied + outcome.Unchanged + outcome.Refused.Count);
        Assert.Equal("resolved", Assert.Single(world.Tickets).State.Status);
    }

    [Fact]
    public async Task What_people_did_since_stays_and_later_rows_for_an_earlier_time_are_refused()
    {
        await RunAsync(Row("New", 0, "29-02-2016 01:23"));
        var ticket = world.Tickets.Single().State.Id;
        await world.SendAsync(ticket, new CommandEnvelope(new SetPriority(Priority.Low), Actor.System));

        var outcome = await RunAsync(Row("New", 0, "29-02-2016 01:23"), Row("Closed", 1, "05-03-2016 12:00"));

        Assert.Equal("refusal.import-out-of-order", Assert.Single(outcome.Refused).Problem.Code);
        Assert.Equal(
            (Priority.Low, "new"),
            (world.Tickets.Single().State.Priority, world.Tickets.Single().State.Status)
        );
    }

    private static string Row(
        string state,
        int modification,
        string updated,
        string agent = "?",
        string group = "?",
        string priority = "3 - Moderate"
    ) =>
        $"INC1,{state},{modification},Caller 1,29-02-2016 01:16,{updated},2 - Medium,?,{priority},{group},{agent},29-02-2016 11:29,05-03-2016 12:00,?";

    private Task<ReplayOutcome> RunAsync(params string[] rows) => RunAsync(world, rows);

    private static async Task<ReplayOutcome> RunAsync(ReplayWorld world, params string[] rows)
    {
        var file = await IncidentFileReaderTests.ReadAsync(
            string.Join('\n', rows.Prepend(IncidentFileReaderTests.Header))
        );
        Assert.Empty(file.Problems);
        var people = new ImportedPeople(world);
        await people.PrepareAsync(file.Rows, CancellationToken.None);
        var replay = new IncidentReplay(world, world, people, ReplayWorld.Configuration, "ITSD", ReplayWorld.Now);
        return await replay.RunAsync(file.Rows, CancellationToken.None);
    }
}
