using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>What a change caused, told by the plugin of changes through the links of another plugin.</summary>
[Collection(CompanyTests.Name)]
public sealed class CausedIncidentsTests(SmallCompany company)
{
    [Fact]
    public async Task Incidents_that_a_change_caused_are_told_and_none_that_only_relates_to_it()
    {
        var change = await OpenAsync("change", "Replace the mail server");
        var caused = await OpenAsync("incident", "Mail is gone");
        var related = await OpenAsync("incident", "Mail is slow");
        await LinkAsync(change, "causes", "outward", caused);
        await LinkAsync(change, "relates", "both", related);
        await LinkAsync(caused, "causes", "outward", related);

        JsonNode told = null!;
        await company.UntilAsync(async () =>
        {
            told = await company.AsAgent.GetAsync($"/api/v1/plugins/changes/tickets/{change}").OkAsync();
            return told["incidents"]!.AsArray().Count > 0;
        });

        Assert.Equal([caused], told["incidents"]!.AsArray().Select(key => (string)key!));
    }

    private async Task<string> OpenAsync(string type, string summary) =>
        (string)
            (
                await company
                    .AsAgent.PostAsync(
                        "/api/v1/tickets",
                        new
                        {
                            desk = "ITSD",
                            type,
                            summary,
                        }
                    )
                    .OkAsync(System.Net.HttpStatusCode.Created)
            )["key"]!;

    private async Task LinkAsync(string from, string type, string direction, string other) =>
        await company
            .AsAgent.PostAsync(
                $"/api/v1/plugins/links/tickets/{from}/links",
                new
                {
                    type,
                    direction,
                    other,
                }
            )
            .OkAsync();
}
