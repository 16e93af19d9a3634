using Architecture.Tests.Approved;
using Architecture.Tests.Rules;
using ServiceDesk.Sdk.Tickets;

namespace Architecture.Tests;

public class ApprovedTests
{
    private static readonly Type[] Sdk = typeof(TicketEvent).Assembly.GetTypes();

    [Fact]
    public void The_public_surface_of_the_sdk_is_the_approved_one() =>
        ApprovedFile.Matches(PublicSurface.Of(Sdk), "sdk-surface.txt");

    [Fact]
    public void A_planted_public_type_changes_the_surface() =>
        Assert.NotEqual(PublicSurface.Of(Sdk), PublicSurface.Of([.. Sdk, typeof(ApprovedTests)]));

    [Fact]
    public void The_stored_names_of_events_are_the_approved_ones() =>
        ApprovedFile.Matches(StoredNames.Of(Sdk), "stored-events.txt");

    [Fact]
    public void Every_event_has_a_stored_name() => Assert.Empty(StoredNames.Violations(Sdk));

    [Fact]
    public void A_planted_event_without_a_stored_name_is_found() =>
        Assert.Single(StoredNames.Violations([typeof(Nameless)]));

    [Fact]
    public void A_planted_event_changes_the_approved_names() =>
        Assert.NotEqual(StoredNames.Of(Sdk), StoredNames.Of([.. Sdk, typeof(Planted)]));

    private sealed record Nameless : TicketEvent;

    [StoredName("planted.happened", 1)]
    private sealed record Planted(int Number) : TicketEvent;
}
