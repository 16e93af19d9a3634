using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NodaTime;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Staffing;

/// <summary>The page of an invitation's link.</summary>
public sealed class InvitationPageTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    private const string Path = "/account/invitation";

    [Fact]
    public async Task Whoever_accepts_is_signed_in_with_role_and_team_and_the_link_is_used_up()
    {
        var token = await InviteAsync("joins@example.com", "agent", company.Team.Id);
        var visitor = BrowserSession.Of(company);

        using var opened = await visitor.GetAsync($"{Path}?token={token}");
        var form = await ReadAsync(opened);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Contains(company.Admin.Name, form.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("no-store", opened.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var again = await visitor.GetAsync($"{Path}?token={token}");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode); // looking uses nothing up

        using var accepted = await AcceptAsync(visitor, token);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (accepted.StatusCode, accepted.Headers.Location!.ToString()));
        using var queue = await visitor.GetAsync("/workspace/ITSD/itsd-open");
        Assert.Equal(HttpStatusCode.OK, queue.StatusCode);
        var person = (await company.Get<IPeopleStore>().FindByEmailAsync("joins@example.com"))!;
        Assert.Equal(
            ("New Colleague", "agent", "ko", "Asia/Seoul", company.Team.Id),
            (person.Name, person.Role, person.Language, person.Zone, Assert.Single(person.Teams))
        );

        using var used = await AcceptAsync(BrowserSession.Of(company), token);
        Assert.Equal(HttpStatusCode.NotFound, used.StatusCode);
    }

    [Fact]
    public async Task Links_that_are_unknown_used_withdrawn_or_over_are_answered_alike()
    {
        var withdrawn = await InviteAsync("withdrawn@example.com", "customer");
        var open = (await company.Get<IInvitations>().OpenAsync()).Single(one =>
            one.To.Email == "withdrawn@example.com"
        );
        await company.Get<IInvitations>().WithdrawAsync(open.Id, company.Time.Now);
        var used = await InviteAsync("used@example.com", "customer");
        using (await AcceptAsync(BrowserSession.Of(company), used)) { }
        var over = await InviteAsync("over@example.com", "customer");
        company.Time.Move(Duration.FromDays(7));

        var answers = new List<string>();
        foreach (var token in new[] { withdrawn, used, over, "unknown", "", "%00", new string('a', 3000) })
        {
            var visitor = BrowserSession.Of(company);
            using var read = await visitor.GetAsync($"{Path}?token={token}");
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
            answers.Add(Told(await ReadAsync(read)));
            using var posted = await AcceptAsync(visitor, token);
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
            answers.Add(Told(await ReadAsync(posted)));
        }

        Assert.Contains("Ask whoever invited you", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Null(await company.Get<IPeopleStore>().FindByEmailAsync("over@example.com"));
    }

    [Fact]
    public async Task What_is_typed_wrong_is_told_and_the_link_still_works()
    {
        var token = await InviteAsync("typo@example.com", "customer");
        var visitor = BrowserSession.Of(company);

        foreach (
            var (field, value) in new[]
            {
                ("name", " "),
                ("language", "xx"),
                ("zone", "Mars/Base"),
                ("password", "short"),
                ("repeat", "something else"),
            }
        )
        {
            using var refused = await AcceptAsync(visitor, token, (field, value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.NotNull((await ReadAsync(refused)).QuerySelector(".error"));
        }

        using var accepted = await AcceptAsync(visitor, token);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    public async Task An_account_that_was_made_meanwhile_is_told_and_not_touched()
    {
        var token = await InviteAsync("made.meanwhile@example.com", "agent");
        var made = await company.PersonAsync("Made Meanwhile", "customer");

        using var refused = await AcceptAsync(BrowserSession.Of(company), token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(
            "account with the address",
            (await ReadAsync(refused)).QuerySelector("[role=alert]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(made, await company.Get<IPeopleStore>().FindByEmailAsync("made.meanwhile@example.com"));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        var token = await InviteAsync("forged@example.com", "customer");
        using var content = new FormUrlEncodedContent(Form(token));

        using var forged = await company.Client().PostAsync(Path, content);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Null(await company.Get<IPeopleStore>().FindByEmailAsync("forged@example.com"));
    }

    [Fact]
    public async Task Whoever_is_signed_in_is_told_and_becomes_the_new_person()
    {
        var token = await InviteAsync("second.self@example.com", "customer");
        var session = BrowserSession.Of(company);
        await session.SignInAsync(company.Colleague.Email);

        using var opened = await session.GetAsync($"{Path}?token={token}");
        Assert.Contains(company.Colleague.Name, await opened.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var accepted = await AcceptAsync(session, token);

        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        using var profile = await session.GetAsync("/account/profile");
        Assert.Contains("second.self@example.com", await profile.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_is_invited_with_organizations()
    {
        var hanbit = (await company.Get<IPeopleStore>().FindOrganizationAsync("hanbit"))!;
        var admin = BrowserSession.Of(company);
        await admin.SignInAsync(company.Admin.Email);
        using var made = await admin.PostAsync(
            "/administration/invitations?handler=Invite",
            [
                new("email", "of.hanbit@example.com"),
                new("name", "Han Bit"),
                new("role", "customer"),
                new("organizations", hanbit.Id.ToString()),
                new("days", "30"),
            ]
        );
        var link = (await ReadAsync(made)).QuerySelector("#invitation-link")!.TextContent;

        using var accepted = await AcceptAsync(BrowserSession.Of(company), link.Split('=')[1]);

        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        var person = (await company.Get<IPeopleStore>().FindByEmailAsync("of.hanbit@example.com"))!;
        Assert.Equal(("customer", hanbit.Id), (person.Role, Assert.Single(person.Organizations)));
    }

    [Fact]
    public async Task What_is_over_is_forgotten_after_a_month()
    {
        await InviteAsync("forgotten@example.com", "customer");
        company.Time.Move(Duration.FromDays(7) + ForgetInvitations.Kept);
        await company.Get<UpkeepRounds>().RoundAsync(CancellationToken.None);
        Assert.Contains(await KnownAsync(), email => email == "forgotten@example.com");

        company.Time.Move(Duration.FromMilliseconds(1));
        await company.Get<UpkeepRounds>().RoundAsync(CancellationToken.None);
        Assert.DoesNotContain(await KnownAsync(), email => email == "forgotten@example.com");

        async Task<IEnumerable<string>> KnownAsync() =>
            (await company.Get<IInvitations>().OpenAsync()).Select(one => one.To.Email);
    }

    private async Task<string> InviteAsync(string email, string role, TeamId? team = null) =>
        (
            await company
                .Get<IInvitations>()
                .AddAsync(
                    new NewInvitation(email, role) { Team = team },
                    company.Admin.Id,
                    company.Time.Now,
                    Duration.FromDays(7)
                )
        ).Token;

    private static Task<HttpResponseMessage> AcceptAsync(
        BrowserSession visitor,
        string token,
        (string Field, string Value)? other = null
    ) => visitor.PostAsync(Path, Form(token, other));

    private static IEnumerable<KeyValuePair<string, string>> Form(
        string token,
        (string Field, string Value)? other = null
    ) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = token,
            ["name"] = "New Colleague",
            ["language"] = "ko",
            ["zone"] = "Asia/Seoul",
            ["password"] = ServerUnderTest.Password,
            ["repeat"] = ServerUnderTest.Password,
        }.Select(field =>
            field.Key == other?.Field ? new KeyValuePair<string, string>(field.Key, other.Value.Value) : field
        );

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private static string Told(IDocument page) => page.QuerySelector("main")!.TextContent;
}

/// <summary>Whoever tries links by the dozen has to wait, as at the sign-in.</summary>
public sealed class InvitationGuessTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task After_fifty_links_that_do_not_work_an_address_waits()
    {
        var made = await company
            .Get<IInvitations>()
            .AddAsync(
                new NewInvitation("patient@example.com", "customer"),
                company.Admin.Id,
                company.Time.Now,
                Duration.FromDays(7)
            );
        var visitor = BrowserSession.Of(company);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var wrong = await visitor.GetAsync($"/account/invitation?token=wrong{attempt}");
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        using var many = await visitor.GetAsync($"/account/invitation?token={made.Token}");
        Assert.Equal(HttpStatusCode.TooManyRequests, many.StatusCode);
        company.Time.Move(Duration.FromMinutes(6));
        using var later = await visitor.GetAsync($"/account/invitation?token={made.Token}");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }
}

/// <summary>Where the installation was told its address, links lead there, whatever a request says of its host.</summary>
public sealed class InvitationHostTests(InvitationHostTests.Addressed server)
    : IClassFixture<InvitationHostTests.Addressed>
{
    [Fact]
    public async Task The_host_of_a_request_does_not_get_into_a_link()
    {
        var admin = await server.PersonAsync("Ada Admin", "administrator");
        var client = await server.ClientAsync(admin);
        client.DefaultRequestHeaders.Host = "evil.example.com";

        var made = await client
            .PostAsync("/api/v1/invitations", new { email = "linked@example.com", role = "customer" })
            .OkAsync(HttpStatusCode.Created);

        Assert.StartsWith(
            "https://help.example.com/desk/account/invitation?token=",
            (string?)made["link"],
            StringComparison.Ordinal
        );
    }

    public sealed class Addressed : ServerUnderTest
    {
        protected override HostOptions Adjusted(HostOptions options) =>
            options with
            {
                PublicAddress = "https://help.example.com/desk",
            };
    }
}
