using System.Net;
using System.Net.Http.Headers;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Access;

public class TokenTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    private const string Path = "/api/v1/desks";

    [Fact]
    public async Task Without_a_token_nothing_of_the_api_is_open()
    {
        foreach (
            var route in company
                .Get<RouteTable>()
                .All()
                .Where(route => route.Pattern.StartsWith("/api/", StringComparison.Ordinal))
        )
        {
            Assert.False(route.AllowsAnonymous, route.Pattern);
            Assert.NotEmpty(route.Policies);
            var path = System.Text.RegularExpressions.Regex.Replace(
                route.Pattern,
                "\\{[^}]*\\}",
                "1",
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
            foreach (var method in route.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                await company.Client().SendAsync(request).ProblemAsync(HttpStatusCode.Unauthorized);
            }
        }
    }

    [Fact]
    public async Task A_token_that_differs_in_the_least_is_unknown()
    {
        var secret = (
            await company.Get<ITokenStore>().CreateAsync(company.Agent.Id, "t", Scopes.All.ToValueList(), null)
        ).Secret;

        await Get($"Bearer {secret}").OkAsync();
        foreach (
            var wrong in new[]
            {
                secret[..^1],
                secret + "A",
                secret.ToUpperInvariant(),
                " " + secret + "x",
                secret.Replace('_', '-'),
                "",
                "null",
            }
        )
        {
            await Get($"Bearer {wrong}").ProblemAsync(HttpStatusCode.Unauthorized);
        }

        await Get($"Basic {secret}").ProblemAsync(HttpStatusCode.Unauthorized);
        await Get(secret).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_does_only_what_its_scopes_say()
    {
        var reader = await company.ClientAsync(company.Agent, Scopes.ReadTickets);

        await reader.GetAsync(Path).OkAsync();
        await reader
            .PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "x",
                }
            )
            .ProblemAsync(HttpStatusCode.Forbidden, "api.forbidden");
    }

    [Fact]
    public async Task An_expired_or_revoked_token_is_unknown()
    {
        var store = company.Get<ITokenStore>();
        var expiring = await store.CreateAsync(
            company.Agent.Id,
            "t",
            Scopes.All.ToValueList(),
            company.Time.Now + Duration.FromHours(1)
        );
        await Get($"Bearer {expiring.Secret}").OkAsync();
        company.Time.Move(Duration.FromHours(1));
        await Get($"Bearer {expiring.Secret}").ProblemAsync(HttpStatusCode.Unauthorized);

        var revoked = await store.CreateAsync(company.Agent.Id, "t", Scopes.All.ToValueList(), null);
        await store.RevokeAsync(company.Agent.Id, revoked.Token.Id);
        await Get($"Bearer {revoked.Secret}").ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_person_who_was_deactivated_may_nothing_any_more()
    {
        var person = await company.PersonAsync("Gone Soon", "agent");
        var client = await company.ClientAsync(person);
        await client.GetAsync(Path).OkAsync();
        await company.Get<IPeopleStore>().UpdateAsync(person.Id, new PersonChange { IsActive = false });
        company.Time.Move(Duration.FromSeconds(2));

        await client.GetAsync(Path).ProblemAsync(HttpStatusCode.Forbidden);
    }

    private Task<HttpResponseMessage> Get(string authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return company.Client().SendAsync(request);
    }
}
