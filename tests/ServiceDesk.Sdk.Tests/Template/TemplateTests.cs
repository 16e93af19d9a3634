using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Sdk.Tests.Template;

/// <summary>A stranger takes the template and has a plugin that keeps the contract, without touching this tree.</summary>
public sealed class TemplateTests(StrangersPlugin plugin) : IClassFixture<StrangersPlugin>
{
    [Fact]
    public async Task Its_own_tests_pass_and_every_contract_test_is_among_them()
    {
        var results = XDocument.Load(await plugin.TestAsync()).Descendants().ToList();

        // A theory stands there once for each database.
        var outcomes = results
            .Where(element => element.Name.LocalName == "UnitTestResult")
            .GroupBy(
                result => ((string)result.Attribute("testName")!).Split('(')[0].Split('.')[^1],
                result => (string)result.Attribute("outcome")!
            )
            .ToDictionary(test => test.Key, test => string.Join(", ", test.Distinct(StringComparer.Ordinal)));
        var contract = typeof(Testing.PluginContractTests<>)
            .GetMethods()
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: false))
            .Select(method => method.Name)
            .ToList();
        Assert.NotEmpty(contract);
        Assert.All(contract, test => Assert.Equal("Passed", outcomes.GetValueOrDefault(test)));
        Assert.Equal("Passed", outcomes.GetValueOrDefault("A_promised_call_stands_on_the_ticket_until_it_is_made"));
        Assert.All(outcomes.Values, outcome => Assert.Equal("Passed", outcome));
    }

    [Fact]
    public void Its_folder_has_what_a_server_needs_and_nothing_that_the_server_shares()
    {
        var files = Directory
            .EnumerateFiles(plugin.Built, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(plugin.Built, file).Replace('\\', '/'))
            .Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "Acme.Stamps.deps.json",
                "Acme.Stamps.dll",
                "configuration/field-number.yaml",
                "ko/Acme.Stamps.resources.dll",
                "plugin.json",
            ],
            files
        );
    }

    [Fact]
    public async Task It_loads_on_a_server_and_its_page_answers()
    {
        await using var server = await plugin.ServerAsync();
        var installed = server.Plugins.Find(StrangersPlugin.Id)!;
        Assert.True(installed.State == PluginLoadState.Loaded, installed.Reason?.ToString());
        Assert.Equal(StrangersPlugin.DisplayName, installed.Manifest!.Name);

        var agent = await server.PersonAsync("Alex Agent", "agent");
        var ticket = await server.OpenAsync(await server.PersonAsync("Kim Minji", "customer"), "The door is stuck");
        using var client = server.ClientOf(agent);
        var path = $"/plugins/{StrangersPlugin.Id}/callback?key={ticket.Key}";
        var english = await client.GetAsync(path + "&lang=en");
        Assert.Equal(HttpStatusCode.OK, english.StatusCode);
        Assert.Contains("Promise the call", await english.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var korean = WebUtility.HtmlDecode(await client.GetStringAsync(path + "&lang=ko"));
        Assert.Contains("회신 전화", korean, StringComparison.Ordinal);

        var panel = await client.GetStringAsync($"/workspace/tickets/{ticket.Key}");
        Assert.Contains(path, panel, StringComparison.Ordinal);
        Assert.Empty(installed.Health.Handlers);
    }

    [Fact]
    public async Task A_name_that_is_no_namespace_and_an_id_of_ones_own_fit_together()
    {
        var solution = await plugin.NewAsync("my-plugin", "--plugin-id", "stamps");

        using var manifest = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(solution, "my-plugin", "plugin.json"))
        );
        Assert.Equal("stamps", manifest.RootElement.GetProperty("id").GetString());
        Assert.Equal("my_plugin.dll", manifest.RootElement.GetProperty("assembly").GetString());
        Assert.Equal("my-plugin", manifest.RootElement.GetProperty("name").GetString());
        var project = XDocument.Load(Path.Combine(solution, "my-plugin", "my-plugin.csproj"));
        Assert.Equal("my_plugin", project.Descendants("AssemblyName").Single().Value);
        var projects = XDocument.Load(Path.Combine(solution, "my-plugin.slnx")).Descendants("Project");
        Assert.All(projects, one => Assert.True(File.Exists(Path.Combine(solution, (string)one.Attribute("Path")!))));
        var shared = XDocument.Load(Path.Combine(solution, "Directory.Build.props"));
        Assert.Empty(shared.Descendants("RestoreAdditionalProjectSources").Single().Value);
    }

    [Fact]
    public async Task Nothing_of_the_template_is_left_in_what_it_makes()
    {
        string[] ofTheTemplate = ["Acme.Callbacks", "acme-callbacks", "DISPLAY_NAME", "PLUGIN_NAME", "SDK_"];
        var solution = await plugin.NewAsync("Other.Name");

        foreach (var file in Directory.EnumerateFiles(solution, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file) + Path.GetRelativePath(solution, file);
            Assert.All(ofTheTemplate, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        }
    }

    /// <summary>What a stranger's tests restore is what this tree was tested with.</summary>
    [Fact]
    public void Its_versions_are_those_of_this_tree()
    {
        var template = Path.Combine(StrangersPlugin.Tree, "sdk", "template");
        var central = Versions(Path.Combine(StrangersPlugin.Tree, "Directory.Packages.props"), "PackageVersion");
        var used = Versions(
            Path.Combine(template, "Acme.Callbacks.Tests", "Acme.Callbacks.Tests.csproj"),
            "PackageReference"
        );
        foreach (
            var (package, version) in used.Where(pair => !pair.Key.StartsWith("ServiceDesk.", StringComparison.Ordinal))
        )
        {
            Assert.Equal((package, central[package]), (package, version));
        }

        using var settings = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(template, ".template.config", "template.json"))
        );
        var product = XDocument
            .Load(Path.Combine(StrangersPlugin.Tree, "Directory.Build.props"))
            .Descendants("Version")
            .Single()
            .Value;
        var offered = settings.RootElement.GetProperty("symbols").GetProperty("sdkVersion").GetProperty("defaultValue");
        Assert.Equal(product, offered.GetString());
    }

    private static Dictionary<string, string> Versions(string file, string element) =>
        XDocument
            .Load(file)
            .Descendants(element)
            .ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!);
}
