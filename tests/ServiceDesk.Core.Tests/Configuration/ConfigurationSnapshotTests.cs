using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

public class ConfigurationSnapshotTests
{
    [Fact]
    public void A_document_is_found_by_its_type_and_id_alone()
    {
        var snapshot = ConfigurationSnapshot.Of(7, Role("agent"), Calendar("agent"));

        Assert.True(snapshot.TryGet<RoleDocument>("agent", out var role));
        Assert.Equal("agent", role.Id);
        Assert.False(snapshot.TryGet<QueueDocument>("agent", out _));
        Assert.False(snapshot.TryGet<RoleDocument>("Agent", out _));
        Assert.Equal(7, snapshot.Revision);
    }

    [Fact]
    public void All_documents_of_a_type_come_by_id()
    {
        var snapshot = ConfigurationSnapshot.Of(1, Role("customer"), Role("agent"), Calendar("seoul"));

        Assert.Equal(["agent", "customer"], snapshot.All<RoleDocument>().Select(role => role.Id));
        Assert.Empty(snapshot.All<QueueDocument>());
    }

    [Fact]
    public void Documents_with_an_order_come_by_it_then_by_id()
    {
        var snapshot = ConfigurationSnapshot.Of(1, Desk("HR", 100), Desk("FAC", 100), Desk("ITSD", 10));

        Assert.Equal(["ITSD", "FAC", "HR"], snapshot.All<DeskDocument>().Select(desk => desk.Id));

        static DeskDocument Desk(string key, int order) =>
            new()
            {
                Id = key,
                Name = LocalizedText.Of(key),
                Order = order,
            };
    }

    [Fact]
    public void Writing_a_document_again_makes_its_next_version_and_keeps_the_old_one_readable()
    {
        var first = ConfigurationSnapshot.Of(1, Role("agent", "ticket.work"), Role("customer"));
        var second = first.With(Role("agent", "ticket.work", "ticket.move"));

        Assert.Equal(2, second.Revision);
        Assert.Equal(2, second.VersionOf<RoleDocument>("agent"));
        Assert.Equal(1, second.VersionOf<RoleDocument>("customer"));
        Assert.Equal(["ticket.work"], second.AtVersion<RoleDocument>("agent", 1)!.Permissions);
        Assert.Equal(1, first.VersionOf<RoleDocument>("agent"));
    }

    [Fact]
    public void A_removed_document_is_gone_but_its_versions_stay_and_are_counted_on()
    {
        var without = ConfigurationSnapshot.Of(1, Role("agent")).Without<RoleDocument>("agent");

        Assert.Equal(0, without.VersionOf<RoleDocument>("agent"));
        Assert.False(without.TryGet<RoleDocument>("agent", out _));
        Assert.NotNull(without.AtVersion<RoleDocument>("agent", 1));
        Assert.Equal(2, without.With(Role("agent")).VersionOf<RoleDocument>("agent"));
    }

    private static RoleDocument Role(string id, params string[] permissions) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Permissions = permissions.ToValueList(),
        };

    private static CalendarDocument Calendar(string id) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Zone = "Asia/Seoul",
        };
}
