using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Tests;

/// <summary>Changes from the plan over the board to the review, on the real server.</summary>
public sealed class ChangeStoryTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person board = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        agent = await server.PersonAsync("Alex Agent", "agent");
        board = await server.PersonAsync("Bea Board", "administrator");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_normal_change_goes_over_the_board_and_is_scheduled_by_its_word()
    {
        var change = await SubmittedAsync("normal");
        var approval = await AskedAsync(change.Id);
        Assert.Equal(("change-board", "awaiting-approval"), (approval.Policy, approval.ForStatus));
        Assert.Equal("변경 자문 위원회", approval.Title.In("ko"));

        // The agent cannot take the way around the board, by no approval of one's own either.
        Assert.False((await SendAsync(agent, change.Id, Planned.To("approve"))).IsAccepted);
        await SendAsync(
            agent,
            change.Id,
            new RequestApproval
            {
                Title = "My own board",
                ForStatus = true,
                Steps = [new ApproversAsked([agent.Id], [], [])],
            }
        );
        var own = (await StateAsync(change.Id)).Approvals[^1];
        await SendAsync(agent, change.Id, new AnswerApproval(own.Id, true));
        var around = await SendAsync(agent, change.Id, Planned.To("approve"));
        Assert.Equal("refusal.approval-decides", around.Refusals[0].Code);

        await SendAsync(board, change.Id, new AnswerApproval(approval.Id, true, "Go"));
        await server.UntilAsync(async () => (await StateAsync(change.Id)).Status == ChangeReading.Scheduled);

        await SendAsync(agent, change.Id, Planned.To("start"));
        await SendAsync(agent, change.Id, Planned.To("finish"));
        var closed = await SendAsync(
            agent,
            change.Id,
            new TransitionTicket(
                "close",
                "with-issues",
                ValueMap<FieldValue?>.Empty.SetItem("change-review", new TextValue("Took longer."))
            )
        );
        Assert.True(closed.IsAccepted, closed.Refusals.ToString());
        Assert.Equal(("closed", "with-issues"), (closed.Ticket!.State.Status, closed.Ticket.State.Resolution));
    }

    [Fact]
    public async Task What_the_board_declines_is_rejected()
    {
        var change = await SubmittedAsync("normal");
        var approval = await AskedAsync(change.Id);

        Assert.Equal(
            "refusal.approval-comment-required",
            (await SendAsync(board, change.Id, new AnswerApproval(approval.Id, false))).Refusals[0].Code
        );
        await SendAsync(board, change.Id, new AnswerApproval(approval.Id, false, "Not at quarter end"));

        await server.UntilAsync(async () => (await StateAsync(change.Id)).Status == "rejected");
    }

    [Fact]
    public async Task An_emergency_that_nobody_approves_in_time_is_rejected_by_the_timer()
    {
        var change = await SubmittedAsync("emergency");
        var approval = await AskedAsync(change.Id);
        Assert.Equal("change-emergency-board", approval.Policy);

        server.Clock.Advance(Duration.FromHours(4));

        await server.UntilAsync(async () => (await StateAsync(change.Id)).Status == "rejected");
        Assert.Equal(ApprovalState.Expired, (await StateAsync(change.Id)).FindApproval(approval.Id)!.State);
    }

    [Fact]
    public async Task Taking_it_back_withdraws_the_approval_and_submitting_again_asks_anew()
    {
        var change = await SubmittedAsync("normal");
        var first = await AskedAsync(change.Id);

        await SendAsync(agent, change.Id, Planned.To("rework"));
        Assert.Equal(ApprovalState.Withdrawn, (await StateAsync(change.Id)).FindApproval(first.Id)!.State);

        await SendAsync(agent, change.Id, Planned.To("submit"));
        await server.UntilAsync(async () => (await StateAsync(change.Id)).Approvals.Count == 2);
    }

    [Fact]
    public async Task A_standard_change_needs_no_board()
    {
        var change = await OpenAsync("standard");

        var answer = await SendAsync(agent, change.Id, Planned.To("schedule-standard"));

        Assert.Equal(ChangeReading.Scheduled, answer.Ticket!.State.Status);
        Assert.False((await SendAsync(agent, change.Id, Planned.To("submit"))).IsAccepted);
    }

    [Fact]
    public async Task Where_standard_changes_come_from_the_catalogue_nobody_calls_one_so()
    {
        await SaveAsync(
            "kind: plugin-settings\nid: changes\nname: Changes\nvalues:\n  standardFromCatalogue: \"true\"\n  zone: UTC\n"
        );
        await SaveAsync(
            """
            kind: request-type
            id: restart-mail
            name: Restart the mail server
            desk: ITSD
            type: change
            form:
              - field: summary
                required: true
            presets:
              change-kind: standard
              implementation-plan: "1. Stop. 2. Start."
            """
        );
        var called = await OpenAsync("standard");
        var (kind, plan) = (ChangeReading.KindField, "implementation-plan");
        var open = new OpenTicket(
            "ITSD",
            null,
            "restart-mail",
            "Restart it",
            "",
            agent.Id,
            null,
            null,
            Planned.Fields().Remove(kind).Remove(plan),
            Channel.Workspace
        );
        var listed = await server.Tickets.OpenAsync(CommandEnvelope.By(await server.ViewerAsync(agent), open));
        Assert.True(listed.IsAccepted, listed.Refusals.ToString());

        var no = await SendAsync(agent, called.Id, Planned.To("schedule-standard"));
        var yes = await SendAsync(agent, listed.Ticket!.State.Id, Planned.To("schedule-standard"));

        Assert.Equal("changes.refusal.not-in-catalogue", Assert.Single(no.Refusals).Code);
        Assert.True(yes.IsAccepted, yes.Refusals.ToString());
        Assert.Equal(new TextValue("1. Stop. 2. Start."), yes.Ticket!.State.Fields[plan]);
    }

    [Fact]
    public async Task A_freeze_blocks_unless_it_is_an_emergency_with_a_reason()
    {
        await SaveSettingsAsync("2026-03-07/2026-03-08 Quarter end");
        var standard = await OpenAsync("standard");
        var emergency = await OpenAsync("emergency");

        var blocked = await SendAsync(agent, standard.Id, Planned.To("schedule-standard"));
        Assert.Equal("changes.refusal.freeze", Assert.Single(blocked.Refusals).Code);
        Assert.Equal("Quarter end", blocked.Refusals[0].Arguments[0]);

        var unexplained = await SendAsync(agent, emergency.Id, Planned.To("submit-emergency"));
        Assert.Equal("changes.refusal.freeze-reason", Assert.Single(unexplained.Refusals).Code);
        var explained = await SendAsync(
            agent,
            emergency.Id,
            new TransitionTicket(
                "submit-emergency",
                null,
                ValueMap<FieldValue?>.Empty.SetItem(
                    ChangeReading.FreezeReasonField,
                    new TextValue("The mail server is down")
                )
            )
        );
        Assert.True(explained.IsAccepted, explained.Refusals.ToString());
    }

    [Fact]
    public async Task A_normal_change_needs_its_risk_and_a_time_in_the_right_order()
    {
        var change = await OpenAsync("normal");
        await SendAsync(agent, change.Id, Planned.To("assess"));

        Assert.Equal(
            "changes.refusal.risk-missing",
            (await SendAsync(agent, change.Id, Planned.To("submit"))).Refusals[0].Code
        );
        var wrong = ValueMap<FieldValue?>.Empty.SetItem(ChangeReading.EndField, new MomentValue(Planned.Start));
        Assert.Equal(
            "changes.refusal.window-order",
            (await SendAsync(agent, change.Id, new EditTicket(Fields: wrong))).Refusals[0].Code
        );
    }

    [Fact]
    public async Task Conflicts_are_found_by_time_and_service_and_shown_to_who_may_see_them()
    {
        var first = await OpenAsync("standard", services: ["email", "web"]);
        var second = await OpenAsync("standard", Planned.Start + Duration.FromHours(1), services: ["web"]);
        await OpenAsync("standard", Planned.Start + Duration.FromHours(2), services: ["email"]);
        await OpenAsync("standard", Planned.Start, services: ["erp"]);
        using var client = server.ClientOf(agent);

        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/plugins/changes/tickets/{first.Key}");
        Assert.Equal(
            [second.Key.ToString()],
            answer.GetProperty("conflicts").EnumerateArray().Select(one => one.GetString())
        );

        var calendar = await client.GetFromJsonAsync<JsonElement>(
            "/api/v1/plugins/changes/calendar?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z"
        );
        Assert.Equal(4, calendar.GetProperty("items").GetArrayLength());

        using var customer = server.ClientOf(await server.PersonAsync("Cora Customer", "customer"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await customer.GetAsync($"/api/v1/plugins/changes/tickets/{first.Key}")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await client.GetAsync("/api/v1/plugins/changes/calendar?from=x&to=2026-04-01T00:00:00Z")).StatusCode
        );
    }

    [Fact]
    public async Task The_risk_is_counted_kept_with_its_reasons_and_found()
    {
        var change = await OpenAsync("normal");
        using var client = server.ClientOf(agent);
        var answers = Planned
            .Answers(("users", "everybody"), ("back-out", "impossible"), ("tested", "partly"))
            .ToDictionary(one => one.Key, one => one.Value);

        var put = await client.PutAsJsonAsync($"/api/v1/plugins/changes/tickets/{change.Key}/risk", new { answers });
        Assert.True(put.StatusCode == HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        var risk = (await StateAsync(change.Id)).Risk()!;

        Assert.Equal((RiskLevel.High, 12), (risk.Level, risk.Points));
        Assert.Contains(new RiskReason("back-out", "impossible", 6), risk.Reasons);
        answers.Remove("users");
        var missing = await client.PutAsJsonAsync(
            $"/api/v1/plugins/changes/tickets/{change.Key}/risk",
            new { answers }
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        var found = await client.GetStringAsync(
            "/api/v1/plugins/changes/calendar?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z"
        );
        Assert.Contains("\"level\":\"high\"", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_tells_conflicts_and_freezes()
    {
        await SaveSettingsAsync("2026-03-07/2026-03-08 Quarter end");
        var change = await OpenAsync("normal", services: ["web"]);
        var other = await OpenAsync("standard", services: ["web"]);
        using var client = server.ClientOf(agent);
        var path = $"/api/v1/plugins/changes/tickets/{change.Key}";
        var answers = Planned.Answers().ToDictionary(one => one.Key, one => one.Value);

        var put = await client.PutAsJsonAsync($"{path}/risk", new { answers });

        var told = await put.Content.ReadAsStringAsync();
        Assert.Equal(await client.GetStringAsync(path), told);
        Assert.Contains($"\"conflicts\":[\"{other.Key}\"]", told, StringComparison.Ordinal);
        Assert.Contains("Quarter end", told, StringComparison.Ordinal);
        var calendar = await client.GetFromJsonAsync<JsonElement>(
            "/api/v1/plugins/changes/calendar?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z"
        );
        Assert.All(
            calendar.GetProperty("items").EnumerateArray(),
            item => Assert.Equal("Quarter end", item.GetProperty("freezes")[0].GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task After_the_risk_too_an_agent_reads_only_what_is_seen()
    {
        var field = server
            .Services.GetRequiredService<ICurrentConfiguration>()
            .Snapshot.All<FieldDocument>()
            .Single(one => one.Id == ChangeReading.KindField);
        var hidden = field with { Access = [new FieldAccessRule { Roles = ["agent"], Access = FieldAccess.Hidden }] };
        var written = await server
            .Services.GetRequiredService<IConfigurationEditor>()
            .ImportAsync(
                [
                    new ConfigurationFile(
                        ConfigurationFolder.PathOf(DocumentTypes.KindOf(hidden), hidden.Id),
                        server.Services.GetRequiredService<DocumentText>().ToYaml(hidden)
                    ),
                ],
                new ConfigurationImport { KeepOthers = true },
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.Empty(written.Problems);
        var path = $"/api/v1/plugins/changes/tickets/{(await OpenAsync("normal")).Key}";
        var answers = Planned.Answers().ToDictionary(one => one.Key, one => one.Value);

        foreach (var (person, kind) in new[] { (agent, null), (board, "normal") })
        {
            using var client = server.ClientOf(person);
            var put = await client.PutAsJsonAsync($"{path}/risk", new { answers });
            var answer = await put.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(put.IsSuccessStatusCode, answer.ToString());
            Assert.Equal("low", answer.GetProperty("risk").GetProperty("level").GetString());
            Assert.Equal(kind, answer.GetProperty("kind").GetString());
        }
    }

    [Theory]
    [InlineData("en", "Conflict", "Freeze: Quarter end")]
    [InlineData("ko", "일정 충돌", "변경 동결: Quarter end")]
    public async Task The_pages_show_plan_freeze_and_conflict_in_both_languages(
        string language,
        string conflict,
        string freeze
    )
    {
        await SaveSettingsAsync("2026-03-09/2026-03-10 Quarter end");
        var first = await OpenAsync("standard");
        var second = await OpenAsync("standard");
        using var client = server.ClientOf(agent);

        foreach (var view in new[] { "month", "week" })
        {
            var day = view == "month" ? "2026-03-15" : "2026-03-07";
            var page = await client.GetStringAsync($"/plugins/changes/calendar?view={view}&date={day}&lang={language}");
            Assert.Contains(first.Key.ToString(), page, StringComparison.Ordinal);
            Assert.Contains(conflict, page, StringComparison.Ordinal);
            Assert.Equal(view == "month", page.Contains(freeze, StringComparison.Ordinal));
        }

        var ticket = await client.GetStringAsync($"/workspace/tickets/{first.Key}?lang={language}");
        Assert.Contains($"/workspace/tickets/{second.Key}", ticket, StringComparison.Ordinal);
        var risk = await client.GetStringAsync($"/plugins/changes/risk?key={first.Key}&lang={language}");
        Assert.DoesNotContain("[changes.", risk + ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("[approvals.", risk + ticket, StringComparison.Ordinal);
        var list = await client.GetStringAsync($"/workspace/approvals?lang={language}");
        Assert.DoesNotContain("[approvals.", list, StringComparison.Ordinal);
    }

    private async Task<TicketState> SubmittedAsync(string kind)
    {
        var change = await OpenAsync(kind);
        await SendAsync(agent, change.Id, new AssessRisk(Planned.Answers()));
        await SendAsync(agent, change.Id, Planned.To("assess"));
        var answer = await SendAsync(agent, change.Id, Planned.To(kind == "normal" ? "submit" : "submit-emergency"));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private async Task<Approval> AskedAsync(TicketId id)
    {
        await server.UntilAsync(async () => (await StateAsync(id)).Approvals.Count > 0);
        return (await StateAsync(id)).Approvals[0];
    }

    private Task<TicketState> OpenAsync(string kind, Instant? start = null, params string[] services) =>
        server.OpenAsync(
            agent,
            $"A {kind} change",
            ChangesPlugin.Type,
            fields: Planned.Fields(kind, start, 2, services)
        );

    private Task<GrainAnswer> SendAsync(Person person, TicketId id, TicketCommand command) =>
        server.SendAsync(person, id, command);

    private async Task<TicketState> StateAsync(TicketId id) => (await server.Tickets.GetAsync(id))!.State;

    private Task SaveSettingsAsync(string freezes) =>
        SaveAsync($"kind: plugin-settings\nid: changes\nname: Changes\nvalues:\n  freezes: {freezes}\n  zone: UTC\n");

    private async Task SaveAsync(string document)
    {
        var editor = server.Services.GetRequiredService<ServiceDesk.Host.Configuration.IConfigurationEditor>();
        var outcome = await editor.SaveAsync(
            document,
            expectedVersion: 0,
            new ServiceDesk.Host.Configuration.ConfigurationAuthor(null, "test", null)
        );
        Assert.True(outcome.Problems.Count == 0, outcome.Problems.ToString());
    }
}
