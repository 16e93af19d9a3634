using System.Globalization;
using System.Net;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>The strings that break programs, as names and addresses of who is invited and of who accepts.</summary>
public sealed class NaughtyInvitationTests(SmallCompany company) : CompanyAttempts(company), IClassFixture<SmallCompany>
{
    [Fact]
    public async Task Invited_people_may_be_called_anything_and_names_read_back_equal()
    {
        var admin = BrowserSession.Of(Company);
        await admin.SignInAsync(Company.Admin.Email);
        // What is refused draws the page with everybody who is invited: first, while there are few.
        await EachAsync(async text =>
        {
            await InviteAsync(text, "Somebody");
            await PageAsync(
                admin.PostAsync(
                    "/administration/desks/ITSD/people?handler=Add",
                    [new("who", text), new("role", text), new("team", text)]
                ),
                "people of a desk",
                text
            );
        });
        await EachAsync(text => InviteAsync(EmailOf(text), text));

        var invited = (await Company.Get<IInvitations>().OpenAsync()).ToDictionary(
            one => one.To.Email,
            one => one.To.Name,
            StringComparer.Ordinal
        );
        Assert.True(Strings.Count(text => invited.ContainsKey(EmailOf(text))) > 300);
        foreach (var text in Strings.Where(text => invited.ContainsKey(EmailOf(text))))
        {
            Same(text, text.Trim(), invited[EmailOf(text)], "invitation");
        }

        using var list = await admin.GetAsync("/administration/invitations");
        var page = await list.Content.ReadAsStringAsync();
        foreach (var text in Strings.Where(IsMarkup))
        {
            Note(page.Contains(text, StringComparison.Ordinal) ? "the list holds it as markup" : null, text);
        }

        AssertNothingFound();

        Task InviteAsync(string email, string name) =>
            PageAsync(
                admin.PostAsync(
                    "/administration/invitations?handler=Invite",
                    [new("email", email), new("name", name), new("role", "customer"), new("days", "30")]
                ),
                "invitation",
                name
            );
    }

    [Fact]
    public async Task Whoever_accepts_may_type_anything()
    {
        var link = await Company
            .Get<IInvitations>()
            .AddAsync(
                new NewInvitation("anything@example.com", "customer") { Name = "<b>Bold</b>" },
                Company.Admin.Id,
                Company.Time.Now,
                NodaTime.Duration.FromDays(7)
            );
        var visitor = BrowserSession.Of(Company);
        foreach (var text in Hazards.Select(hazard => hazard[0]))
        {
            var answer = await visitor.PostAsync(
                "/account/invitation",
                [
                    new("token", link.Token),
                    new("name", text),
                    new("language", text),
                    new("zone", text),
                    new("password", text),
                    new("repeat", text),
                ]
            );
            Note(
                answer.StatusCode == HttpStatusCode.UnprocessableEntity ? null : $"acceptance: {answer.StatusCode}",
                text
            );
            await PageAsync(Task.FromResult(answer), "acceptance", text);
        }

        await PageAsync(
            visitor.GetAsync($"/account/invitation?token={link.Token}"),
            "an invitation",
            link.Invitation.To.Name
        );
        AssertNothingFound();
    }

    private static string EmailOf(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"n{Array.IndexOf(Strings, text)}@example.com");
}
