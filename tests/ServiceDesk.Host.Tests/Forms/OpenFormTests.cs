using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.OpenForms;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>Forms that may be sent without signing in.</summary>
public sealed class OpenFormTests : IAsyncLifetime
{
    private const string Address = "/portal/open/ITSD/open-story";
    private ServiceDeskServer server = null!;
    private HttpClient anybody = null!;
    private EditorPage page = null!;

    private IPeopleStore People => server.Services.GetRequiredService<IPeopleStore>();

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        await server.WriteAsync(Documents());
        anybody = server.ClientOf(null);
        page = new EditorPage(anybody, Address);
    }

    public async Task DisposeAsync()
    {
        anybody.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_sends_a_request_and_the_ticket_says_that_nobody_checked_who()
    {
        var form = await anybody.GetStringAsync($"{Address}?lang=en");
        Assert.DoesNotContain("fields.open-owner", form, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"upload\"", form, StringComparison.Ordinal);
        Assert.Contains(Address, await anybody.GetStringAsync("/portal/open"), StringComparison.Ordinal);
        Assert.Contains("/portal/open", await anybody.GetStringAsync("/sign-in"), StringComparison.Ordinal);

        var (sent, _) = await page.PostAsync("", null, "ko", [.. Filled("1"), ("fields.open-owner", "1")]);
        Assert.Equal(HttpStatusCode.Redirect, sent);
        // Sent twice by a double click it is one request.
        await page.PostAsync("", null, "ko", Filled("1"));

        var ticket = Assert.Single(await TicketsAsync());
        Assert.Equal((Channel.Form, "The gate is stuck"), (ticket.Channel, ticket.Summary));
        Assert.Equal(ValueMap<FieldValue>.Empty.SetItem("open-place", new TextValue("Gate 3")), ticket.Fields);
        var person = (await People.FindAsync(ticket.Requester))!;
        Assert.Equal(
            ("Vera Visitor", "vera@elsewhere.example", "customer", "ko"),
            (person.Name, person.Email, person.Role, person.Language)
        );
        var log = await server.Services.GetRequiredService<IEventLog>().ReadTicketAsync(ticket.Id, default);
        Assert.Equal(ActorKind.System, log[0].Actor.Kind);
        using var agent = server.ClientOf(await server.PersonAsync("Alex Agent", "agent"));
        Assert.Contains(
            "Open form, sender not checked",
            await agent.GetStringAsync($"/workspace/tickets/{ticket.Key}?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Whoever_has_the_address_is_the_requester_and_the_stranger_learns_nothing_of_it()
    {
        var known = await server.PersonAsync("Cora Customer", "customer");
        var (sent, _) = await page.PostAsync(
            "",
            null,
            "en",
            [.. Filled("2").Where(one => one.Item1 != "email"), ("email", known.Email.ToUpperInvariant())]
        );

        Assert.Equal(HttpStatusCode.Redirect, sent);
        Assert.Equal(known.Id, Assert.Single(await TicketsAsync()).Requester);
        Assert.DoesNotContain("Cora", await anybody.GetStringAsync(Address), StringComparison.Ordinal);

        await People.UpdateAsync(known.Id, new PersonChange { IsActive = false });
        var (refused, why) = await page.PostAsync(
            "",
            null,
            "en",
            [.. Filled("3").Where(one => one.Item1 != "email"), ("email", known.Email)]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("With this address you cannot ask here", why, StringComparison.Ordinal);
        Assert.Contains("value=\"Gate 3\"", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_an_agent_answers_like_that_of_anybody()
    {
        var type = (RequestTypeDocument)Documents().Last();
        await server.WriteAsync([
            Field("open-place", FieldKind.Text) with
            {
                Access =
                [
                    new FieldAccessRule { Roles = ["agent"], Access = FieldAccess.Required },
                    new FieldAccessRule { Access = FieldAccess.See },
                ],
            },
            Field("open-owner", FieldKind.Person) with
            {
                Access = [new FieldAccessRule { Access = FieldAccess.Required }],
            },
            type with
            {
                Form =
                [
                    new FormField("summary", Required: true),
                    new FormField("open-place"),
                    new FormField("open-owner"),
                ],
            },
        ]);
        var agent = await server.PersonAsync("Alex Agent", "agent");
        foreach (var (mark, email) in new[] { ("7", agent.Email), ("8", "new@elsewhere.example") })
        {
            var (sent, why) = await page.PostAsync(
                "",
                null,
                "en",
                [
                    ("name", "Vera Visitor"),
                    ("email", email),
                    ("summary", "The gate is stuck"),
                    ("once", mark.PadLeft(24, '0')),
                ]
            );
            Assert.True(sent == HttpStatusCode.Redirect, why);
        }

        Assert.Equal(2, (await TicketsAsync()).Count);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_who_sends_too_much_waits()
    {
        var (wrong, why) = await page.PostAsync(
            "",
            null,
            "en",
            [("name", " "), ("email", "nowhere"), ("summary", ""), ("fields.open-place", "Kept")]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("id=\"in-name-error\"", why, StringComparison.Ordinal);
        Assert.Contains("id=\"in-email-error\"", why, StringComparison.Ordinal);
        Assert.Contains("value=\"Kept\"", why, StringComparison.Ordinal);

        for (var number = 0; number < OpenFormLimits.OfAddress; number++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("", null, "en", Filled($"{number}"))).Status);
        }

        var (late, told) = await page.PostAsync("", null, "en", Filled("late"));
        Assert.Equal(HttpStatusCode.TooManyRequests, late);
        Assert.Contains("Try again in 10 minutes", told, StringComparison.Ordinal);
        Assert.Contains("value=\"Gate 3\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_programs_fill_opens_nothing()
    {
        var (sent, _) = await page.PostAsync("", null, "en", [.. Filled("4"), ("website", "https://spam.example")]);

        Assert.Equal(HttpStatusCode.Redirect, sent);
        Assert.Empty(await TicketsAsync());
        Assert.Null(await People.FindByEmailAsync("vera@elsewhere.example"));
    }

    [Fact]
    public async Task Other_forms_are_not_there_for_strangers_and_people_who_are_signed_in_ask_as_themselves()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/portal/open/ITSD/itsd-computer")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/portal/open/ITSD/gone")).StatusCode);
        using var customer = server.ClientOf(await server.PersonAsync("Cora Customer", "customer"));
        var answer = await customer.GetAsync(Address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/portal/ask/ITSD/open-story", answer.Headers.Location!.ToString(), StringComparison.Ordinal);

        var type = (RequestTypeDocument)Documents().Last();
        await server.WriteAsync([type with { Anonymous = false }]);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/portal/open")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(Address)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_an_address_over_its_limit_no_large_form_is_read(bool saysItsLength)
    {
        for (var number = 0; number < OpenFormLimits.OfAddress; number++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("", null, "en", Filled($"{number}"))).Status);
        }

        var (status, why, read) = await LargeAsync(20 * 1024 * 1024, saysItsLength);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("More was sent from your address", why, StringComparison.Ordinal);
        Assert.True(read < 1024 * 1024, $"{read} bytes were read");
        // What was typed into a small one is read, and kept.
        var (late, told) = await page.PostAsync("", null, "en", Filled("late"));
        Assert.Equal(HttpStatusCode.TooManyRequests, late);
        Assert.Contains("value=\"Gate 3\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_sends_so_many_large_forms_an_hour_whatever_they_are_refused_for()
    {
        for (var number = 0; number < OpenFormLimits.LargeOfAddress; number++)
        {
            // Without the token of a form nothing else of it counts.
            Assert.Equal(HttpStatusCode.BadRequest, (await LargeAsync(LargeForms.Large + 1, true)).Status);
        }

        var (status, _, read) = await LargeAsync(20 * 1024 * 1024, true);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.True(read < 1024 * 1024, $"{read} bytes were read");
        Assert.Equal(HttpStatusCode.BadRequest, (await LargeAsync(LargeForms.Large, true)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await page.PostAsync("", null, "en", Filled("small"))).Status);

        server.Clock.Advance(NodaTime.Duration.FromHours(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await LargeAsync(LargeForms.Large + 1, true)).Status);
    }

    private async Task<(HttpStatusCode Status, string Text, long Read)> LargeAsync(long length, bool saysItsLength)
    {
        await using var bytes = new EndlessStream(length);
        using var post = new HttpRequestMessage(HttpMethod.Post, $"{Address}?lang=en");
        post.Content = new StreamContent(bytes);
        post.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=story");
        if (saysItsLength)
        {
            post.Content.Headers.ContentLength = length;
        }
        else
        {
            post.Headers.TransferEncodingChunked = true;
        }

        using var answer = await anybody.SendAsync(post);
        Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), bytes.Given);
    }

    private static (string, string)[] Filled(string mark) =>
        [
            ("name", "Vera Visitor"),
            ("email", "vera@elsewhere.example"),
            ("summary", "The gate is stuck"),
            ("fields.open-place", "Gate 3"),
            ("seen", "summary open-place"),
            ("once", mark.PadLeft(24, '0')),
        ];

    private async Task<IReadOnlyList<TicketState>> TicketsAsync()
    {
        var store = server.Services.GetRequiredService<ITicketStore>();
        var found = new List<TicketState>();
        for (var number = 1; await store.FindAsync(new TicketKey("ITSD", number), default) is { } id; number++)
        {
            found.Add((await server.Tickets.GetAsync(id))!.State);
        }

        return found;
    }

    private IEnumerable<ConfigurationDocument> Documents()
    {
        var snapshot = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var type = snapshot.All<TicketTypeDocument>().Single(one => one.Id == "incident");
        yield return snapshot.All<DeskDocument>().Single(desk => desk.Id == "ITSD") with
        {
            Groups = [],
        };
        yield return Field("open-place", FieldKind.Text);
        yield return Field("open-owner", FieldKind.Person);
        yield return type with
        {
            Fields = type.Fields.Concat(["open-place", "open-owner"]).Distinct().ToValueList(),
        };
        yield return new RequestTypeDocument
        {
            Id = "open-story",
            Name = LocalizedText.Of("Something is broken", "고장 신고"),
            Desk = "ITSD",
            Type = "incident",
            Anonymous = true,
            Form =
            [
                new FormField("summary", Required: true),
                new FormField("open-place", Required: true),
                new FormField("open-owner"),
                new FormField("attachments"),
            ],
        };
    }

    private static FieldDocument Field(string id, FieldKind kind) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Kind = kind,
        };
}
