using ServiceDesk.Core.Automation;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Tests.Shared;

namespace ServiceDesk.Problems.Tests;

/// <summary>What rules do with problems.</summary>
public sealed class ProblemRuleTests : ProblemWorld
{
    [Fact]
    public async Task A_rule_opens_one_problem_that_causes_the_incident_as_private_as_that_and_none_where_there_is_one()
    {
        var incident = await Server.OpenPrivatelyAsync(English, "VPN is slow");
        await Server.SendAsync(Agent, incident.Id, new AssignTicket(Agent.Id, null));
        var rules = new RuleOnServer(Server);

        var opened = Assert.Single(await rules.DoAsync(Agent, incident, null, Do("problems.open")));
        await Server.UntilAsync(async () => (await StateAsync(incident)).Links().Links.Count == 1);
        var link = (await StateAsync(incident)).Links().Links[0];
        var again = await rules.DoAsync(Agent, incident, null, Do("problems.open"));

        Assert.Equal(opened.Made, link.Other);
        Assert.Equal(("causes", LinkDirection.Inward), (link.Type, link.Direction));
        var problem = (await Server.Tickets.GetAsync(link.Other))!.State;
        Assert.Equal((ProblemsPlugin.Type, "VPN is slow"), (problem.Type, problem.Summary));
        Assert.Equal((Agent.Id, true), (problem.Requester, problem.IsPrivate));
        Assert.Equal(ActionStatus.Nothing, Assert.Single(again).Status);
        Assert.Single((await StateAsync(incident)).Links().Links);
    }

    [Fact]
    public async Task An_incident_is_attached_to_an_open_problem_that_the_rules_person_works_on_and_to_nothing_else()
    {
        var incident = await Server.OpenAsync(English, "VPN is slow");
        var other = await Server.OpenAsync(Korean, "프린터 고장");
        var rules = new RuleOnServer(Server);

        var no = await rules.DoAsync(Agent, incident, null, Attach(other.Key), Attach(new TicketKey("ITSD", 999)));
        var byCustomer = await rules.DoAsync(Agent, incident, English, Attach(Problem.Key));
        var yes = await rules.DoAsync(Agent, incident, Agent, Attach(Problem.Key));

        Assert.Equal(
            ["problems.refusal.no-open-problem", "problems.refusal.no-open-problem"],
            no.Select(result => result.Refusals[0].Code)
        );
        Assert.Equal(ActionStatus.Refused, Assert.Single(byCustomer).Status);
        Assert.Equal(ActionStatus.Done, Assert.Single(yes).Status);
        Assert.Equal([Problem.Id], (await StateAsync(incident)).Links().Others);
    }

    [Fact]
    public async Task A_rule_marks_a_known_error_and_keeps_what_was_written()
    {
        await Server.SendAsync(Agent, Problem.Id, new DescribeProblem(false, "Use the web client", true, "A leak"));
        var rules = new RuleOnServer(Server);

        await rules.DoAsync(Agent, Problem, Agent, Do("problems.known-error"));
        Assert.Equal(
            (true, "Use the web client", true, "A leak"),
            ((await StateAsync(Problem)).Problem()) switch
            {
                var known => (known.IsKnownError, known.Workaround, known.IsPublished, known.RootCause),
            }
        );
        await rules.DoAsync(Agent, Problem, Agent, Do("problems.known-error", ("workaround", "See {{ticket.key}}")));
        Assert.Equal($"See {Problem.Key}", (await StateAsync(Problem)).Problem().Workaround);
        var incident = await Server.OpenAsync(English, "VPN is slow");
        var no = Assert.Single(await rules.DoAsync(Agent, incident, null, Do("problems.known-error")));
        Assert.Equal("problems.refusal.not-a-problem", no.Refusals[0].Code);
    }

    private static RuleAction Attach(TicketKey key) => Do("problems.attach", ("problem", key.ToString()));

    private static RuleAction Do(string word, params (string Name, string Value)[] with) =>
        new() { Do = word, With = ValueMap<string>.From(with.Select(one => KeyValuePair.Create(one.Name, one.Value))) };
}
