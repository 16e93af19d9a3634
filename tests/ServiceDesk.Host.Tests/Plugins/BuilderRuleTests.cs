using NodaTime;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

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

    private static void Refuses(string code, Action register) =>
        Assert.Equal(code, Assert.Throws<PluginRefusedException>(register).Reason.Code);
}
