using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Staffing;

/// <summary>The page of who works on a desk.</summary>
public sealed class DeskPeoplePageTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task It_tells_who_works_on_the_desk_and_why_and_who_leads()
    {
        var (desk, team) = await DeskAsync("TELL", "Tellers");
        var lead = await company.PersonAsync("Lena Lead", "agent");
        await company.Get<IPeopleStore>().SetTeamMembersAsync(team.Id, [lead.Id]);
        await company.Get<IPeopleStore>().SetTeamWorkAsync(team.Id, lead.Id, null);

        var page = await PageAsync($"/administration/desks/{desk}/people");

        var rows = RowsOf(page);
        var led = Assert.Single(rows, row => row.Contains("Lena Lead", StringComparison.Ordinal));
        Assert.Contains("Leads Tellers", led, StringComparison.Ordinal);
        Assert.Contains("Team Tellers", led, StringComparison.Ordinal);
        Assert.Contains(
            "sees every desk",
            Assert.Single(rows, row => row.Contains(company.Admin.Name, StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(rows, row => row.Contains(company.Agent.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(
            RowsOf(await PageAsync($"/administration/desks/{desk}/people?q=zzzz")),
            row => row.Contains("Lena Lead", StringComparison.Ordinal)
        );
        var everyone = RowsOf(await PageAsync("/administration/desks/ITSD/people"));
        Assert.Contains(
            "every agent works here",
            Assert.Single(everyone, row => row.Contains(company.Agent.Name, StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_person_is_added_with_a_role_and_a_team_and_taken_out_again()
    {
        var (desk, team) = await DeskAsync("ADDS", "Adders");
        var person = await company.PersonAsync("Adam Added", "customer");
        var path = $"/administration/desks/{desk}/people?handler=Add";
        var admin = await SignedInAsync(company.Admin);

        // A customer works no tickets, and the desk takes its teams alone.
        Assert.Contains("may not work tickets", await RefusedAsync(path, "", ""), StringComparison.Ordinal);
        Assert.Contains("worked by teams", await RefusedAsync(path, "agent", ""), StringComparison.Ordinal);
        Assert.Contains(
            "does not work here",
            await RefusedAsync(path, "agent", company.Team.Id.ToString()),
            StringComparison.Ordinal
        );
        Assert.Equal(person, await company.Get<IPeopleStore>().FindAsync(person.Id));

        using var added = await PostAsync(admin, path, person.Name, "agent", team.Id.ToString());
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var works = (await company.Get<IPeopleStore>().FindAsync(person.Id))!;
        Assert.Equal(("agent", team.Id), (works.Role, Assert.Single(works.Teams)));
        Assert.Contains(
            "works here already",
            await RefusedAsync(path, "", team.Id.ToString()),
            StringComparison.Ordinal
        );

        using var removed = await admin.PostAsync(
            $"/administration/desks/{desk}/people?handler=Remove",
            [new("person", person.Id.ToString())]
        );
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Empty((await company.Get<IPeopleStore>().FindAsync(person.Id))!.Teams);
        using var again = await admin.PostAsync(
            $"/administration/desks/{desk}/people?handler=Remove",
            [new("person", person.Id.ToString())]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);

        async Task<string> RefusedAsync(string to, string role, string into)
        {
            using var answer = await PostAsync(admin, to, $"{person.Name} <{person.Email}>", role, into);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_offered_to_be_invited_and_the_link_is_shown_once()
    {
        var (desk, team) = await DeskAsync("INVS", "Inviters");
        var admin = await SignedInAsync(company.Admin);
        var people = $"/administration/desks/{desk}/people";

        using var offered = await PostAsync(admin, $"{people}?handler=Add", "new.one@example.com", "agent", "");
        Assert.Equal(HttpStatusCode.OK, offered.StatusCode);
        var form = await ReadAsync(offered);
        Assert.Equal("new.one@example.com", form.QuerySelector("#in-email")!.GetAttribute("value"));
        Assert.Null(form.QuerySelector("#invitation-link"));

        using var made = await InviteAsync(team.Id.ToString());
        var page = await ReadAsync(made);
        var link = page.QuerySelector("#invitation-link")!.TextContent;
        Assert.StartsWith("http://localhost/account/invitation?token=", link, StringComparison.Ordinal);
        Assert.Contains("no-store", made.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        var later = await PageAsync(people);
        Assert.Contains(
            "new.one@example.com",
            later.QuerySelector("#invitations")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Null(later.QuerySelector("#invitation-link"));
        using var twice = await InviteAsync(team.Id.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        Assert.Contains(
            "invited already",
            (await ReadAsync(twice)).QuerySelector("#in-email-error")!.TextContent,
            StringComparison.Ordinal
        );

        var id = later.QuerySelector("#invitations [name=invitation]")!.GetAttribute("value")!;
        using var renewed = await admin.PostAsync($"{people}?handler=Renew", [new("invitation", id), new("days", "1")]);
        Assert.NotEqual(link, (await ReadAsync(renewed)).QuerySelector("#invitation-link")!.TextContent);
        using var withdrawn = await admin.PostAsync($"{people}?handler=Withdraw", [new("invitation", id)]);
        Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        using var gone = await admin.PostAsync($"{people}?handler=Withdraw", [new("invitation", id)]);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        Task<HttpResponseMessage> InviteAsync(string into) =>
            admin.PostAsync(
                $"{people}?handler=Invite",
                [
                    new("email", "new.one@example.com"),
                    new("name", ""),
                    new("role", "agent"),
                    new("team", into),
                    new("days", "7"),
                ]
            );
    }

    [Fact]
    public async Task A_team_and_an_address_are_changed_together_with_the_documents_that_name_them_once_they_were_seen()
    {
        var (desk, team) = await DeskAsync("RENA", "Renamers");
        var person = await company.PersonAsync("Rita Renamed", "agent");
        await company.Get<IPeopleStore>().SetTeamMembersAsync(team.Id, [person.Id]);
        var admin = await SignedInAsync(company.Admin);
        var path = $"/administration/team/{team.Id}";

        // The list asks on the team's page, and so does that page: nothing is done before.
        using var listed = await admin.PostAsync(
            "/administration/teams?handler=Rename",
            [new("id", team.Id.ToString()), new("name", "Core team")]
        );
        Assert.Equal($"{path}?name=Core%20team", listed.Headers.Location!.OriginalString);
        using var shown = await admin.GetAsync(listed.Headers.Location.OriginalString);
        Assert.Contains(desk, await NoticeAsync(shown), StringComparison.Ordinal);
        using var first = await RenameAsync(null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        var seen = await SeenAsync(first);
        Assert.Equal("Renamers", (await company.Get<IPeopleStore>().FindTeamAsync(team.Id))!.Name);

        // Somebody else writes a document that names it: what was agreed to is not what would be done.
        await company
            .AsAdmin.PutJsonAsync(
                "/api/v1/configuration/approval/renamed-board",
                new
                {
                    id = "renamed-board",
                    name = "Renamed board",
                    steps = new[] { new { teams = new[] { "Renamers" }, people = new[] { person.Email } } },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        using var late = await RenameAsync(seen);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var notice = await NoticeAsync(late);
        Assert.Contains("changed meanwhile", notice, StringComparison.Ordinal);
        Assert.Contains("renamed-board", notice, StringComparison.Ordinal);
        Assert.Equal("Renamers", (await company.Get<IPeopleStore>().FindTeamAsync(team.Id))!.Name);

        using var done = await RenameAsync(await SeenAsync(late));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal("Core team", (await company.Get<IPeopleStore>().FindTeamAsync(team.Id))!.Name);
        var editor = company.Get<IConfigurationEditor>();
        var revision = (await editor.RevisionsAsync(1))[0];
        Assert.Equal(
            [("approval", "renamed-board"), ("desk", desk)],
            revision.Documents.Select(one => (one.Kind, one.Id))
        );
        Assert.Equal(company.Admin.Id, revision.Author.Person);
        Assert.True((await company.Get<IViewers>().OfAsync(person.Id))!.WorksOn(desk));

        // A person's address in the same way; nobody comes to act as somebody else by it.
        await company
            .AsAdmin.PutJsonAsync(
                "/api/v1/configuration/rule/renamed-rule",
                new
                {
                    id = "renamed-rule",
                    name = "Renamed rule",
                    actor = person.Email,
                    when = new[] { new { on = "opened" } },
                    then = new[] { new { @do = "priority", priority = "high" } },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        using var asked = await AddressAsync(null);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("renamed-board", await NoticeAsync(asked), StringComparison.Ordinal);
        Assert.Equal(person.Email, (await company.Get<IPeopleStore>().FindAsync(person.Id))!.Email);
        using var emptied = await AddressAsync(null, "");
        Assert.Null((await ReadAsync(emptied)).QuerySelector("[name=seen]"));
        using var changed = await AddressAsync(await SeenAsync(asked));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal("rita.new@example.com", (await company.Get<IPeopleStore>().FindAsync(person.Id))!.Email);
        Assert.Equal(
            "rita.new@example.com",
            company
                .Get<ICurrentConfiguration>()
                .Snapshot.All<RuleDocument>()
                .Single(one => one.Id == "renamed-rule")
                .Actor
        );
        var board = company.Get<ICurrentConfiguration>().Snapshot.All<ApprovalDocument>();
        var step = board.Single(one => one.Id == "renamed-board").Steps[0];
        Assert.Equal((["rita.new@example.com"], ["Core team"]), (step.People, step.Teams));

        Task<HttpResponseMessage> RenameAsync(string? agreed) =>
            admin.PostAsync(path, [new("name", "Core team"), new("seen", agreed ?? "")]);

        Task<HttpResponseMessage> AddressAsync(string? agreed, string to = "rita.new@example.com") =>
            admin.PostAsync(
                $"/administration/person/{person.Id}?handler=Save",
                [
                    new("name", person.Name),
                    new("email", to),
                    new("role", "agent"),
                    new("language", "en"),
                    new("zone", "UTC"),
                    new("active", "true"),
                    new("teams", team.Id.ToString()),
                    new("seen", agreed ?? ""),
                ]
            );

        static async Task<string> NoticeAsync(HttpResponseMessage answer) =>
            string.Join(' ', (await ReadAsync(answer)).QuerySelectorAll(".notice").Select(one => one.TextContent));

        static async Task<string> SeenAsync(HttpResponseMessage answer) =>
            (await ReadAsync(answer)).QuerySelector("[name=seen]")!.GetAttribute("value")!;
    }

    [Fact]
    public async Task Who_manages_people_and_no_more_gives_no_role_above_the_own_and_changes_nobody_above()
    {
        await company
            .AsAdmin.PutJsonAsync(
                "/api/v1/configuration/role/people-manager",
                new
                {
                    id = "people-manager",
                    name = "People manager",
                    permissions = new[] { "people.write", "portal.ask" },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var manager = await company.PersonAsync("Paul Manager", "people-manager");
        var session = await SignedInAsync(manager);

        using var page = await session.GetAsync("/administration/desks/ITSD/people");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var roles = (await ReadAsync(page))
            .QuerySelectorAll("#in-role option")
            .Select(one => one.GetAttribute("value"));
        Assert.DoesNotContain("administrator", roles);
        using var lifted = await PostAsync(
            session,
            "/administration/desks/ITSD/people?handler=Add",
            company.Customer.Email,
            "agent",
            ""
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lifted.StatusCode);

        // Neither into a team nor out of one, though the role stays.
        var (desk, team) = await DeskAsync("ABOVE", "Above");
        var boss = await company.PersonAsync("Berta Boss", "administrator");
        await company.Get<IPeopleStore>().UpdateAsync(boss.Id, new PersonChange { Teams = [team.Id] });
        var staff = company.Get<DeskStaff>();
        var by = (await company.Get<IViewers>().OfAsync(manager.Id))!;
        var document = company.Get<ICurrentConfiguration>().Snapshot.All<DeskDocument>().Single(one => one.Id == desk);
        var bossNow = (await company.Get<IPeopleStore>().FindAsync(boss.Id))!;
        Assert.Equal("administration.person-above", (await staff.RemoveAsync(by, document, bossNow, default))!.Code);
        Assert.Equal(
            ["administration.person-above"],
            (await staff.AddAsync(by, document, company.Admin, null, team.Id, default)).Select(one => one.Code)
        );
        Assert.Equal<ValueList<TeamId>>([team.Id], (await company.Get<IPeopleStore>().FindAsync(boss.Id))!.Teams);
        using var invited = await session.PostAsync(
            "/administration/invitations?handler=Invite",
            [new("email", "above@example.com"), new("role", "administrator"), new("days", "7")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, invited.StatusCode);
        using var password = await session.PostAsync($"/administration/person/{company.Admin.Id}?handler=Link", []);
        Assert.Equal(HttpStatusCode.Forbidden, password.StatusCode);
        using var changed = await session.PostAsync(
            $"/administration/person/{company.Admin.Id}?handler=Save",
            [
                new("name", "Taken Over"),
                new("email", "taken.over@example.com"),
                new("role", "customer"),
                new("language", "en"),
                new("zone", "UTC"),
                new("active", "true"),
            ]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.StatusCode);
        Assert.Equal(company.Admin, await company.Get<IPeopleStore>().FindAsync(company.Admin.Id));
        Assert.DoesNotContain(
            await company.Get<IInvitations>().OpenAsync(),
            one => one.To.Email == "above@example.com"
        );
    }

    [Fact]
    public async Task An_unknown_desk_is_none_and_agents_see_no_such_page()
    {
        var admin = await SignedInAsync(company.Admin);
        var agent = await SignedInAsync(company.Agent);
        foreach (
            var path in new[]
            {
                "/administration/desks/NOPE/people",
                "/administration/desks/NOPE/people?handler=Suggest&q=a",
            }
        )
        {
            using var unknown = await admin.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }

        using var refused = await agent.GetAsync("/administration/desks/ITSD/people");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_desk_that_a_manager_of_people_does_not_know_looks_as_if_there_were_none()
    {
        await company
            .AsAdmin.PutJsonAsync(
                "/api/v1/configuration/role/clerk",
                new
                {
                    id = "clerk",
                    name = "Clerk",
                    permissions = new[] { "people.write" },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var (desk, team) = await DeskAsync("HIDE", "Hiders");
        var clerk = await company.PersonAsync("Clara Clerk", "clerk");
        var session = await SignedInAsync(clerk);
        var body = new
        {
            email = "hidden@example.com",
            role = "agent",
            desk,
            team = team.Name,
        };
        await company.AsAdmin.PostAsync("/api/v1/invitations", body).OkAsync(HttpStatusCode.Created);

        using var page = await session.GetAsync($"/administration/desks/{desk}/people");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var people = await session.GetAsync("/administration/people");
        Assert.DoesNotContain(
            "/administration/desks/",
            await people.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var api = await company.ClientAsync(clerk);
        var seen = (await api.GetAsync("/api/v1/invitations").OkAsync())["items"]!.AsArray();
        Assert.Null(Assert.Single(seen, one => (string?)one!["email"] == body.email)!["desk"]);
        Assert.Empty((await api.GetAsync($"/api/v1/invitations?desk={desk}").OkAsync())["items"]!.AsArray());
        await api.PostAsync(
                "/api/v1/invitations",
                new
                {
                    email = "other@example.com",
                    role = "clerk",
                    desk,
                }
            )
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "staffing.desk-unknown");
    }

    [Fact]
    public async Task Names_are_completed_by_their_initial_consonants()
    {
        await company.PersonAsync("김초성", "agent");
        var admin = await SignedInAsync(company.Admin);

        using var found = await admin.GetAsync(
            $"/administration/desks/ITSD/people?handler=Suggest&q={Uri.EscapeDataString("ㄱㅊㅅ")}"
        );

        Assert.Contains("김초성", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Desk, Team Team)> DeskAsync(string key, string team)
    {
        var made = await company.Get<IPeopleStore>().CreateTeamAsync(team);
        await company
            .AsAdmin.PutJsonAsync(
                $"/api/v1/configuration/desk/{key}",
                new
                {
                    id = key,
                    name = key,
                    agents = new { everyone = false, teams = new[] { team } },
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (key, made);
    }

    private async Task<BrowserSession> SignedInAsync(Person person)
    {
        var session = BrowserSession.Of(company);
        await session.SignInAsync(person.Email);
        return session;
    }

    private async Task<IDocument> PageAsync(string path)
    {
        using var answer = await (await SignedInAsync(company.Admin)).GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private static Task<HttpResponseMessage> PostAsync(
        BrowserSession session,
        string path,
        string who,
        string role,
        string team
    ) => session.PostAsync(path, [new("who", who), new("role", role), new("team", team)]);

    private static List<string> RowsOf(IDocument page) =>
        [.. page.QuerySelectorAll("section[aria-labelledby=workers-title] tbody tr").Select(row => row.TextContent)];
}
