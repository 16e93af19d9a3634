using ServiceDesk.Host.Plugins.Manifests;

namespace ServiceDesk.Host.Tests.Plugins;

public class VersionRangeTests
{
    [Theory]
    [InlineData(">=0.1 <0.2", "0.1.0", true)]
    [InlineData(">=0.1 <0.2", "0.1.9-beta", true)]
    [InlineData(">=0.1 <0.2", "0.2.0", false)]
    [InlineData("1.2", "1.10", true)]
    [InlineData("1.2", "1.1.9", false)]
    [InlineData("=1.0.0", "1.0", true)]
    [InlineData(">1.0 <=2.0", "1.0.0", false)]
    public void A_range_holds_the_versions_between_its_bounds(string range, string version, bool expected)
    {
        Assert.True(VersionRange.TryParse(range, out var parsed));
        Assert.True(SemanticVersion.TryParse(version, out var number));
        Assert.Equal(expected, parsed.Contains(number));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(">=")]
    [InlineData("newest")]
    [InlineData("1.2.3.4")]
    [InlineData(">=1.0 -2")]
    public void What_is_no_range_is_refused(string? text) => Assert.False(VersionRange.TryParse(text, out _));
}
