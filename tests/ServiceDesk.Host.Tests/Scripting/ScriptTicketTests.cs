using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>What scripts do to tickets beyond editing them: each function is seen to succeed, with the rights of its person.</summary>
public sealed class ScriptTicketTests(SmallCompany company) : ScriptsInACompany(company), IClassFixture<SmallCompany>
{
    [Fact]
    public async Task Approvals_are_asked_for_and_taken_back_but_a_person_answers_them()
    {
        var key = await OpenAsync("incident");
        await RunAsync(
            $$"""
            tickets.get('{{key}}').requestApproval({ title: 'Spend', steps: [{ people: ['{{Company.OtherAgent.Email}}'] }] });
            """
        );

        var offered = await RunAsync(
            $$"""
            const ticket = tickets.get('{{key}}');
            return [ticket.approvals()[0].state, typeof ticket.answerApproval, typeof ticket.delegateApproval];
            """,
            Company.OtherAgent.Email
        );
        var ended = await RunAsync(
            $$"""
            const ticket = tickets.get('{{key}}');
            ticket.withdrawApproval(ticket.approvals()[0].id, 'Not needed.');
            return ticket.approvals()[0].state;
            """
        );

        Assert.Equal("""["pending","undefined","undefined"]""", offered);
        Assert.Equal("\"withdrawn\"", ended);
    }

    [Fact]
    public async Task A_checklist_is_written_ticked_and_shortened()
    {
        var key = await OpenAsync("incident");

        Assert.Equal(
            """[[["Order it",true,false],["Try it",false,true]],["Try it"]]""",
            await RunAsync(
                $$"""
                const ticket = tickets.get('{{key}}');
                ticket.addTask('Order it', true);
                ticket.addTask('Try it', false, '{{Company.Agent.Email}}');
                const [order, attempt] = ticket.tasks();
                ticket.tickTask(attempt.id);
                const before = ticket.tasks().map(t => [t.text, t.blocking, t.done]);
                ticket.removeTask(order.id);
                return [before, ticket.tasks().map(t => t.text)];
                """
            )
        );
    }

    [Fact]
    public async Task A_ticket_is_merged_and_taken_apart_again()
    {
        var (one, other) = (await OpenAsync("incident"), await OpenAsync("incident"));

        Assert.Equal(
            $"[\"{one}\",\"\"]",
            await RunAsync(
                $$"""
                const other = tickets.get('{{other}}');
                other.merge('{{one}}');
                const into = tickets.search('merged = {{one}}').map(t => t.key)[0] === '{{other}}' ? '{{one}}' : 'nothing';
                other.undoMerge();
                return [into, tickets.search('merged = {{one}}').map(t => t.key).join()];
                """
            )
        );
    }

    [Fact]
    public async Task A_comment_becomes_a_ticket_and_a_ticket_becomes_two()
    {
        var key = await OpenAsync("incident");
        var said = await Company
            .AsAgent.PostAsync($"/api/v1/tickets/{key}/comments", new { body = "Also, the printer." })
            .OkAsync(HttpStatusCode.Created);

        Assert.Equal(
            $$"""["The printer","Twice",["{{key}}","{{key}}"]]""",
            await RunAsync(
                $$"""
                const ticket = tickets.get('{{key}}');
                const split = ticket.split({{said["id"]}}, { summary: 'The printer' });
                const twice = ticket.duplicate({ summary: 'Twice' });
                return [split.summary, twice.summary, tickets.search('origin = {{key}}').map(() => '{{key}}')];
                """
            )
        );
    }

    [Fact]
    public async Task A_closed_ticket_is_reopened_and_watched()
    {
        var key = await OpenAsync("incident");

        Assert.Equal(
            $$"""["resolved","in-progress",1,0]""",
            await RunAsync(
                $$"""
                const ticket = tickets.get('{{key}}');
                ticket.transition('in-progress');
                const resolved = ticket.transition('resolved', { resolution: 'solved' }).status;
                const reopened = ticket.reopen('Still broken').status;
                const watched = () => tickets.count('key = {{key}} AND watcher = currentUser()');
                ticket.watch('{{Company.Agent.Email}}');
                const on = watched();
                ticket.watch('{{Company.Agent.Email}}', false);
                return [resolved, reopened, on, watched()];
                """
            )
        );
    }

    [Fact]
    public async Task A_ticket_moves_to_another_desk()
    {
        var key = await OpenAsync("incident");
        await Company
            .AsAdmin.PostAsync(
                "/api/v1/desks",
                new
                {
                    template = "blank",
                    key = "SCR",
                    name = "Scripts",
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var desk = await Company.AsAdmin.GetAsync("/api/v1/configuration/desk/SCR").OkAsync();
        var type = (string)desk["types"]![0]!;

        Assert.Equal(
            $$"""["SCR","SCR",true,true]""",
            await RunAsync(
                $$"""
                const moved = tickets.get('{{key}}').move('SCR', '{{type}}');
                const desk = desks.get('SCR');
                return [moved.key.split('-')[0], desk.key, tickets.get('{{key}}').key === moved.key, desks.get('NOPE') === null];
                """,
                Company.Admin.Email
            )
        );
    }

    [Fact]
    public async Task A_rule_is_started_by_hand()
    {
        var rule = new
        {
            id = "called",
            name = "Called",
            when = new[] { new { on = "manual" } },
            then = new[] { new { @do = "edit", addLabels = new[] { "called" } } },
        };
        using var written = await Company.AsAdmin.SendAsync(
            Answers.Request(HttpMethod.Put, "/api/v1/configuration/rule/called", rule)
        );
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync());
        var key = await OpenAsync("incident");

        Assert.Equal($"\"{key}\"", await RunAsync($"return tickets.get('{key}').callRule('called').key;"));

        await Company.UntilAsync(async () =>
            (await Company.AsAgent.GetAsync($"/api/v1/tickets/{key}").OkAsync())["labels"]!.AsArray().Count == 1
        );
    }

    [Fact]
    public async Task Teams_and_forecasts_are_read_by_those_who_work()
    {
        await OpenAsync("incident");

        Assert.Equal(
            "[true,true,true]",
            await RunAsync(
                """
                const seen = sla.forecast(5, 'ITSD');
                return [people.teams().includes('Service desk'), seen.due >= seen.breaks, seen.clocks.length >= seen.breaks];
                """
            )
        );
    }
}
