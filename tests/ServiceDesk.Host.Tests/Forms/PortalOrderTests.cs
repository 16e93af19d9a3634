using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Forms;

public class PortalOrderTests
{
    private static readonly DeskDocument Desk = new()
    {
        Id = "IT",
        Name = LocalizedText.Of("IT"),
        Groups =
        [
            new PortalGroup("one", LocalizedText.Of("One"), ["a", "b"]),
            new PortalGroup("two", LocalizedText.Of("Two"), ["c"]),
        ],
    };

    [Theory]
    [InlineData("b", true, "b a | c")]
    [InlineData("a", true, "a b | c")]
    [InlineData("b", false, "a | b c")]
    [InlineData("c", true, "a b c | ")]
    [InlineData("c", false, "a b | c")]
    [InlineData("d", true, "a b | c d")]
    [InlineData("d", false, "a b | c")]
    public void A_step_leads_through_the_groups(string type, bool up, string expected) =>
        Assert.Equal(expected, Shown(PortalOrder.Moved(Desk, type, up)));

    [Fact]
    public void A_place_is_one_of_the_own_group()
    {
        Assert.Equal("b a | c", Shown(PortalOrder.Placed(Desk, "a", 5)));
        Assert.Equal("a | c b", Shown(PortalOrder.Put(Desk, "b", "two")));
        Assert.Equal("a | c", Shown(PortalOrder.Put(Desk, "b", null)));
        Assert.Equal("c | a b", Shown(PortalOrder.GroupMoved(Desk, "two", up: true)));
    }

    [Fact]
    public void What_is_dragged_goes_to_a_place_of_another_group_and_groups_go_too()
    {
        Assert.Equal("b | a c", Shown(PortalOrder.Placed(Desk, "a", 0, "two")));
        Assert.Equal("a b | c d", Shown(PortalOrder.Placed(Desk, "d", 9, "two")));
        Assert.Equal("a b | c", Shown(PortalOrder.Placed(Desk, "a", 0, "none")));
        Assert.Equal("c | a b", Shown(PortalOrder.GroupPlaced(Desk, "two", 0)));
        Assert.Equal("a b | c", Shown(PortalOrder.GroupPlaced(Desk, "none", 0)));
    }

    [Fact]
    public void The_first_group_takes_what_was_offered_without_groups()
    {
        var first = PortalOrder.WithGroup(Desk with { Groups = [] }, LocalizedText.Of("All"), ["a", "b"]);
        var second = PortalOrder.WithGroup(first, LocalizedText.Of("More"), ["a", "b"]);

        Assert.Equal("a b", Shown(first));
        Assert.Equal("a b | ", Shown(second));
        Assert.Equal(2, second.Groups.Select(group => group.Id).Distinct().Count());
    }

    private static string Shown(DeskDocument desk) =>
        string.Join(" | ", desk.Groups.Select(group => string.Join(' ', group.RequestTypes)));
}
