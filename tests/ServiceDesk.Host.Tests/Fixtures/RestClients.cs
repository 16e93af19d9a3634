using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>Clients of REST.</summary>
internal static class RestClients
{
    /// <summary>A client with a token of the person that may do all that the person may.</summary>
    public static async Task<HttpClient> RestAsync(this ServiceDeskServer server, Person person)
    {
        var tokens = server.Services.GetRequiredService<ITokenStore>();
        var token = await tokens.CreateAsync(person.Id, "test", Scopes.All.ToValueList(), null);
        var client = server.ClientOf(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }
}
