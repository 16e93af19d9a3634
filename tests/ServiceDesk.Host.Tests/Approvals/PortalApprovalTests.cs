using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>A requester asks colleagues for approval in the portal, and nobody else anything.</summary>
public sealed class PortalApprovalTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person requester = null!;
    private Person colleague = null!;
    private Person stranger = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        var people = server.Services.GetRequiredService<IPeopleStore>();
        var ours = await people.CreateOrganizationAsync("ours", "Ours", true);
        var theirs = await people.CreateOrganizationAsync("theirs", "Theirs", true);
        requester = await PersonAsync("Kim Requester", ours);
        colleague = await PersonAsync("Lee Colleague", ours);
        stranger = await PersonAsync("Sam Stranger", theirs);

        Task<Person> PersonAsync(string name, Organization organization) =>
            people.CreateAsync(
                new NewPerson(name, $"{name.Split(' ')[0]}@example.com".ToLowerInvariant(), "customer")
                {
                    Organizations = [organization.Id],
                }
            );
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_requester_asks_a_colleague_who_answers_there_and_strangers_are_nobody()
    {
        await TypeAsync(asks: true);
        var ticket = await OpenAsync();
        var page = $"/portal/requests/{ticket.Key}";
        using var asking = server.ClientOf(requester);
        using var deciding = server.ClientOf(colleague);

        var shown = await asking.GetStringAsync(page);
        Assert.Contains("id=\"ask-approval\"", shown, StringComparison.Ordinal);
        Assert.Contains("Lee Colleague", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Sam Stranger", shown, StringComparison.Ordinal);
        foreach (var person in (PersonId[])[stranger.Id, new PersonId(999_999)])
        {
            var no = await asking.PostAsync(page, "askApproval", ("title", "May I?"), ("approver", $"{person}"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, no.Status);
            Assert.DoesNotContain("Sam Stranger", no.Text, StringComparison.Ordinal);
        }

        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await asking.PostAsync(page, "askApproval", ("title", "May I?"))).Status
        );
        var asked = await asking.PostAsync(
            page,
            "askApproval",
            ("title", "May I <b>buy</b> it?"),
            ("approver", $"{colleague.Id}")
        );
        Assert.Equal(HttpStatusCode.Found, asked.Status);
        var approval = Assert.Single((await StateAsync(ticket)).Approvals);
        Assert.True(approval is { ByCustomer: true, CustomersSee: true, CommentOnDecline: true });
        Assert.Contains(
            "May I &lt;b&gt;buy&lt;/b&gt; it?",
            await deciding.GetStringAsync(page),
            StringComparison.Ordinal
        );

        var answered = await deciding.PostAsync(
            page,
            "answerApproval",
            ("approval", $"{approval.Id}"),
            ("approves", "true")
        );
        Assert.Equal(HttpStatusCode.Found, answered.Status);
        Assert.Equal(ApprovalState.Approved, (await StateAsync(ticket)).Approvals[0].State);

        await asking.PostAsync(page, "askApproval", ("title", "And this?"), ("approver", $"{colleague.Id}"));
        var second = (await StateAsync(ticket)).Approvals[1];
        await deciding.PostAsync(page, "withdrawApproval", ("approval", $"{second.Id}"));
        Assert.Equal(ApprovalState.Pending, (await StateAsync(ticket)).Approvals[1].State);
        await asking.PostAsync(page, "withdrawApproval", ("approval", $"{second.Id}"), ("reason", "Not now"));
        Assert.Equal(ApprovalState.Withdrawn, (await StateAsync(ticket)).Approvals[1].State);
    }

    [Fact]
    public async Task It_is_neither_offered_nor_taken_where_the_request_type_does_not_allow_it()
    {
        await TypeAsync(asks: false);
        var ticket = await OpenAsync();
        var page = $"/portal/requests/{ticket.Key}";
        using var asking = server.ClientOf(requester);

        Assert.DoesNotContain("ask-approval", await asking.GetStringAsync(page), StringComparison.Ordinal);
        var no = await asking.PostAsync(page, "askApproval", ("title", "May I?"), ("approver", $"{colleague.Id}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, no.Status);

        // Who reads along may not ask either, where it is allowed.
        await TypeAsync(asks: true);
        using var reading = server.ClientOf(colleague);
        if (await reading.GetAsync(page) is { StatusCode: HttpStatusCode.OK } seen)
        {
            Assert.DoesNotContain("ask-approval", await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var byOther = await server.SendAsync(
            colleague,
            ticket.Id,
            new RequestApproval { Title = "May I?", Steps = [new ApproversAsked([requester.Id], [], [])] }
        );
        Assert.False(byOther.IsAccepted);
        Assert.Empty((await StateAsync(ticket)).Approvals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_ticket_without_a_request_type_its_ticket_type_says_whether_colleagues_are_asked(bool asks)
    {
        if (asks)
        {
            var editor = server.Services.GetRequiredService<IConfigurationEditor>();
            await WriteAsync($"{editor.YamlOf(DocumentKinds.TicketType, "incident")}customersAskApproval: true\n");
        }

        var ticket = await server.OpenAsync(requester, "The lift hums");
        var page = $"/portal/requests/{ticket.Key}";
        using var asking = server.ClientOf(requester);

        Assert.Equal(
            asks,
            (await asking.GetStringAsync(page)).Contains("id=\"ask-approval\"", StringComparison.Ordinal)
        );
        var asked = await asking.PostAsync(page, "askApproval", ("title", "May I?"), ("approver", $"{colleague.Id}"));

        Assert.Equal(asks ? HttpStatusCode.Found : HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Equal(asks ? 1 : 0, (await StateAsync(ticket)).Approvals.Count);
    }

    private Task TypeAsync(bool asks) =>
        WriteAsync(
            $"""
            kind: request-type
            id: purchase
            name: Purchase
            desk: ITSD
            type: incident
            form:
              - field: summary
                required: true
            customersAskApproval: {(asks ? "true" : "false")}
            """
        );

    private async Task WriteAsync(string yaml)
    {
        var outcome = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private async Task<TicketState> OpenAsync()
    {
        var open = new OpenTicket(
            "ITSD",
            null,
            "purchase",
            "A new chair",
            "",
            requester.Id,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Portal
        );
        var answer = await server.Tickets.OpenAsync(CommandEnvelope.By(await server.ViewerAsync(requester), open));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private async Task<TicketState> StateAsync(TicketState ticket) => (await server.Tickets.GetAsync(ticket.Id))!.State;
}
