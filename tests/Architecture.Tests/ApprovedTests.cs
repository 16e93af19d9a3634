using Architecture.Tests.Approved;
using Architecture.Tests.Rules;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace Architecture.Tests;

public class ApprovedTests
{
    private static readonly Type[] Sdk = typeof(TicketEvent).Assembly.GetTypes();
    private static readonly Type[] Stored = [.. Sdk, .. ShippedPlugins.Types];

    [Theory]
    [InlineData(typeof(TicketEvent), "sdk-surface.txt")]
    [InlineData(typeof(PluginDbContext), "sdk-data-surface.txt")]
    [InlineData(typeof(ServiceDeskServer), "sdk-testing-surface.txt")]
    public void The_public_surface_of_the_sdk_is_the_approved_one(Type one, string file) =>
        ApprovedFile.Matches(PublicSurface.Of(one.Assembly.GetTypes()), file);

    [Theory]
    [InlineData(typeof(TicketEvent))]
    [InlineData(typeof(PluginDbContext))]
    [InlineData(typeof(ServiceDeskServer))]
    public void A_planted_public_type_changes_the_surface(Type one)
    {
        var types = one.Assembly.GetTypes();

        Assert.NotEqual(PublicSurface.Of(types), PublicSurface.Of([.. types, typeof(ApprovedTests)]));
    }

    [Fact]
    public void The_stored_names_of_events_are_the_approved_ones() =>
        ApprovedFile.Matches(StoredNames.Of(Stored), "stored-events.txt");

    [Fact]
    public void Every_event_has_a_stored_name() => Assert.Empty(StoredNames.Violations(Stored));

    [Fact]
    public void Events_of_every_plugin_that_says_so_in_its_source_are_among_them()
    {
        var said = SourceTree
            .OfTheProduct.Files("plugins", ".cs")
            .Where(file => file.Text.Contains("[StoredName(", StringComparison.Ordinal))
            .Select(file => file.Path.Split('/')[1])
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.NotEmpty(said);
        Assert.Equal(
            said,
            ShippedPlugins
                .Types.Where(type => StoredNames.Of([type]).Length > 0)
                .Select(type => type.Assembly.GetName().Name!)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_planted_event_without_a_stored_name_is_found() =>
        Assert.Single(StoredNames.Violations([typeof(Nameless)]));

    [Fact]
    public void A_planted_event_changes_the_approved_names() =>
        Assert.NotEqual(StoredNames.Of(Stored), StoredNames.Of([.. Stored, typeof(Planted)]));

    [Theory]
    [InlineData(typeof(Renamed))]
    [InlineData(typeof(Poorer))]
    public void A_planted_new_name_or_lost_property_changes_the_approved_names(Type instead) =>
        Assert.NotEqual(StoredNames.Of([.. Stored, typeof(Planted)]), StoredNames.Of([.. Stored, instead]));

    private sealed record Nameless : TicketEvent;

    [StoredName("planted.happened", 1)]
    private sealed record Planted(int Number) : TicketEvent;

    [StoredName("planted.came-about", 1)]
    private sealed record Renamed(int Number) : TicketEvent;

    [StoredName("planted.happened", 1)]
    private sealed record Poorer : TicketEvent;
}
