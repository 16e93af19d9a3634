using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>The checklist of a ticket.</summary>
public class TaskTests
{
    private static readonly LocalizedText Unplug = LocalizedText.Of("Unplug it");

    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void Steps_are_added_changed_ticked_off_placed_and_removed_and_no_number_comes_twice()
    {
        Add("  Unplug it ");
        Add("Call the fire brigade", assignee: Company.Alice.Id, dueOn: new LocalDate(2026, 11, 24));
        Add("Write it down");
        Assert.Equal([1, 2, 3], bench.Ticket.Tasks.Select(task => task.Id));
        Assert.Equal("Unplug it", bench.Ticket.Tasks[0].Text.In("en"));

        bench.Hours(1).Accept(Company.Alice, new TickTask(1, IsDone: true));
        Assert.Equal((bench.Now, Company.Alice.Id), (bench.Ticket.Tasks[0].DoneAt, bench.Ticket.Tasks[0].DoneBy));
        bench.Accept(Company.Alice, new ChangeTask(3, LocalizedText.Of("Tell all"), true, null, null));
        Assert.Equal(
            (LocalizedText.Of("Tell all"), true),
            (bench.Ticket.Tasks[2].Text, bench.Ticket.Tasks[2].IsBlocking)
        );
        bench.Accept(Company.Alice, new PlaceTask(3, 0));
        Assert.Equal([3, 1, 2], bench.Ticket.Tasks.Select(task => task.Id));
        bench.Accept(Company.Alice, new RemoveTask(3));
        Add("Once more");
        Assert.Equal([1, 2, 4], bench.Ticket.Tasks.Select(task => task.Id));
        Assert.Equal([Company.Alice.Id], bench.Ticket.TaskDoers());
        bench.Accept(Company.Alice, new TickTask(1, IsDone: false));
        Assert.Null(bench.Ticket.Tasks[0].DoneBy);
    }

    [Fact]
    public void What_is_so_already_changes_nothing()
    {
        Add("Unplug it");
        Assert.Empty(bench.Accept(Company.Alice, new TickTask(1, IsDone: false)));
        Assert.Empty(bench.Accept(Company.Alice, new ChangeTask(1, Unplug, false, null, null)));
        Assert.Empty(bench.Accept(Company.Alice, new PlaceTask(1, 7)));
    }

    [Fact]
    public void An_open_step_that_blocks_holds_the_end_and_nothing_else()
    {
        Add("Unplug it", isBlocking: true);
        Add("Nice to have");
        bench.Accept(Company.Alice, Bench.To("in-progress"));

        var refusal = bench.Refuse(Company.Alice, Bench.To("resolved", "solved"));

        Assert.Equal(
            (RefusalKind.Conflict, RefusalCodes.TasksOpen, "1", "Unplug it"),
            (refusal.Kind, refusal.Code, refusal.Arguments[0], refusal.Arguments[1])
        );
        bench.Accept(Company.Alice, new TickTask(1, IsDone: true));
        bench.Accept(Company.Alice, Bench.To("resolved", "solved"));
        // Who is done stays so, whatever comes onto the list afterwards.
        Add("Unplug the other one", isBlocking: true);
        bench.Accept(Company.Bora, Bench.To("closed"));
        Assert.Equal(StatusCategory.Done, bench.Ticket.Category);
    }

    [Fact]
    public void A_step_is_one_line_of_an_agent_of_the_desk()
    {
        Assert.Equal(RefusalCodes.TextRequired, Refused(new AddTask(LocalizedText.Of(" "))));
        Assert.Equal(RefusalCodes.TextRequired, Refused(new AddTask(new LocalizedText(ValueMap<string>.Empty))));
        Assert.Equal(RefusalCodes.TextOneLine, Refused(new AddTask(LocalizedText.Of("a\nb"))));
        Assert.Equal(RefusalCodes.TextTooLong, Refused(new AddTask(LocalizedText.Of(new string('x', 256)))));
        Assert.Equal(RefusalCodes.AssigneeNotAgent, Refused(new AddTask(Unplug, Assignee: Company.Bora.Id)));
        Assert.Equal(RefusalCodes.TaskUnknown, Refused(new TickTask(9, IsDone: true)));
        for (var i = 0; i < Ticket.MostTasks; i++)
        {
            Add("Unplug it");
        }

        Assert.Equal(RefusalCodes.TasksTooMany, Refused(new AddTask(Unplug)));
    }

    [Fact]
    public void A_request_type_brings_its_checklist_in_every_language()
    {
        var twice = LocalizedText.Of("Order the device", "기기 주문");
        Assert.True(Company.Configuration.TryGet<RequestTypeDocument>("outage", out var type));
        bench.Configuration = ((ConfigurationSnapshot)Company.Configuration).With(
            type with
            {
                Tasks = [new RequestTask(twice, Blocking: true), new RequestTask(Unplug)],
            }
        );
        var asked = new Bench { Configuration = bench.Configuration };

        asked.Accept(Company.Bora, Bench.Asking("outage"));

        Assert.Equal([twice, Unplug], asked.Ticket.Tasks.Select(task => task.Text));
        Assert.Equal([true, false], asked.Ticket.Tasks.Select(task => task.IsBlocking));
        Assert.Equal(2, asked.Ticket.TasksMade);
    }

    private void Add(string text, bool isBlocking = false, PersonId? assignee = null, LocalDate? dueOn = null) =>
        bench.Accept(Company.Alice, new AddTask(LocalizedText.Of(text), isBlocking, assignee, dueOn));

    private string Refused(TicketCommand command) => bench.Refuse(Company.Alice, command).Code;
}
