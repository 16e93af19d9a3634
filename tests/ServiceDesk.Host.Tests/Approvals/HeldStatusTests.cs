using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Reactions.Approvals;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>A status that waits for its approval, on the whole product: pages, REST, scripts, and who stands in for whom.</summary>
public sealed class HeldStatusTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person approver = null!;
    private Person customer = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        agent = await server.PersonAsync("Alex Agent", "agent");
        approver = await server.PersonAsync("Ada Approver", "administrator");
        customer = await server.PersonAsync("Kim Customer", "customer");
        await server.WriteAsync(Documents());
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Nobody_takes_the_way_that_the_approval_decides_and_pages_say_so()
    {
        var trip = await AskedAsync();
        using var rest = await server.RestAsync(agent);

        await rest.PostAsync($"/api/v1/tickets/{trip.Key}/transitions", new { to = "book" })
            .ProblemAsync(HttpStatusCode.Conflict, "refusal.approval-decides");

        using var pages = server.ClientOf(agent);
        var page = await pages.GetStringAsync($"/workspace/tickets/{trip.Key}?lang=en");
        Assert.Contains("The approval decides: Book it, Reject", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"book\"", page, StringComparison.Ordinal);
        var korean = await pages.GetStringAsync($"/workspace/tickets/{trip.Key}?lang=ko");
        Assert.Contains("승인 결과에 따라 진행", WebUtility.HtmlDecode(korean), StringComparison.Ordinal);
        using var portal = server.ClientOf(customer);
        var request = await portal.GetStringAsync($"/portal/requests/{trip.Key}?lang=en");
        Assert.Contains("The approval decides: Book it", request, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"book\"", request, StringComparison.Ordinal);

        var approval = (await NowAsync(trip)).Approvals[^1];
        await server.SendAsync(approver, trip.Id, new AnswerApproval(approval.Id, true));
        await server.UntilAsync(async () => (await NowAsync(trip)).Status == "booked");
    }

    [Fact]
    public async Task What_the_status_asked_for_and_somebody_took_back_is_asked_anew()
    {
        var trip = await AskedAsync();
        var first = (await NowAsync(trip)).Approvals[^1];
        await server.SendAsync(agent, trip.Id, new WithdrawApproval(first.Id));

        await server.UntilAsync(async () => (await NowAsync(trip)).Approvals.Count == 2);
        var second = (await NowAsync(trip)).Approvals[^1];
        Assert.Equal((ApprovalState.Pending, "asked", null), (second.State, second.ForStatus, second.RequestedBy));
    }

    [Fact]
    public async Task What_cannot_be_asked_or_followed_is_told_on_the_ticket_and_tried_again()
    {
        // The address is nobody's: the ticket says so, to the desk alone, and to who has it.
        var board = Documents().OfType<ApprovalDocument>().Single();
        await server.WriteAsync([board with { Steps = [new ApproversRule { People = ["left@example.com"] }] }]);
        var trip = await server.OpenAsync(customer, "To Jeju", "trip", "TRIP");
        await server.UntilAsync(async () => (await NowAsync(trip)).ApprovalTrouble is not null);
        await server.SendAsync(agent, trip.Id, new AssignTicket(agent.Id, null));
        using var pages = server.ClientOf(agent);
        var path = $"/workspace/tickets/{trip.Key}";
        var page = WebUtility.HtmlDecode(await pages.GetStringAsync($"{path}?lang=en"));
        Assert.Contains("The approval “Trip board” cannot be asked", page, StringComparison.Ordinal);
        Assert.Contains("names “left@example.com”, which does not exist", page, StringComparison.Ordinal);
        var korean = WebUtility.HtmlDecode(await pages.GetStringAsync($"{path}?lang=ko"));
        Assert.Contains("“Trip board” 승인을 요청할 수 없습니다", korean, StringComparison.Ordinal);
        using var portal = server.ClientOf(customer);
        Assert.DoesNotContain(
            "left@example.com",
            await portal.GetStringAsync($"/portal/requests/{trip.Key}"),
            StringComparison.Ordinal
        );

        using var rest = await server.RestAsync(agent);
        using var customerRest = await server.RestAsync(customer);
        var trouble = $"/api/v1/tickets/{trip.Key}/approvals/trouble";
        var told = await rest.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>(trouble);
        Assert.Equal("refusal.approver-unknown", (string?)told!["reasons"]![0]!["code"]);
        Assert.Equal(HttpStatusCode.NotFound, (await customerRest.GetAsync(trouble)).StatusCode);
        var again = $"/api/v1/tickets/{trip.Key}/approvals/again";
        Assert.Equal(HttpStatusCode.Forbidden, (await customerRest.PostAsync(again, null)).StatusCode);

        // Asked again in vain it says so again, by then to the one who has it; with somebody to ask it is asked.
        Assert.Equal(HttpStatusCode.NoContent, (await rest.PostAsync(again, null)).StatusCode);
        await server.UntilAsync(async () =>
            (await rest.GetStringAsync("/api/v1/notifications")).Contains("held up", StringComparison.Ordinal)
        );
        await server.WriteAsync([
            board with
            {
                Steps = [new ApproversRule { Manager = true }],
                Fallback = new FallbackApprovers { Roles = ["administrator"] },
            },
        ]);
        Assert.Equal(HttpStatusCode.Found, (await pages.PostAsync(path, "AskAgain")).Status);
        await server.UntilAsync(async () => (await NowAsync(trip)).Approvals.Count == 1);
        var now = await NowAsync(trip);
        Assert.Equal((null, true), (now.ApprovalTrouble, now.Approvals[0].Steps[0].IsFallback));
        Assert.Equal(HttpStatusCode.NotFound, (await rest.GetAsync(trouble)).StatusCode);

        // The yes is given, and the way asks for a field: told, and followed once it is filled.
        var workflow = Documents().OfType<WorkflowDocument>().Single();
        await server.WriteAsync([
            workflow with
            {
                Transitions = workflow
                    .Transitions.Select(way => way.Id == "book" ? way with { RequiredFields = ["trip-why"] } : way)
                    .ToValueList(),
            },
        ]);
        await server.SendAsync(approver, trip.Id, new AnswerApproval(now.Approvals[0].Id, true));
        await server.UntilAsync(async () => (await NowAsync(trip)).ApprovalTrouble?.Transition == "book");
        page = WebUtility.HtmlDecode(await pages.GetStringAsync($"{path}?lang=en"));
        Assert.Contains("“Trip board” is decided, but “Book it” was not possible", page, StringComparison.Ordinal);
        await server.SendAsync(
            agent,
            trip.Id,
            new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem("trip-why", new TextValue("Rain")))
        );
        Assert.Equal(HttpStatusCode.Found, (await pages.PostAsync(path, "AskAgain")).Status);
        await server.UntilAsync(async () => (await NowAsync(trip)).Status == "booked");

        var history = WebUtility.HtmlDecode(await pages.GetStringAsync($"{path}?tab=history&lang=en"));
        Assert.Contains("could not ask for the approval “Trip board”", history, StringComparison.Ordinal);
        Assert.Contains("had the approval tried again", history, StringComparison.Ordinal);
        Assert.Contains("could not take “Book it” after the approval “Trip board”", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_asked_by_hand_does_not_keep_the_status_from_asking()
    {
        var trip = await server.OpenAsync(customer, "To Jeju", "trip", "TRIP");
        await server.SendAsync(
            agent,
            trip.Id,
            new RequestApproval
            {
                Title = "Mine",
                ForStatus = true,
                Steps = [new ApproversAsked([agent.Id], [], [])],
            }
        );

        await server.UntilAsync(async () => (await NowAsync(trip)).Approvals.Any(one => one.RequestedBy is null));
    }

    [Fact]
    public async Task What_follows_an_approval_over_rest_and_in_scripts_is_a_way_of_who_asks()
    {
        var trip = await AskedAsync();
        using var rest = await server.RestAsync(agent);
        var path = $"/api/v1/tickets/{trip.Key}/approvals";
        var steps = new[] { new { people = new[] { approver.Email } } };

        await rest.PostAsync(
                path,
                new
                {
                    title = "x",
                    steps,
                    whenApproved = "secret",
                }
            )
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.transition-role");
        await rest.PostAsync(
                path,
                new
                {
                    title = "x",
                    steps,
                    whenDeclined = "secret",
                }
            )
            .ProblemAsync(HttpStatusCode.Forbidden, "refusal.transition-role");
        var script = new
        {
            title = "x",
            steps,
            whenApproved = "secret",
        };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.CallScriptAsync(agent, "ticket", "requestApproval", trip.Key.ToString(), script)
        );
        Assert.Contains("Secret", refused.Message, StringComparison.OrdinalIgnoreCase);
        await server.CallScriptAsync(approver, "ticket", "requestApproval", trip.Key.ToString(), script);
    }

    [Fact]
    public async Task Nobody_allows_the_requester_by_hand()
    {
        var trip = await server.OpenAsync(agent, "My own", "trip", "TRIP");
        using var rest = await server.RestAsync(agent);
        var path = $"/api/v1/tickets/{trip.Key}/approvals";
        var steps = new[] { new { people = new[] { agent.Email } } };

        await rest.PostAsync(path, new { title = "x", steps })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "refusal.approvers-too-few");
        using var allowed = await rest.PostAsync(
            path,
            new
            {
                title = "x",
                steps,
                allowRequester = true,
            }
        );
        Assert.False(allowed.IsSuccessStatusCode);
        Assert.DoesNotContain((await NowAsync(trip)).Approvals, one => one.RequestedBy is not null);
    }

    [Fact]
    public async Task A_customers_transition_asks_for_its_fields_and_keeps_what_was_typed()
    {
        var trip = await AskedAsync();
        using var portal = server.ClientOf(customer);
        var path = $"/portal/requests/{trip.Key}/transitions/call-off";
        Assert.Contains(path, await portal.GetStringAsync($"/portal/requests/{trip.Key}"), StringComparison.Ordinal);
        var form = await portal.GetStringAsync($"{path}?lang=en");
        Assert.Contains("name=\"fields.trip-why\"", form, StringComparison.Ordinal);
        Assert.Contains("name=\"fields.trip-days\"", form, StringComparison.Ordinal);
        // What customers do not see is not asked.
        Assert.DoesNotContain("trip-cost", form, StringComparison.Ordinal);

        var wrong = await portal.PostAsync(path, "", ("fields.trip-why", ""), ("fields.trip-days", "17"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("in-fields-trip-why-error", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"17\"", wrong.Text, StringComparison.Ordinal);

        var done = await portal.PostAsync(path, "", ("fields.trip-why", "Rain"), ("fields.trip-days", "17"));
        Assert.Equal(HttpStatusCode.Found, done.Status);
        var after = await NowAsync(trip);
        Assert.Equal("rejected", after.Status);
        Assert.Equal(new TextValue("Rain"), after.Fields.Find("trip-why"));

        Assert.Equal(HttpStatusCode.NotFound, (await portal.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.GetAsync(path.Replace("call-off", "secret"))).StatusCode);
        var stranger = await server.PersonAsync("Sam Stranger", "customer");
        using var other = server.ClientOf(stranger);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task What_waits_for_somebody_goes_to_the_substitute_when_the_absence_begins_and_once()
    {
        var trip = await AskedAsync();
        // Asked at the same version of its own ticket, so that both approvals have one number.
        var other = await AskedAsync();
        Assert.Equal((await NowAsync(trip)).Approvals[^1].Id, (await NowAsync(other)).Approvals[^1].Id);
        var first = await server.PersonAsync("Fay First", "agent");
        var second = await server.PersonAsync("Sue Second", "agent");
        var today = server.Clock.GetCurrentInstant().InUtc().Date;
        var people = server.Services.GetRequiredService<IPeopleStore>();
        await people.AddAbsenceAsync(new Absence(0, first.Id, today, today.PlusDays(9), "", second.Id));
        await people.AddAbsenceAsync(new Absence(0, approver.Id, today.PlusDays(1), today.PlusDays(3), "", first.Id));
        var job = server.Services.GetRequiredService<ApprovalStandIns>();
        Assert.Equal(0, await job.RunAsync(default));

        server.Clock.Advance(Duration.FromDays(1));
        await server.UntilAsync(async () =>
            await job.RunAsync(default) > 0 || (await NowAsync(trip)).Approvals[^1].MayAnswer(second.Id)
        );
        await server.UntilAsync(async () => (await NowAsync(trip)).Approvals[^1].MayAnswer(second.Id));
        await server.UntilAsync(async () => (await NowAsync(other)).Approvals[^1].MayAnswer(second.Id));

        var approval = (await NowAsync(trip)).Approvals[^1];
        Assert.Equal([second.Id], approval.WaitingFor());
        Assert.Equal(approver.Id, approval.Steps[0].For(second.Id));
        using var pages = server.ClientOf(agent);
        var history = WebUtility.HtmlDecode(
            await pages.GetStringAsync($"/workspace/tickets/{trip.Key}?tab=history&lang=en")
        );
        Assert.Contains("Sue Second stands in for Ada Approver", history, StringComparison.Ordinal);

        // What comes back stays.
        await server.SendAsync(second, trip.Id, new DelegateApproval(approval.Id, approver.Id));
        Assert.Equal(0, await job.RunAsync(default));
        Assert.Equal([approver.Id], (await NowAsync(trip)).Approvals[^1].WaitingFor());
    }

    [Fact]
    public async Task Whom_a_ticket_is_given_to_is_told_to_be_absent_and_a_macro_gives_it_to_the_substitute()
    {
        var trip = await AskedAsync();
        var there = await server.PersonAsync("Sue Second", "agent");
        var today = server.Clock.GetCurrentInstant().InUtc().Date;
        var people = server.Services.GetRequiredService<IPeopleStore>();
        await people.AddAbsenceAsync(new Absence(0, approver.Id, today, today.PlusDays(3), "", there.Id));
        await server.WriteAsync([
            new MacroDocument
            {
                Id = "to-ada",
                Name = LocalizedText.Of("To Ada"),
                Do = [new RuleAction { Do = "assign", Assignee = approver.Email }],
            },
        ]);
        using var pages = server.ClientOf(agent);
        var page = WebUtility.HtmlDecode(await pages.GetStringAsync($"/workspace/tickets/{trip.Key}?lang=en"));
        Assert.Contains("Ada Approver (absent until", page, StringComparison.Ordinal);

        using var rest = await server.RestAsync(agent);
        await rest.PostAsync($"/api/v1/tickets/{trip.Key}/macros/to-ada", new { }).OkAsync();
        Assert.Equal(there.Id, (await NowAsync(trip)).Assignee);
        var history = WebUtility.HtmlDecode(
            await pages.GetStringAsync($"/workspace/tickets/{trip.Key}?tab=history&lang=en")
        );
        Assert.Contains("Sue Second stands in for Ada Approver", history, StringComparison.Ordinal);

        // By hand it goes to whom was named.
        await server.SendAsync(agent, trip.Id, new AssignTicket(approver.Id, null));
        Assert.Equal(approver.Id, (await NowAsync(trip)).Assignee);
    }

    private async Task<TicketState> NowAsync(TicketState ticket) => (await server.Tickets.GetAsync(ticket.Id))!.State;

    private async Task<TicketState> AskedAsync()
    {
        var trip = await server.OpenAsync(customer, "To Jeju", "trip", "TRIP");
        await server.UntilAsync(async () => (await NowAsync(trip)).Approvals.Count == 1);
        return await NowAsync(trip);
    }

    private IEnumerable<ConfigurationDocument> Documents() =>
        [
            Field("trip-why", FieldKind.Text, customersSee: true),
            Field("trip-days", FieldKind.Number, customersSee: true),
            Field("trip-cost", FieldKind.Number, customersSee: false),
            new ApprovalDocument
            {
                Id = "trip-board",
                Name = LocalizedText.Of("Trip board"),
                Steps = [new ApproversRule { People = [approver.Email] }],
            },
            new WorkflowDocument
            {
                Id = "trip",
                Name = LocalizedText.Of("Trip"),
                Initial = "asked",
                Statuses =
                [
                    new("asked", LocalizedText.Of("Asked"), StatusCategory.New)
                    {
                        Approval = new StatusApproval("trip-board", "book", "reject"),
                    },
                    new("booked", LocalizedText.Of("Booked"), StatusCategory.Active),
                    new("rejected", LocalizedText.Of("Rejected"), StatusCategory.Done, Closes: true),
                ],
                Transitions =
                [
                    Way("book", "Book it", "asked", "booked") with
                    {
                        Customers = true,
                    },
                    Way("reject", "Reject", "asked", "rejected"),
                    Way("secret", "Secret", "asked", "rejected") with
                    {
                        Roles = ["administrator"],
                    },
                    Way("call-off", "Call off", "asked", "rejected") with
                    {
                        Customers = true,
                        Screen = ["trip-days", "trip-cost"],
                        RequiredFields = ["trip-why"],
                    },
                    Way("end", "End", "booked", "rejected"),
                ],
            },
            new TicketTypeDocument
            {
                Id = "trip",
                Name = LocalizedText.Of("Trip"),
                Workflow = "trip",
                Fields = ["trip-why", "trip-days", "trip-cost"],
            },
            new DeskDocument
            {
                Id = "TRIP",
                Name = LocalizedText.Of("Trips"),
                Types = ["trip"],
            },
        ];

    private static FieldDocument Field(string id, FieldKind kind, bool customersSee) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Kind = kind,
            CustomersSee = customersSee,
        };

    private static WorkflowTransition Way(string id, string name, string from, string to) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(name),
            From = [from],
            To = to,
        };
}
