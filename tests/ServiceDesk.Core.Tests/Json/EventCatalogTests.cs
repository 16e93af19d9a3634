using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Json;

public class EventCatalogTests
{
    private readonly EventCatalog catalog = new(EngineTests.Knocking());

    [Fact]
    public void Every_event_of_the_product_has_a_stored_name()
    {
        var events = typeof(TicketEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(TicketEvent)) && type != typeof(UnknownEvent));

        Assert.Equal(events.Count(), new EventCatalog(TicketExtensions.None).Names.Count);
    }

    [Fact]
    public void An_event_of_a_plugin_is_stored_under_its_name()
    {
        var knocked = new EngineTests.Knocked(3);

        Assert.Equal(("knocking.knocked/1", "{\"times\":3}"), (catalog.NameOf(knocked), catalog.Write(knocked)));
        Assert.Equal(knocked, catalog.Read("knocking.knocked/1", "{\"times\":3}"));
    }

    [Theory]
    [InlineData("gone.happened/1", "{ \"a\" : 1 }")]
    [InlineData("ticket.assigned/9", "{}")]
    [InlineData("ticket.assigned/1", "{\"assignee\":\"nobody\"}")]
    [InlineData("ticket.assigned/1", "not json")]
    public void What_nobody_can_read_is_kept_as_it_was_stored(string name, string json)
    {
        var unknown = catalog.Read(name, json);

        Assert.Equal(new UnknownEvent(name, json), unknown);
        Assert.Equal((name, json), (catalog.NameOf(unknown), catalog.Write(unknown)));
    }

    [Fact]
    public void An_older_version_becomes_the_newer_one_step_by_step()
    {
        var upcasting = new EventCatalog(
            EngineTests.Knocking(),
            [
                new EventUpcaster(
                    "knocking.tapped/1",
                    "knocking.knocked/0",
                    old => new() { ["taps"] = old["count"]!.GetValue<int>() }
                ),
                new EventUpcaster(
                    "knocking.knocked/0",
                    "knocking.knocked/1",
                    old => new() { ["times"] = old["taps"]!.GetValue<int>() }
                ),
            ]
        );

        Assert.Equal(new EngineTests.Knocked(4), upcasting.Read("knocking.tapped/1", "{\"count\":4}"));
    }

    [Fact]
    public void Two_events_cannot_have_one_name()
    {
        var clashing = new TicketExtensions
        {
            Facets = TicketExtensions.None.Facets,
            Deciders = TicketExtensions.None.Deciders,
            Policies = [],
            QueryFields = [],
            Events = new Dictionary<string, Type>(StringComparer.Ordinal)
            {
                ["ticket.assigned/1"] = typeof(EngineTests.Knocked),
            },
        };

        Assert.Throws<ArgumentException>(() => new EventCatalog(clashing));
    }
}
