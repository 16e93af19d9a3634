using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Names;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

/// <summary>A team's new name, and a person's new address, comes wherever documents mean them, and nowhere else.</summary>
public sealed class NameChangesTests
{
    private static readonly NameChange Team = new(NamedThing.Team, "Network", "Core \"net\" team");
    private static readonly NameChange Address = new(NamedThing.Person, "kim@example.com", "minsu@example.com");

    [Theory]
    [InlineData("team = network AND text ~ Network", "team = \"Core \\\"net\\\" team\" AND text ~ Network")]
    [InlineData(
        "NOT (팀 in (Security, 'Network')) ORDER BY team",
        "NOT (팀 in (Security, \"Core \\\"net\\\" team\")) ORDER BY team"
    )]
    [InlineData(
        "team CHANGED FROM Network TO Security BY Network",
        "team CHANGED FROM \"Core \\\"net\\\" team\" TO Security BY Network"
    )]
    [InlineData(
        "assignee in (membersOf(Network), Network) OR crew = Network",
        "assignee in (membersOf(\"Core \\\"net\\\" team\"), Network) OR crew = \"Core \\\"net\\\" team\""
    )]
    [InlineData("label = Network AND organization = Network", "label = Network AND organization = Network")]
    [InlineData("team = Network AND (", "team = Network AND (")]
    public async Task Queries_are_rewritten_where_the_parser_finds_the_team(string query, string renamed)
    {
        var (names, world) = (await NamesAsync(), Of());
        Assert.Equal(renamed, names.InQuery(query, Team, world));
        Assert.Equal(
            "assignee = \"minsu@example.com\" AND key = kim@example.com",
            names.InQuery("assignee = KIM@example.com AND key = kim@example.com", Address, world)
        );
    }

    [Fact]
    public async Task A_macro_of_ones_own_is_rewritten_as_it_is_stored()
    {
        var names = await NamesAsync();
        var text = new DocumentText(new DocumentSchemas());
        var macro = new MacroDocument
        {
            Id = "own",
            Name = Named("To the network"),
            Do = [new RuleAction { Do = "assign", Team = "Network" }],
        };

        var renamed = names.InOwn(DocumentKinds.Macro, text.ToJson(macro), Team, Of());

        Assert.Equal(
            Team.To,
            Assert.Single(((MacroDocument)DocumentText.FromStored(DocumentKinds.Macro, renamed)).Do).Team
        );
        Assert.Equal(renamed, names.InOwn(DocumentKinds.Macro, renamed, Team, Of()));
    }

    [Fact]
    public async Task A_word_of_the_language_is_no_team_that_is_called_like_it()
    {
        var names = await NamesAsync();
        var change = new NameChange(NamedThing.Team, "Empty", "Filled");

        Assert.Equal(
            "team WAS EMPTY AND team CHANGED FROM EMPTY TO \"Filled\"",
            names.InQuery("team WAS EMPTY AND team CHANGED FROM EMPTY TO \"Empty\"", change, Of())
        );
    }

    [Fact]
    public async Task Every_kind_of_document_that_names_a_team_is_rewritten()
    {
        var names = await NamesAsync();
        var world = Of(
            new DeskDocument
            {
                Id = "ITSD",
                Name = Named("Network"),
                Agents = new DeskAgents { Everyone = false, Teams = ["Security", "Network"] },
            },
            new ApprovalDocument
            {
                Id = "board",
                Name = Named("Board"),
                Steps =
                [
                    new ApproversRule
                    {
                        Teams = ["Network"],
                        Leads = ["Network"],
                        Roles = ["network"],
                    },
                ],
            },
            new AssignmentDocument
            {
                Id = "give",
                Name = Named("Give"),
                Team = "Network",
                Query = "team = Network",
            },
            new RuleDocument
            {
                Id = "tell",
                Name = Named("Tell"),
                When = [new RuleTrigger { On = "opened" }],
                Condition = "team is empty",
                Then =
                [
                    new RuleAction
                    {
                        Do = "assign",
                        Team = "Network",
                        With = ValueMap<string>.Empty.SetItem("team", "Network"),
                    },
                    new RuleAction { Do = "notify", People = ["team:Network", "team", "lead"] },
                    new RuleAction
                    {
                        Do = "priority",
                        Priority = Priority.High,
                        For = new RuleTarget("links.children") { Condition = "team = Network" },
                    },
                ],
            },
            new SlaPolicyDocument
            {
                Id = "ola",
                Name = Named("Between teams"),
                Metrics =
                [
                    new SlaMetric
                    {
                        Id = "work",
                        Name = Named("Work"),
                        Start =
                        [
                            new SlaCondition { On = "team-assigned", Of = "network" },
                            new SlaCondition { On = "field-changed", Of = "network" },
                        ],
                    },
                ],
            },
            // These mean something else, or somebody else.
            new DeskDocument
            {
                Id = "HR",
                Name = Named("Network"),
                Agents = new DeskAgents { Everyone = false, Teams = ["network", "Networks"] },
            },
            new QueueDocument
            {
                Id = "other",
                Name = Named("Other"),
                Desk = "ITSD",
                Query = "summary ~ Network",
            },
            new ScriptDocument
            {
                Id = "told",
                Name = Named("Told"),
                Source = "tickets.assign(key, { team: 'Network' });",
                Use = ScriptUse.Called,
            }
        );

        var found = names.In(world, Team);

        Assert.Equal(["board", "ITSD", "ola", "give", "tell"], found.Select(one => one.Before.Id));
        Assert.Equal(
            [
                "/steps/0/leads/0",
                "/steps/0/teams/0",
                "/agents/teams/1",
                "/metrics/0/start/0/of",
                "/query",
                "/team",
                "/then/0/team",
                "/then/1/people/0",
                "/then/2/for/if",
            ],
            found.SelectMany(one => one.Places.Order(StringComparer.Ordinal))
        );
        Assert.Equal(["told"], NameChanges.Scripts(world, Team).Select(script => script.Id));

        // And back again it is the same, character by character but for the quotes of queries.
        var after = Of([
            .. world.Documents.Select(entry => entry.Document).Except(found.Select(one => one.Before)),
            .. found.Select(one => one.After!),
        ]);
        Assert.Empty(names.In(after, Team));
        var desk = Assert.IsType<DeskDocument>(found[1].After);
        Assert.Equal(["Security", Team.To], desk.Agents.Teams);
        Assert.Equal("Network", desk.Name.ToString());
        var back = names.In(after, new NameChange(NamedThing.Team, Team.To, Team.From));
        Assert.Equal(found.Select(one => one.Places), back.Select(one => one.Places));
        Assert.Equal(found[0].Before, back[0].After);
    }

    [Fact]
    public async Task An_address_is_rewritten_in_any_case_and_a_query_that_grows_too_long_is_not()
    {
        var names = await NamesAsync();
        var world = Of(
            new ApprovalDocument
            {
                Id = "board",
                Name = Named("Board"),
                Steps = [new ApproversRule { People = ["KIM@example.com", "minsu@example.com"], Needed = 1 }],
            },
            new AssignmentDocument
            {
                Id = "give",
                Name = Named("Give"),
                Team = "Network",
                Capacities = ValueMap<int>.Empty.SetItem("kim@example.com", 3),
            },
            new MacroDocument
            {
                Id = "mine",
                Name = Named("Mine"),
                Do = [new RuleAction { Do = "assign", Assignee = "kim@example.com" }],
            },
            new RuleDocument
            {
                Id = "tell",
                Name = Named("Tell"),
                Actor = "kim@example.com",
                When = [new RuleTrigger { On = "opened" }],
                Then = [new RuleAction { Do = "notify", People = ["kim@example.com", "requester"] }],
            },
            new DashboardDocument
            {
                Id = "own",
                Name = Named("Own"),
                Person = "kim@example.com",
            },
            new ScriptDocument
            {
                Id = "act",
                Name = Named("Act"),
                Source = "1",
                Use = ScriptUse.Called,
                Actor = "kim@example.com",
            },
            new QueueDocument
            {
                Id = "long",
                Name = Named("Long"),
                Desk = "ITSD",
                Query = $"assignee = kim@example.com AND summary ~ \"{new string('x', 3960)}\"",
            }
        );

        var found = names.In(world, Address);

        Assert.Equal(["act", "board", "long", "give", "tell", "mine", "own"], found.Select(one => one.Before.Id));
        Assert.Equal(["long"], found.Where(one => one.After is null).Select(one => one.Before.Id));
        Assert.Equal(["minsu@example.com"], Assert.IsType<ApprovalDocument>(found[1].After).Steps[0].People);
        Assert.Equal(3, Assert.IsType<AssignmentDocument>(found[3].After).Capacities["minsu@example.com"]);
        var rule = Assert.IsType<RuleDocument>(found[4].After);
        Assert.Equal(("minsu@example.com", 2), (rule.Actor, rule.Then[0].People.Count));
    }

    private static async Task<NameChanges> NamesAsync() =>
        new(new DocumentText(new DocumentSchemas()), new QueryLanguage(TicketExtensions.None, NoNames.Instance));

    private static ConfigurationSnapshot Of(params IReadOnlyList<ConfigurationDocument> documents) =>
        ConfigurationSnapshot.Of(
            1,
            documents
                .Append(
                    new FieldDocument
                    {
                        Id = "crew",
                        Name = Named("Crew"),
                        Kind = FieldKind.Team,
                    }
                )
                .DistinctBy(one => (one.GetType(), one.Id))
        );

    private static LocalizedText Named(string name) => LocalizedText.Of(name);
}
