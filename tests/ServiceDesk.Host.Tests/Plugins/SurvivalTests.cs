using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NodaTime;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>One server with a plugin of each bad kind beside a good one: it lives, and its administration says what happened to each.</summary>
public sealed class SurvivalTests
{
    [Fact]
    public async Task A_server_survives_each_and_its_administration_says_what_happened()
    {
        using var yard = new PluginYard(
            "good",
            "hangs-at-start",
            "clash-one",
            "clash-two",
            "throws-in-handler",
            "hangs-in-handler"
        );
        await using var server = await ServiceDeskServer.StartAsync(new ServerSetup { PluginFolder = yard.Installed });
        var agent = await server.PersonAsync("Alex Agent", "agent");
        using var working = server.ClientOf(agent);
        using var thrown = await working.GetAsync("/api/v1/plugins/throws-in-handler/throw");
        var hanging = working.GetAsync("/api/v1/plugins/hangs-in-handler/hang");
        await server.UntilAsync(() =>
        {
            server.Clock.Advance(Duration.FromSeconds(10));
            return Task.FromResult(hanging.IsCompleted);
        });
        await Assert.ThrowsAnyAsync<Exception>(() => hanging);

        var administrator = await server.PersonAsync("Ada Admin", "administrator");
        using var client = server.ClientOf(administrator);
        var english = await PageAsync(client, "en");
        var korean = await PageAsync(client, "ko");

        Assert.Contains(
            "did not finish starting within 10 seconds",
            english["hangs-at-start"],
            StringComparison.Ordinal
        );
        Assert.Contains("10초 안에 시작을 마치지 못했습니다", korean["hangs-at-start"], StringComparison.Ordinal);
        foreach (var plugin in new[] { "good", "clash-one", "clash-two" })
        {
            Assert.Contains("Loaded", english[plugin], StringComparison.Ordinal);
        }

        Assert.Matches("/throw +1 .*Planned failure", english["throws-in-handler"]);
        Assert.Matches("/hang +1 ", english["hangs-in-handler"]);

        // Each of the two has the version of the library that it came with, beside the other.
        var fields = server.Plugins.Extensions.QueryFields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        Assert.Equal(new TextValue("one 1"), fields["greeting-one"].Read(Tickets.Any));
        Assert.Equal(new TextValue("two 2"), fields["greeting-two"].Read(Tickets.Any));
    }

    // What stands in the panel of each plugin, by its id.
    private static async Task<Dictionary<string, string>> PageAsync(HttpClient client, string language)
    {
        var page = new HtmlParser().ParseDocument(
            await client.GetStringAsync($"/administration/plugins?lang={language}")
        );
        return page.QuerySelectorAll("section.panel")
            .ToDictionary(
                panel => panel.QuerySelector(".keys")!.TextContent.Trim().Split(' ')[0],
                panel => string.Join(' ', panel.Descendants<IText>().Select(text => text.Text.Trim())),
                StringComparer.Ordinal
            );
    }
}
