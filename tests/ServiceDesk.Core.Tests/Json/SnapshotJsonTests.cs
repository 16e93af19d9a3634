using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Json;

public class SnapshotJsonTests
{
    [Fact]
    public void A_facet_is_typed_by_its_plugin_and_kept_raw_without_it()
    {
        var bench = Bench.WithIncident(EngineTests.Knocking());
        bench.Accept(Company.Alice, new EngineTests.Knock(2));
        var withPlugin = new SnapshotJson(EngineTests.Knocking());
        var without = new SnapshotJson(TicketExtensions.None);

        var json = withPlugin.Write(bench.Snapshot!);
        var raw = without.Read(json);

        Assert.Equal(new EngineTests.Knocks(2), withPlugin.Read(json).State.Facet<EngineTests.Knocks>("knocking"));
        Assert.Equal(new RawFacet("{\"count\":2}"), raw.State.Facets["knocking"]);
        Assert.Equal(json, without.Write(raw));
        Assert.Equal(bench.Snapshot, withPlugin.Read(without.Write(raw)));
    }

    [Fact]
    public void A_facet_that_its_plugin_cannot_read_any_more_does_not_keep_the_ticket_from_loading()
    {
        var bench = Bench.WithIncident(EngineTests.Knocking());
        bench.Accept(Company.Alice, new EngineTests.Knock(2));
        var snapshots = new SnapshotJson(EngineTests.Knocking());
        var json = snapshots.Write(bench.Snapshot!).Replace("{\"count\":2}", "\"two\"", StringComparison.Ordinal);

        Assert.Equal(new RawFacet("\"two\""), snapshots.Read(json).State.Facets["knocking"]);
    }

    [Fact]
    public void A_raw_facet_is_changed_by_no_event()
    {
        var bench = Bench.WithIncident(EngineTests.Knocking());
        bench.Accept(Company.Alice, new EngineTests.Knock(2));
        var snapshots = new SnapshotJson(EngineTests.Knocking());
        var json = snapshots.Write(bench.Snapshot!).Replace("{\"count\":2}", "\"two\"", StringComparison.Ordinal);

        var after = bench
            .Engine.Step(
                snapshots.Read(json),
                Bench.By(Company.Alice, new EngineTests.Knock(1)),
                bench.Configuration,
                bench.Now,
                null,
                bench.Facts
            )
            .After!;
        Assert.Equal(new RawFacet("\"two\""), after.State.Facets["knocking"]);
    }
}
