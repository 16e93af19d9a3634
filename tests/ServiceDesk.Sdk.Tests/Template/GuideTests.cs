using System.Xml.Linq;

namespace ServiceDesk.Sdk.Tests.Template;

/// <summary>The guide for plugin authors is true: from the template to a script module in one sitting.</summary>
public sealed class GuideTests(GuidedPlugin plugin) : IClassFixture<GuidedPlugin>
{
    [Fact]
    public async Task What_the_guide_makes_of_the_template_compiles_and_passes_its_tests()
    {
        var outcomes = XDocument
            .Load(await plugin.TestAsync())
            .Descendants()
            .Where(element => element.Name.LocalName == "UnitTestResult")
            .ToDictionary(
                result => ((string)result.Attribute("testName")!).Split('.')[^1],
                result => (string)result.Attribute("outcome")!
            );

        Assert.Equal("Passed", outcomes.GetValueOrDefault("A_script_promises_a_call_and_a_query_finds_it"));
        Assert.All(outcomes.Values, outcome => Assert.Equal("Passed", outcome));
    }

    [Fact]
    public void What_the_guide_shows_stands_in_the_plugin()
    {
        Assert.NotEmpty(plugin.Shown);
        Assert.All(
            plugin.Shown,
            shown => Assert.Contains(shown.Text, plugin.Read(shown.File), StringComparison.Ordinal)
        );
    }
}
