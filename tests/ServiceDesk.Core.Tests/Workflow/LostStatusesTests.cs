using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

/// <summary>Which statuses a change of the configuration takes away from tickets, and how it is said where these go.</summary>
public class LostStatusesTests
{
    private static readonly WorkflowDocument Now = Company.IncidentWorkflow;
    private static readonly WorkflowDocument Shorter = Now with
    {
        Statuses = Now.Statuses.Where(status => status.Id != "waiting-for-customer").ToValueList(),
    };

    [Fact]
    public void A_status_that_a_workflow_loses_is_lost_unless_it_is_replaced()
    {
        var lost = Assert.Single(LostStatuses.Between(With(Now), With(Shorter)));
        Assert.Equal(("incident", "incident"), (lost.Type, lost.Workflow.Id));
        Assert.Equal(["waiting-for-customer"], lost.Statuses.Select(status => status.Id));

        var replacing = Shorter with { Replaced = [new("waiting-for-customer", "in-progress")] };
        Assert.Empty(LostStatuses.Between(With(Now), With(replacing)));
        Assert.Empty(LostStatuses.Between(With(Now), With(Now with { Name = LocalizedText.Of("Other") })));
    }

    [Fact]
    public void What_was_replaced_and_perhaps_not_moved_yet_is_not_forgotten()
    {
        var replacing = Shorter with { Replaced = [new("waiting-for-customer", "in-progress")] };

        var lost = Assert.Single(LostStatuses.Between(With(replacing), With(Shorter)));

        Assert.Equal(["waiting-for-customer"], lost.Statuses.Select(status => status.Id));
    }

    [Fact]
    public void A_type_that_gets_another_workflow_loses_what_that_one_lacks()
    {
        var other = Shorter with { Id = "other" };
        var type = Company.Documents.OfType<TicketTypeDocument>().Single(one => one.Id == "incident");

        var lost = Assert.Single(
            LostStatuses.Between(With(Now, other), With(Now, other, type with { Workflow = "other" }))
        );

        Assert.Equal(("incident", "other"), (lost.Type, lost.Workflow.Id));
        Assert.Equal(["waiting-for-customer"], lost.Statuses.Select(status => status.Id));
    }

    [Fact]
    public void Moves_stand_in_the_workflow_that_they_mean()
    {
        StatusMove[] moves = [new(null, "waiting-for-customer", "in-progress"), new("another", "new", "resolved")];

        var moving = LostStatuses.Moving(Shorter, ["waiting-for-customer", "new"], moves);

        Assert.Equal([new StatusReplacement("waiting-for-customer", "in-progress")], moving.Replaced);
    }

    [Theory]
    [InlineData("waiting:in-progress", null, "waiting", "in-progress")]
    [InlineData("incident/waiting:in-progress", "incident", "waiting", "in-progress")]
    public void A_move_is_read_as_it_is_written(string text, string? workflow, string from, string to)
    {
        var move = StatusMove.Parse(text);

        Assert.Equal(new StatusMove(workflow, from, to), move);
        Assert.Equal(text, move!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("waiting")]
    [InlineData("waiting:")]
    [InlineData(":in-progress")]
    [InlineData("a/b/c:d")]
    [InlineData("Waiting:In progress")]
    [InlineData("waiting:in-progress\n")]
    public void Other_texts_are_no_move(string? text) => Assert.Null(StatusMove.Parse(text));

    private static ConfigurationSnapshot With(params ConfigurationDocument[] documents)
    {
        var ids = documents.Select(document => (document.GetType(), document.Id)).ToHashSet();
        return ConfigurationSnapshot.Of(
            1,
            [.. Company.Documents.Where(document => !ids.Contains((document.GetType(), document.Id))), .. documents]
        );
    }
}
