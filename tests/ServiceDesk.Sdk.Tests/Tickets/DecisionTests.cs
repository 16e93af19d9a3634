using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tests.Tickets;

public sealed class DecisionTests
{
    [Fact]
    public void A_yes_has_its_events_in_order_and_no_refusals()
    {
        var decision = Decision.Accept(new LabelsChanged(["a"]), new PriorityChanged(Priority.Low, Priority.High));

        Assert.True(decision.IsAccepted);
        Assert.Equal([new LabelsChanged(["a"]), new PriorityChanged(Priority.Low, Priority.High)], decision.Events);
        Assert.Empty(decision.Refusals);
    }

    [Fact]
    public void A_no_has_every_reason_and_no_events()
    {
        var decision = Decision.Refuse([Refusal.Invalid("a.b", "summary", "255"), Refusal.Conflict("a.c")]);

        Assert.False(decision.IsAccepted);
        Assert.Empty(decision.Events);
        Assert.Equal(
            [new Refusal(RefusalKind.Invalid, "a.b", ["255"], "summary"), new Refusal(RefusalKind.Conflict, "a.c", [])],
            decision.Refusals
        );
    }

    [Fact]
    public void A_no_without_a_reason_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => Decision.Refuse());
        Assert.Throws<ArgumentException>(() => Decision.Refuse(Enumerable.Empty<Refusal>()));
        Assert.Throws<ArgumentException>(() => GrainAnswer.Refused([]));
    }

    [Fact]
    public void Decisions_compare_by_value()
    {
        Assert.Equal(Decision.Accept(new LabelsChanged(["a"])), Decision.Accept([new LabelsChanged(["a"])]));
        Assert.NotEqual(Decision.Accept(new LabelsChanged(["a"])), Decision.Accept(new LabelsChanged(["b"])));
    }
}
