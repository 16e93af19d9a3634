using System.Net;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>The strings that break programs, at the one-time link of a new installation.</summary>
public sealed class NaughtySetupTests(ServerUnderTest server) : Attempts, IClassFixture<ServerUnderTest>
{
    [Fact]
    public async Task The_first_administrator_may_be_called_anything()
    {
        const string Name = "<script>alert('first')</script> \u202eadmin 관리자";
        const string Email = "first@example.com";
        var token = await server
            .Get<AccountSetup>()
            .NewLinkAsync(OneTimePurpose.FirstAdministrator, null, null, CancellationToken.None);
        var visitor = BrowserSession.Of(server);
        using var first = await visitor.PostAsync($"/account/setup?token={token}", []);
        await EachAsync(async text =>
        {
            await PageAsync(visitor.GetAsync($"/account/setup?token={Uri.EscapeDataString(text)}"), "a link", text);
            if (!Hazards.Any(hazard => hazard[0] == text))
            {
                return; // to hash each of them as a password takes the tests half a minute
            }

            var refused = await visitor.PostAsync(
                $"/account/setup?token={token}",
                [new("name", text), new("email", text), new("password", text), new("repeat", text)]
            );
            Note(
                refused.StatusCode == HttpStatusCode.UnprocessableEntity ? null : $"set-up: {refused.StatusCode}",
                text
            );
            await PageAsync(Task.FromResult(refused), "set-up", text);
        });

        using var made = await BrowserSession
            .Of(server)
            .PostAsync(
                $"/account/setup?token={token}",
                [
                    new("name", Name),
                    new("email", Email),
                    new("password", ServerUnderTest.Password),
                    new("repeat", ServerUnderTest.Password),
                ]
            );
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        Assert.Equal(Name, (await server.Get<IPeopleStore>().FindByEmailAsync(Email))?.Name);
        var admin = BrowserSession.Of(server);
        await admin.SignInAsync(Email);
        await PageAsync(admin.GetAsync("/administration/people"), "people", Name);
        AssertNothingFound();
    }

    protected override string Why() => server.Faults();
}
