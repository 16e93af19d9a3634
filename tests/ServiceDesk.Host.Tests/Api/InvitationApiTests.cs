using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Invitations over REST.</summary>
[Collection(CompanyTests.Name)]
public class InvitationApiTests(SmallCompany company)
{
    private const string Path = "/api/v1/invitations";

    [Fact]
    public async Task Who_manages_people_invites_renews_and_withdraws()
    {
        var made = await company
            .AsAdmin.PostAsync(
                Path,
                new
                {
                    email = "rest@example.com",
                    name = "Rest",
                    role = "agent",
                    desk = "ITSD",
                    team = "Service desk",
                    organizations = new[] { "hanbit" },
                    days = 30,
                }
            )
            .OkAsync(HttpStatusCode.Created);

        Assert.Equal(
            ("rest@example.com", "Rest", "agent", "ITSD", "Service desk", "works"),
            (
                (string?)made["email"],
                (string?)made["name"],
                (string?)made["role"],
                (string?)made["desk"],
                (string?)made["team"],
                (string?)made["state"]
            )
        );
        Assert.Equal(company.Admin.Name, (string?)made["invitedBy"]!["name"]);
        Assert.Equal(
            company.Time.Now + Duration.FromDays(30),
            InstantPattern.ExtendedIso.Parse((string)made["expiresAt"]!).Value
        );
        Assert.StartsWith(
            "http://localhost/account/invitation?token=",
            (string?)made["link"],
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(made));

        var listed = Assert.Single(await ListAsync("?desk=ITSD"), one => Same(one, made));
        Assert.Null(listed!["link"]);
        Assert.DoesNotContain(await ListAsync("?desk=HR"), one => Same(one, made));
        var renewed = await company.AsAdmin.PostAsync($"{Path}/{made["id"]}/renew", new { }).OkAsync();
        Assert.NotEqual((string?)made["link"], (string?)renewed["link"]);
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(made));
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(renewed));

        await company.AsAdmin.DeleteAsync($"{Path}/{made["id"]}").OkAsync(HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(renewed));
        Assert.DoesNotContain(await ListAsync(), one => Same(one, made));
        const HttpStatusCode gone = HttpStatusCode.NotFound;
        await company.AsAdmin.DeleteAsync($"{Path}/{made["id"]}").ProblemAsync(gone, "invitations.unknown");
        await company
            .AsAdmin.PostAsync($"{Path}/{made["id"]}/renew", new { })
            .ProblemAsync(gone, "invitations.unknown");
    }

    [Theory]
    [InlineData("not an address", "agent", null, null, 7, "accounts.person-email")]
    [InlineData("wrong.role@example.com", "none", null, null, 7, "administration.role-unknown")]
    [InlineData("wrong.desk@example.com", "agent", "NOPE", null, 7, "staffing.desk-unknown")]
    [InlineData("wrong.worker@example.com", "customer", "ITSD", null, 7, "staffing.role-works-not")]
    [InlineData("wrong.team@example.com", "agent", null, "Nobody's", 7, "api.team-unknown")]
    [InlineData("wrong.days@example.com", "agent", null, null, 8, "invitations.days-wrong")]
    [InlineData("wrong.days@example.com", "agent", null, null, 0, "invitations.days-wrong")]
    public async Task What_is_wrong_is_told(
        string email,
        string role,
        string? desk,
        string? team,
        int days,
        string code
    ) =>
        await company
            .AsAdmin.PostAsync(
                Path,
                new
                {
                    email,
                    role,
                    desk,
                    team,
                    days,
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public async Task An_address_that_is_somebodys_or_invited_is_refused()
    {
        var body = new { email = company.Customer.Email, role = "customer" };
        const HttpStatusCode taken = HttpStatusCode.Conflict;
        await company.AsAdmin.PostAsync(Path, body).ProblemAsync(taken, "accounts.person-email-taken");
        await company
            .AsAdmin.PostAsync(Path, body with { email = "twice@example.com" })
            .OkAsync(HttpStatusCode.Created);
        await company
            .AsAdmin.PostAsync(Path, body with { email = "TWICE@example.com" })
            .ProblemAsync(taken, "invitations.open-already");
        await company
            .AsAdmin.PostAsync(
                Path,
                new
                {
                    body.role,
                    email = "org@example.com",
                    organizations = new[] { "none" },
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "invitations.organization-unknown");
    }

    [Fact]
    public async Task Who_does_not_manage_people_and_a_token_for_tickets_alone_invite_nobody()
    {
        var body = new { email = "nobody.invited@example.com", role = "administrator" };
        const HttpStatusCode refused = HttpStatusCode.Forbidden;
        var tickets = await company.ClientAsync(company.Admin, Scopes.ReadTickets, Scopes.WriteTickets);
        foreach (var client in new[] { company.AsAgent, company.AsCustomer, tickets })
        {
            await client.PostAsync(Path, body).ProblemAsync(refused);
            await client.GetAsync(Path).ProblemAsync(refused);
            await client.DeleteAsync($"{Path}/1").ProblemAsync(refused);
            await client.PostAsync($"{Path}/1/renew", new { }).ProblemAsync(refused);
        }

        await company.Client().PostAsync(Path, body).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_link_is_kept_for_no_repeat_and_a_repeat_is_refused()
    {
        var body = new { email = "repeated@example.com", role = "customer" };
        var made = await company.AsAdmin.PostAsync(Path, body, key: "invite-1").OkAsync(HttpStatusCode.Created);
        await company
            .AsAdmin.PostAsync(Path, body, key: "invite-1")
            .ProblemAsync(HttpStatusCode.Conflict, "invitations.open-already");

        var token = ((string)made["link"]!).Split('=')[1];
        await using var db = company.Get<IDatabase>().CreateDbContext();
        Assert.Empty(await db.ApiAnswers.Where(row => row.Body!.Contains(token)).ToListAsync());
        Assert.DoesNotContain(token, company.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_somebody_who_may_no_longer_invite_does_not_work_until_another_renews_it()
    {
        var leaver = await company.PersonAsync("Leaving Inviter", "administrator");
        var inviter = await company.ClientAsync(leaver);
        var body = new { email = "of.leaver@example.com", role = "agent" };
        var made = await inviter.PostAsync(Path, body).OkAsync(HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(made));

        await company.Get<IPeopleStore>().UpdateAsync(leaver.Id, new PersonChange { Role = "agent" });

        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(made));
        Assert.Equal("void", (string?)Assert.Single(await ListAsync(), one => Same(one, made))!["state"]);
        var renewed = await company.AsAdmin.PostAsync($"{Path}/{made["id"]}/renew", new { days = 1 }).OkAsync();
        Assert.Equal(company.Admin.Name, (string?)renewed["invitedBy"]!["name"]);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(renewed));
    }

    private async Task<HttpStatusCode> OpenAsync(JsonNode made)
    {
        var link = new Uri((string)made["link"]!);
        using var answer = await company.Client().GetAsync(link.PathAndQuery);
        return answer.StatusCode;
    }

    private static bool Same(JsonNode? one, JsonNode made) => (long)one!["id"]! == (long)made["id"]!;

    private async Task<JsonArray> ListAsync(string query = "") =>
        (await company.AsAdmin.GetAsync(Path + query).OkAsync())["items"]!.AsArray();
}
