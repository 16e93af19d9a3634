namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>A route that is added to the product cannot stay unlooked at.</summary>
public sealed class IsolationCoverageTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    [Fact]
    public void A_parameter_without_known_values_is_told_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            new KnownValues(world).Of(
                "/api/v1/planted/{gadget}",
                "gadget",
                new Dictionary<string, string>(StringComparer.Ordinal)
            )
        );

        Assert.Contains("/api/v1/planted/{gadget}", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"gadget\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_writing_route_without_a_known_body_is_told_by_name()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var error = Assert.Throws<InvalidOperationException>(() =>
            KnownBodies.Of(new RouteCall("/api/v1/planted", HttpMethod.Post, "/api/v1/planted", nothing, nothing))
        );

        Assert.Contains("/api/v1/planted", error.Message, StringComparison.Ordinal);
    }
}
