using ServiceDesk.Host.Plugins;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

public class LoadingTests
{
    [Fact]
    public void A_good_plugin_brings_everything_that_it_registers()
    {
        using var yard = new PluginYard("good");

        var plugin = Assert.Single(yard.Load().All);

        Assert.Equal(PluginLoadState.Loaded, plugin.State);
        Assert.Null(plugin.Reason);
        var contents = plugin.Contents!;
        Assert.Equal("good", Assert.Single(contents.Facets).Id);
        Assert.Equal("good.praised/1", Assert.Single(contents.Events).Key);
        Assert.Equal("good.counting", Assert.Single(contents.Reactions).Cursor);
        Assert.Equal("praises", Assert.Single(contents.QueryFields).Name);
        Assert.Equal("good.praise", Assert.Single(contents.Permissions).Id);
        Assert.Equal("/Pages/plugins/good/_Praise.cshtml", Assert.Single(contents.SlotViews).View);
        Assert.Equal("GoodSettings", contents.Settings!.Name);
        Assert.Single(contents.Texts);
        Assert.Equal(["PraiseLike", "PraiseTicket"], contents.Deciders.Keys.Select(type => type.Name).Order());
        Assert.Equal("facts OtherTicket", Assert.Single(contents.Facts).Handler);
        Assert.Equal("good.count-runs.job", Assert.Single(contents.Jobs).Cursor);
        Assert.Equal("/plugins/good/hello", Assert.Single(contents.Navigation).Path);
        Assert.Single(contents.Apis);
    }

    [Fact]
    public void A_plugin_that_throws_at_start_is_crashed_with_its_words_and_leaves_nothing_behind()
    {
        using var yard = new PluginYard("throws-at-start", "good");

        var catalog = yard.Load();

        var plugin = catalog.Find("throws-at-start")!;
        Assert.Equal(PluginLoadState.Crashed, plugin.State);
        Assert.Equal("plugins.reason.threw", plugin.Reason!.Code);
        Assert.Contains("The licence file is missing.", plugin.Reason.Arguments);
        Assert.Null(plugin.Contents);
        Assert.DoesNotContain(catalog.Extensions.QueryFields, field => field.Name == "left-behind");
        Assert.Equal(PluginLoadState.Loaded, catalog.Find("good")!.State);
    }

    [Fact]
    public void A_plugin_that_never_comes_back_is_given_up_and_the_others_load()
    {
        using var yard = new PluginYard("hangs-at-start", "needs-newer-sdk");

        var catalog = yard.Load(TimeSpan.FromSeconds(1));

        Assert.Equal(PluginLoadState.Crashed, catalog.Find("hangs-at-start")!.State);
        Assert.Equal("plugins.reason.hangs", catalog.Find("hangs-at-start")!.Reason!.Code);
        Assert.Equal(PluginLoadState.Incompatible, catalog.Find("needs-newer-sdk")!.State);
    }

    [Fact]
    public void A_plugin_for_a_newer_sdk_is_incompatible_and_never_runs()
    {
        using var yard = new PluginYard("needs-newer-sdk");

        var plugin = Assert.Single(yard.Load().All);

        Assert.Equal(PluginLoadState.Incompatible, plugin.State);
        Assert.Equal("plugins.reason.sdk", plugin.Reason!.Code);
        Assert.Equal(">=99.0", plugin.Reason.Arguments[0]);
    }

    [Fact]
    public void Two_plugins_with_two_versions_of_one_library_each_get_their_own()
    {
        using var yard = new PluginYard("clash-one", "clash-two");

        var fields = yard.Load().Extensions.QueryFields.ToDictionary(field => field.Name);

        Assert.Equal(new TextValue("one 1"), fields["greeting-one"].Read(Tickets.Any));
        Assert.Equal(new TextValue("two 2"), fields["greeting-two"].Read(Tickets.Any));
    }

    [Fact]
    public void A_route_that_names_no_policy_keeps_its_plugin_from_loading()
    {
        using var yard = new PluginYard("route-without-policy");

        var plugin = Assert.Single(yard.Load().All);

        Assert.Equal(PluginLoadState.Crashed, plugin.State);
        Assert.Equal("plugins.reason.route-without-policy", plugin.Reason!.Code);
        Assert.EndsWith("/open", plugin.Reason.Arguments[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependent_plugin_sees_the_types_of_the_one_it_depends_on()
    {
        using var yard = new PluginYard("dependent", "good");

        var catalog = yard.Load();

        Assert.Equal(["good", "dependent"], catalog.Loaded.Select(plugin => plugin.Id));
        var praise = Activator.CreateInstance(catalog.Extensions.Facets["good"].StateType, 1)!;
        var praised = catalog.Extensions.QueryFields.Single(field => field.Name == "praised");
        var ticket = Tickets.Any with { Facets = Tickets.Any.Facets.SetItem("good", praise) };
        Assert.Equal(new FlagValue(true), praised.Read(ticket));
    }

    [Fact]
    public void Without_its_dependency_a_plugin_says_which_one_is_missing()
    {
        using var yard = new PluginYard("dependent");

        Missing(yard.Load(), "plugins.reason.dependency-missing");

        yard.Install("good");
        yard.NewMarks().SetDisabled("good", disabled: true);
        Missing(yard.Load(), "plugins.reason.dependency-not-loaded");

        static void Missing(PluginCatalog catalog, string code)
        {
            var plugin = catalog.Find("dependent")!;
            Assert.Equal(PluginLoadState.MissingDependency, plugin.State);
            Assert.Equal(code, plugin.Reason!.Code);
            Assert.Equal("good", plugin.Reason.Arguments[0]);
        }
    }

    [Fact]
    public void Plugins_that_depend_on_each_other_in_a_circle_are_told_so()
    {
        using var yard = new PluginYard("good");
        yard.Write("a", Manifest("a", """ "b": ">=1.0" """));
        yard.Write("b", Manifest("b", """ "a": ">=1.0" """));
        yard.Write("c", Manifest("c", """ "a": ">=1.0" """));

        var catalog = yard.Load();

        Assert.Equal("plugins.reason.cycle", catalog.Find("a")!.Reason!.Code);
        Assert.Equal("plugins.reason.cycle", catalog.Find("b")!.Reason!.Code);
        Assert.Equal("plugins.reason.dependency-not-loaded", catalog.Find("c")!.Reason!.Code);
        Assert.Equal(PluginLoadState.Loaded, catalog.Find("good")!.State);
    }

    [Theory]
    [InlineData("not json", "plugins.reason.bad-manifest")]
    [InlineData("null", "plugins.reason.bad-manifest")]
    [InlineData("{}", "plugins.reason.bad-id")]
    [InlineData("""{ "id": "../evil" }""", "plugins.reason.bad-id")]
    [InlineData("""{ "id": "x", "version": "one" }""", "plugins.reason.bad-version")]
    [InlineData("""{ "id": "x", "version": "1.0", "sdk": "newest" }""", "plugins.reason.bad-version")]
    [InlineData(
        """{ "id": "x", "version": "1.0", "sdk": ">=0.1", "assembly": "../x.dll" }""",
        "plugins.reason.bad-assembly"
    )]
    [InlineData(
        """{ "id": "x", "version": "1.0", "sdk": ">=0.1", "assembly": "x.dll" }""",
        "plugins.reason.no-assembly"
    )]
    public void A_broken_folder_is_crashed_with_the_reason(string manifest, string code)
    {
        using var yard = new PluginYard();
        yard.Write("x", manifest);

        var plugin = Assert.Single(yard.Load().All);

        Assert.Equal(PluginLoadState.Crashed, plugin.State);
        Assert.Equal(code, plugin.Reason!.Code);
    }

    [Fact]
    public void Of_the_same_plugin_in_two_folders_the_newer_version_wins()
    {
        using var yard = new PluginYard("good");
        yard.Install("good", "good-newer");
        var manifest = Path.Combine(yard.Installed, "good-newer", "plugin.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("1.0.0", "1.1.0", StringComparison.Ordinal));

        Assert.Equal("1.1.0", Assert.Single(yard.Load().All).Manifest!.Version);
    }

    private static string Manifest(string id, string dependencies) =>
        $$"""
            { "id": "{{id}}", "version": "1.0", "sdk": ">=0.1", "assembly": "x.dll", "dependencies": { {{dependencies}} } }
            """;
}
