using NodaTime;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>What a plugin registers in vain is told when it loads, and not found out by somebody who misses it.</summary>
public sealed class BuilderRuleTests
{
    private readonly IPluginBuilder builder = Builder.Of(Builder.Contents());

    [Fact]
    public void A_view_at_a_place_that_does_not_exist_is_refused() =>
        Refuses("plugins.reason.no-slot", () => builder.AddSlotView("ticket.pannel", "/plugins/good/_Praise.cshtml"));

    [Fact]
    public void Every_named_place_takes_a_view() =>
        Assert.All(Slots.All, slot => builder.AddSlotView(slot, "/plugins/good/_Praise.cshtml"));

    [Fact]
    public void A_job_that_runs_too_often_is_refused() =>
        Refuses("plugins.reason.job-too-often", () => builder.AddJob<IJob>("often", Duration.FromSeconds(59)));

    [Fact]
    public void A_link_to_another_plugins_page_is_refused() =>
        Refuses(
            "plugins.reason.bad-prefix",
            () =>
                builder.AddNavigation(
                    new NavigationItem(
                        NavigationArea.Workspace,
                        "good.panel",
                        "star",
                        "/plugins/other/page",
                        "good.praise"
                    )
                )
        );

    [Fact]
    public void A_use_of_documents_of_no_kind_or_by_no_own_query_function_is_refused()
    {
        Refuses("plugins.reason.no-kind", () => builder.AddDocumentUse(new("link-typo", "praised", id => [id])));
        Refuses("plugins.reason.no-function", () => builder.AddDocumentUse(new("link-type", "praised", id => [id])));
        builder
            .AddQueryFunction(new QueryFunctionDefinition("praised", QueryArgumentKind.Text, _ => []))
            .AddDocumentUse(new("link-type", "praised", id => [id]));
    }

    private static void Refuses(string code, Action register) =>
        Assert.Equal(code, Assert.Throws<PluginRefusedException>(register).Reason.Code);
}
