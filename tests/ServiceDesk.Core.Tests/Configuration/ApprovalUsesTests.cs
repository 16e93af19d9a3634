using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

/// <summary>A policy is found where statuses ask for it, with the types whose tickets come there, and where actions name it.</summary>
public sealed class ApprovalUsesTests
{
    private static readonly ConfigurationSnapshot Company = ConfigurationSnapshot.Of(
        1,
        Policy("spend"),
        Policy("board"),
        Policy("idle"),
        new WorkflowDocument
        {
            Id = "purchase",
            Name = LocalizedText.Of("Purchase"),
            Initial = "new",
            Statuses =
            [
                new WorkflowStatus("new", LocalizedText.Of("New"), StatusCategory.New),
                new WorkflowStatus("asked", LocalizedText.Of("Asked"), StatusCategory.Waiting)
                {
                    Approval = new StatusApproval("spend"),
                },
            ],
            Transitions =
            [
                new WorkflowTransition
                {
                    Id = "ask",
                    Name = LocalizedText.Of("Ask"),
                    From = ["new"],
                    To = "asked",
                    Then = [new RuleAction { Do = "approval", Approval = "board" }],
                },
            ],
        },
        new TicketTypeDocument
        {
            Id = "purchase",
            Name = LocalizedText.Of("Purchase"),
            Workflow = "purchase",
        },
        new TicketTypeDocument
        {
            Id = "task",
            Name = LocalizedText.Of("spend"),
            Workflow = "other",
        },
        new RequestTypeDocument
        {
            Id = "buy",
            Name = LocalizedText.Of("Buy"),
            Desk = "ITSD",
            Type = "purchase",
        }
    );

    [Fact]
    public async Task It_is_found_where_it_is_asked_and_nowhere_else()
    {
        var uses = new ApprovalUses(Company, new DocumentText(new DocumentSchemas()));
        Assert.Equal([("purchase", "asked")], uses.Statuses("spend").Select(one => (one.Workflow.Id, one.Status.Id)));
        Assert.Equal(["purchase", "buy"], uses.Types("spend").Select(type => type.Id));
        Assert.Empty(uses.Others("spend"));
        Assert.Equal(["purchase"], uses.Others("board").Select(document => document.Id));
        Assert.Empty(uses.Statuses("board"));
        Assert.Empty(uses.Types("idle"));
        Assert.Empty(uses.Others("idle"));
    }

    private static ApprovalDocument Policy(string id) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Steps = [new ApproversRule { Manager = true }],
        };
}
