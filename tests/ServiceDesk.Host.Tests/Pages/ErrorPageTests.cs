using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>From a page of an error everybody finds back to where they may be, and out.</summary>
public sealed class ErrorPageTests
{
    private const string Workspace = "href=\"/workspace\"";
    private const string Requests = "href=\"/portal/requests\"";
    private const string SignOut = "href=\"/account/sign-out\"";

    [Fact]
    public async Task It_leads_each_person_to_the_own_places_and_out()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var role = "kind: role\nid: runner\nname: Runner\npermissions: [system.operate]\n";
        var written = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(role, null, new ConfigurationAuthor(null, "test", null));
        Assert.True(written.Status == ConfigurationStatus.Written, written.Problems.ToString());

        Assert.Equal([Workspace, Requests, SignOut], await LinksAsync(server, await Of("agent")));
        Assert.Equal([Requests, SignOut], await LinksAsync(server, await Of("customer")));
        Assert.Equal([SignOut], await LinksAsync(server, await Of("runner")));
        Assert.Empty(await LinksAsync(server, null));

        Task<Person> Of(string id) => server.PersonAsync($"Person of {id}", id);
    }

    private static async Task<IEnumerable<string>> LinksAsync(ServiceDeskServer server, Person? person)
    {
        using var client = server.ClientOf(person);
        using var answer = await client.GetAsync("/nowhere/at/all");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        return new[] { Workspace, Requests, SignOut }.Where(link => page.Contains(link, StringComparison.Ordinal));
    }
}
