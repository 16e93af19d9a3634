using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>What scripts can do through the API, and what not.</summary>
public sealed class ScriptApiTests : IAsyncLifetime
{
    private ScriptHost host = null!;
    private TicketSnapshot ticket = null!;

    public async Task InitializeAsync()
    {
        host = await ScriptHost.CreateAsync();
        ticket = await host.Host.OpenAsync();
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("return ticket.summary;", "\"The printer is on fire\"")]
    [InlineData(
        "return [ticket.priority, ticket.setPriority('high').priority, ticket.priority];",
        "[\"medium\",\"high\",\"high\"]"
    )]
    [InlineData("return tickets.get(ticket.key).key === ticket.key;", "true")]
    [InlineData("return tickets.search('summary ~ printer').length;", "1")]
    [InlineData("return tickets.count('');", "1")]
    [InlineData("return tickets.get('ITSD-999');", "null")]
    [InlineData(
        "return tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Another' }).note('x').key !== ticket.key;",
        "true"
    )]
    [InlineData("return people.me().email;", "\"agent@example.test\"")]
    [InlineData("return people.find('customer@example.test').organizations;", "[\"mine\"]")]
    [InlineData("return people.find('nobody@example.test');", "null")]
    [InlineData("return desks.all().map(d => d.key);", "[\"ITSD\"]")]
    [InlineData("return calendars.minutesBetween('always', '2026-03-02T01:00:00Z', '2026-03-02T02:30:00Z');", "90")]
    [InlineData("return calendars.add('always', '2026-03-02T01:00:00Z', 30);", "\"2026-03-02T01:30:00Z\"")]
    [InlineData("return ticket.promises()[0].metric;", "\"time-to-resolution\"")]
    [InlineData(
        "store.set('a', { b: 1 }); return [store.get('a').b, store.keys(), store.get('none')];",
        "[1,[\"a\"],null]"
    )]
    [InlineData("store.set('a', 1); store.remove('a'); return store.keys();", "[]")]
    [InlineData(
        "return i18n.text('refusal.ticket-unknown', 'ko') !== i18n.text('refusal.ticket-unknown', 'en');",
        "true"
    )]
    [InlineData("return ticket.transition('in-progress').status;", "\"in-progress\"")]
    [InlineData("return ticket.assign('agent@example.test').assignee.name;", "\"Ann Agent\"")]
    [InlineData(
        "ticket.requestApproval({ title: '비용', steps: [{ people: ['customer@example.test'] }] });"
            + "const asked = ticket.approvals()[0]; ticket.withdrawApproval(asked.id, 'No need');"
            + "return [asked.title, asked.state, ticket.approvals()[0].state];",
        "[\"비용\",\"pending\",\"withdrawn\"]"
    )]
    [InlineData(
        "ticket.addParticipants(['agent@example.test']); ticket.removeParticipants(['agent@example.test']);"
            + "return tickets.count('participant = \"agent@example.test\"');",
        "0"
    )]
    [InlineData("return ticket.attach('로그.txt', 'line 1\\nline 2', true).key === ticket.key;", "true")]
    [InlineData("return ticket.edit({ labels: ['vip'] }).labels;", "[\"vip\"]")]
    [InlineData("return typeof now;", "\"string\"")]
    public async Task It_does_what_it_says(string source, string expected)
    {
        var outcome = await host.RunAsync(source, ticket.State.Id);

        Assert.Equal((ScriptEnd.Done, null), (outcome.Result.End, outcome.Result.Error));
        Assert.Equal(expected, outcome.Result.Value?.GetRawText() ?? "null");
    }

    [Theory]
    [InlineData("ticket.comment();", "ticket.comment needs the argument text.")]
    [InlineData("ticket.comment(1);", "ticket.comment: text must be string.")]
    [InlineData("ticket.comment('a', 'b');", "ticket.comment takes at most 2 arguments.")]
    [InlineData(
        "ticket.setPriority('urgent');",
        "ticket.setPriority: priority must be \"low\" | \"medium\" | \"high\" | \"critical\"."
    )]
    [InlineData("ticket.edit({ sumary: 'x' });", "ticket.edit: changes.sumary must be")]
    [InlineData("tickets.search('nonsense ===');", null)]
    [InlineData("tickets.search(['a']);", "tickets.search: query must be string.")]
    [InlineData("store.set('', 1);", "A value may have at most 32000 characters as JSON.")]
    [InlineData("store.set('a', new Array(40000).join('x'));", "A value may have at most 32000 characters as JSON.")]
    [InlineData(
        "http.request('GET', 'https://example.com/');",
        "The script may not ask this address: its document does not name the host."
    )]
    [InlineData("ticket.transition('nowhere');", null)]
    [InlineData("ticket.requestApproval({ steps: [{ peple: [] }] });", "ticket.requestApproval: request.steps")]
    [InlineData("ticket.withdrawApproval(0.5);", null)]
    [InlineData("ticket.callRule('none');", null)]
    [InlineData("ticket.assign('customer@example.test');", null)]
    [InlineData("calendars.isWorking('never', now);", "The value of calendar cannot be used.")]
    public async Task A_wrong_call_is_an_error_with_a_sentence(string source, string? sentence)
    {
        var outcome = await host.RunAsync(source, ticket.State.Id);

        Assert.Equal(ScriptEnd.Error, outcome.Result.End);
        Assert.NotEmpty(outcome.Result.Error!);
        Assert.DoesNotContain("Exception", outcome.Result.Error, StringComparison.Ordinal);
        Assert.StartsWith(sentence ?? "", outcome.Result.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Result.Place?.Line);
    }

    [Theory]
    [InlineData("return ticket;", "null")]
    [InlineData("return tickets.get('ITSD-1');", "null")]
    [InlineData("return tickets.search('').length;", "0")]
    [InlineData("return people.find('agent@example.test');", "null")]
    [InlineData("return people.teams();", "[]")]
    public async Task A_script_of_a_customer_sees_what_the_customer_sees(string source, string expected)
    {
        var outcome = await host.RunAsync(source, ticket.State.Id, ScriptHost.Customer);

        Assert.Equal(expected, outcome.Result.Value?.GetRawText() ?? "null");
    }

    [Theory]
    // The key of another's ticket, given by hand: methods are functions with the key in front.
    [InlineData(
        "Object.create(Object.getPrototypeOf(tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Mine' })), { key: { value: 'ITSD-1' } }).comment('mine now');"
    )]
    [InlineData(
        "const t = tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Mine' }); t.key = 'ITSD-1'; t.edit({ summary: 'mine now' });"
    )]
    [InlineData(
        "const t = tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Mine' }); t.note('not for customers');"
    )]
    [InlineData(
        "const t = tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Mine' }); t.setPriority('critical');"
    )]
    public async Task A_script_of_a_customer_changes_nothing_of_others(string source)
    {
        var outcome = await host.RunAsync(source, ticket.State.Id, ScriptHost.Customer);

        Assert.Equal(ScriptEnd.Error, outcome.Result.End);
        Assert.Single(await host.EventsAsync(ticket.State.Id));
    }

    [Fact]
    public async Task A_script_keeps_so_many_values_and_no_more()
    {
        var store = host.Host.Get<Storage.Scripts.IScriptStore>();

        Assert.True(await store.SetValueAsync("s", "a", "1", most: 1));
        Assert.False(await store.SetValueAsync("s", "b", "1", most: 1));
        Assert.True(await store.SetValueAsync("s", "a", "2", most: 1));
        Assert.True(await store.SetValueAsync("other", "b", "1", most: 1));
        Assert.Equal(["a"], await store.KeysAsync("s"));
    }

    [Fact]
    public async Task Scripts_keep_their_values_apart()
    {
        await host.RunAsync("store.set('a', 1);");
        var other = ScriptHost.Script("other", "return store.get('a');");

        var outcome = await host.Scripts.RunAsync(other, 1, new Host.Scripting.Runs.ScriptOccasion("test"));

        Assert.Equal("null", outcome.Result.Value?.GetRawText() ?? "null");
    }

    [Fact]
    public async Task A_trial_decides_and_writes_nothing()
    {
        var outcome = await host.RunAsync(
            """
            ticket.setPriority('critical');
            ticket.note('Seen');
            const other = tickets.open({ desk: 'ITSD', type: 'incident', summary: 'Another' });
            other.transition('in-progress');
            store.set('a', 1);
            return [ticket.priority, tickets.get(ticket.key).priority, other.status];
            """,
            ticket.State.Id,
            isTrial: true
        );

        Assert.Null(outcome.Result.Error);
        Assert.Equal("[\"critical\",\"critical\",\"in-progress\"]", outcome.Result.Value?.GetRawText() ?? "null");
        Assert.Contains(outcome.Events, recorded => recorded.Event is PriorityChanged);
        Assert.Contains(outcome.Events, recorded => recorded.Event is InternalNoteAdded);
        Assert.Contains(outcome.Events, recorded => recorded.Event is TicketOpened);
        Assert.Contains(outcome.Events, recorded => recorded.Event is StatusChanged);
        Assert.Single(await host.EventsAsync(ticket.State.Id));
        Assert.Equal("1", (await host.RunAsync("return tickets.count('');")).Result.Value?.GetRawText());
        Assert.Equal("[]", (await host.RunAsync("return store.keys();")).Result.Value?.GetRawText());
    }

    [Fact]
    public async Task What_a_script_does_is_written_as_the_scripts_and_its_persons()
    {
        await host.RunAsync("ticket.note('Seen');", ticket.State.Id);

        var note = (await host.Host.EventsAsync(ticket.State.Id))[^1];
        Assert.Equal((ActorKind.Script, "test"), (note.Actor.Kind, note.Actor.Name));
        Assert.NotNull(note.Actor.Person);
    }

    [Fact]
    public async Task A_script_whose_person_is_gone_does_not_run()
    {
        var outcome = await host.RunAsync("log.info('x');", ticket.State.Id, "gone@example.test");

        Assert.Equal(ScriptEnd.Error, outcome.Result.End);
        Assert.Contains("gone@example.test", outcome.Result.Error, StringComparison.Ordinal);
        Assert.Equal("error", Assert.Single(await host.RunsAsync("test")).Outcome);
    }
}
