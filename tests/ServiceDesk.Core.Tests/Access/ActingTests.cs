using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

/// <summary>Nobody lets a script or a rule act as somebody who may more, or who sees what he must not.</summary>
public sealed class ActingTests
{
    private const string Alice = "alice@example.com";
    private static readonly Viewer Everything = Company.ViewerOf(Company.Admin) with
    {
        Permissions = Permissions.All,
        Desks = Keys(Company.Configuration),
    };

    private static readonly Viewer Mallory = Company.ViewerOf(Company.Alice) with
    {
        Permissions = [Permissions.Configure, Permissions.AskInPortal],
        Desks = [],
    };

    [Fact]
    public void One_acts_as_oneself_and_as_whom_one_reaches_altogether()
    {
        Assert.True(May(Mallory, Mallory));
        Assert.True(May(Everything, Company.ViewerOf(Company.Eve)));
        Assert.True(May(Everything, Company.ViewerOf(Company.Bora)));
        // Whoever gets the address tomorrow may everything, or nothing.
        Assert.True(May(Everything, null));

        Assert.False(May(Mallory, Company.ViewerOf(Company.Admin)));
        Assert.False(May(Mallory, null));
        // A customer may nothing that she may not, and yet has requests that she must not see.
        Assert.False(May(Mallory, Company.ViewerOf(Company.Bora)));
        var onOneDesk = Everything with { Desks = ["ITSD"] };
        Assert.False(May(onOneDesk, Company.ViewerOf(Company.Alice)));
        Assert.False(May(onOneDesk, Company.ViewerOf(Company.Bora)));
        var withoutOne = Everything with { Permissions = Permissions.All.Remove(Permissions.SeeEverything) };
        Assert.False(May(withoutOne, Company.ViewerOf(Company.Alice) with { Permissions = Permissions.All }));
        Assert.True(May(withoutOne, Company.ViewerOf(Company.Alice)));
    }

    [Fact]
    public void What_acts_otherwise_than_before_is_found_and_what_acts_as_before_or_as_nobody_is_not()
    {
        var before = Shown.Whole.With(Script("runs"));

        Assert.Equal(
            [new ActingChange(DocumentKinds.Script, "new", Alice, null)],
            Between(before, before.With(Script("new")))
        );
        Assert.Single(Between(before, before.With(Script("runs") with { Source = "return 2;" })));
        Assert.Single(Between(before, before.With(Script("runs") with { Actor = "bora@example.com" })));
        Assert.Single(Between(before, before.With(Script("runs") with { Hosts = ["api.example.com"] })));
        var off = before.With(Script("runs") with { Enabled = false });
        Assert.Empty(Between(before, off));
        Assert.Empty(Between(off, off.With(Script("runs") with { Enabled = false, Source = "return 2;" })));
        Assert.Single(Between(off, before));
        Assert.Empty(Between(before, before.With(Script("runs") with { Name = LocalizedText.Of("Renamed") })));
        Assert.Empty(Between(before, before.Without<ScriptDocument>("runs")));

        var rule = new RuleDocument
        {
            Id = "rule",
            Name = LocalizedText.Of("Rule"),
            Actor = Alice,
        };
        var ruled = before.With(rule);
        Assert.Equal([new ActingChange(DocumentKinds.Rule, "rule", Alice, null)], Between(before, ruled));
        Assert.Single(Between(ruled, ruled.With(rule with { Condition = "priority = high" })));
        Assert.Empty(Between(ruled, ruled.With(rule with { Description = "Why" })));
        Assert.Empty(Between(ruled, ruled.With(rule with { Actor = null, Condition = "priority = high" })));
        Assert.Empty(Between(ruled, ruled.With(rule with { Enabled = false, Condition = "priority = high" })));
    }

    [Fact]
    public void A_library_acts_as_whoever_imports_it_also_by_another_one()
    {
        var library = Script("deep") with { Use = ScriptUse.Library, Actor = null };
        var between = library with { Id = "between", Source = "import deep" };
        var before = Shown
            .Whole.With(library)
            .With(between)
            .With(Script("user") with { Source = "import between" })
            .With(Script("other"));

        Assert.Equal(
            [new ActingChange(DocumentKinds.Script, "deep", Alice, "user")],
            Between(before, before.With(library with { Source = "return 2;" }))
        );
        // Together with what imports it, it is asked about there.
        var both = before
            .With(library with { Source = "return 2;" })
            .With(Script("user") with { Source = "import deep" });
        Assert.Equal([new ActingChange(DocumentKinds.Script, "user", Alice, null)], Between(before, both));
        var off = before.With(library with { Enabled = false });
        Assert.Empty(Between(before, off));
        Assert.Equal("deep", Assert.Single(Between(off, before)).Id);
        // What was called and becomes a library is one from then on.
        var called = before.With(Script("deep"));
        Assert.Contains(new ActingChange(DocumentKinds.Script, "deep", Alice, "user"), Between(called, before));
        Assert.Empty(Between(before, before.With(library with { Name = LocalizedText.Of("Renamed") })));
    }

    private static bool May(Viewer by, Viewer? actor) => ActingAs.May(by, actor, Company.Configuration);

    private static IReadOnlyList<ActingChange> Between(ConfigurationSnapshot before, ConfigurationSnapshot after) =>
        [
            .. ActingChanges.Between(
                before,
                after,
                script => script.Source.StartsWith("import ", StringComparison.Ordinal) ? [script.Source[7..]] : []
            ),
        ];

    private static ValueList<string> Keys(IConfiguration configuration) =>
        configuration.All<DeskDocument>().Select(desk => desk.Id).ToValueList();

    private static ScriptDocument Script(string id) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Use = ScriptUse.Called,
            Actor = Alice,
            Source = "return 1;",
        };
}
