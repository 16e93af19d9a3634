using System.Text.Json;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>The modules of the product and its plugins, called by real scripts on the whole product.</summary>
[Collection(CompanyTests.Name)]
public sealed class ScriptModuleTests(SmallCompany company) : ScriptsInACompany(company)
{
    [Fact]
    public async Task Links_are_made_read_and_taken_away()
    {
        var (one, other) = (await OpenAsync("incident"), await OpenAsync("incident"));

        Assert.Equal(
            $"[\"{other}\",\"{one}\",0]",
            await RunAsync(
                $$"""
                const there = links.link('{{one}}', 'relates', '{{other}}', 'both').links[0].key;
                const link = links.types().find(t => t.type === 'relates');
                if (!link) { throw new Error('no type'); }
                links.linkPage('{{one}}', 'https://example.com/', 'Page');
                links.unlinkPage('{{one}}', 'https://example.com/');
                const back = links.of('{{other}}').links.map(l => l.key);
                return [there, back[0] || '{{one}}', links.unlink('{{one}}', 'relates', '{{other}}', 'both').links.length];
                """
            )
        );
    }

    [Fact]
    public async Task A_problem_is_described_gets_its_incidents_and_is_solved()
    {
        var (problem, incident) = (await OpenAsync("problem"), await OpenAsync("incident"));

        Assert.Equal(
            $"[true,\"Restart it.\",\"{incident}\",\"resolved\",1]",
            await RunAsync(
                $$"""
                problems.describe('{{problem}}', { knownError: true });
                const known = problems.describe('{{problem}}', { workaround: 'Restart it.' });
                const attached = problems.attach('{{problem}}', '{{incident}}').incidents[0].key;
                problems.similar('{{problem}}');
                problems.solve('{{problem}}', ['{{incident}}'], { english: 'Solved.', korean: '해결되었습니다.' });
                return [known.knownError, known.workaround, attached, tickets.get('{{problem}}').status,
                    problems.get('{{problem}}').telling.all];
                """
            )
        );
    }

    [Fact]
    public async Task Changes_incidents_and_requests_are_asked()
    {
        var (change, incident) = (await OpenAsync("change"), await OpenAsync("incident"));

        var answer = await RunAsync(
            $$"""
            const majors = () => incidents.majors().filter(m => m.key === '{{incident}}').length;
            incidents.declareMajor('{{incident}}', 'On it.');
            const declared = majors();
            incidents.withdrawMajor('{{incident}}');
            const types = requests.types();
            const opened = requests.open(types.find(t => t.fields.includes('reason')).id, 'By a script', 'Words', { reason: 'It is time.' });
            let refused;
            try { changes.assess('{{change}}', {}); } catch (e) { refused = e.code; }
            return [changes.get('{{change}}').key, changes.between(now, calendars.add(calendars.all()[0].id, now, 600)).length >= 0,
                declared, majors(), opened.key.split('-')[0], refused];
            """
        );

        Assert.Equal($"[\"{change}\",true,1,0,\"ITSD\",\"changes.refusal.answer-missing\"]", answer);
    }

    [Fact]
    public async Task A_change_that_is_assessed_is_told_as_one_that_is_read()
    {
        var change = await OpenAsync("change");

        var answer = await RunAsync(
            $$"""
            const answers = { users: 'few', outage: 'none', 'back-out': 'easy', tested: 'fully', experience: 'often' };
            const assessed = changes.assess('{{change}}', answers);
            return [assessed.risk.level, JSON.stringify(assessed) === JSON.stringify(changes.get('{{change}}'))];
            """
        );

        Assert.Equal("[\"low\",true]", answer);
    }

    [Fact]
    public async Task Promises_are_explained_and_simulated()
    {
        var incident = await OpenAsync("incident");

        var answer = await RunAsync(
            $$"""
            const clock = sla.clocks('{{incident}}')[0];
            const simple = sla.due(clock.calendar, clock.startedAt, clock.targetSeconds / 60);
            const working = calendars.add(clock.calendar, '2026-03-02T00:00:00Z', 0);
            const pause = [{ from: working, to: '2026-03-03T00:00:00Z' }];
            const whole = sla.due(clock.calendar, '2026-03-03T00:00:00Z', 90);
            return [simple === clock.dueAt, sla.due(clock.calendar, working, 90, pause) === whole,
                clock.verdict, clock.segments.every(s => s.from < s.to)];
            """
        );

        Assert.Equal("[true,true,\"open\",true]", answer);
    }

    [Fact]
    public async Task What_a_person_may_not_a_script_may_not_either()
    {
        var incident = await OpenAsync("incident");

        var answer = await RunAsync(
            $$"""
            return [() => links.types(), () => problems.get('{{incident}}'), () => changes.between(now, now),
                () => incidents.majors(), () => sla.clocks('{{incident}}')]
                .map(call => { try { call(); return 'done'; } catch (e) { return e.code; } });
            """,
            Company.Customer.Email
        );

        var codes = JsonSerializer.Deserialize<string[]>(answer!)!;
        Assert.Equal(Enumerable.Repeat("scripts.call.forbidden", 4).Append("refusal.agents-only"), codes);
    }
}
