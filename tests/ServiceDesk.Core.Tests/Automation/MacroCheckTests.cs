using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Automation;

public sealed class MacroCheckTests
{
    public static TheoryData<RuleAction, string, string> Wrong =>
        new()
        {
            {
                new()
                {
                    Do = "notify",
                    People = ["assignee"],
                    Text = LocalizedText.Of("x"),
                },
                "/do/0/do",
                "configuration.macro-action"
            },
            {
                new() { Do = "raise", For = new RuleTarget("links.children") },
                "/do/0/for",
                "configuration.macro-others"
            },
            {
                new() { Do = "dance" },
                "/do/0/do",
                "configuration.rule-action-unknown"
            },
            {
                new() { Do = "comment", Text = LocalizedText.Of("{{nobody.knows}}") },
                "/do/0/text",
                "configuration.rule-place-unknown"
            },
            {
                new() { Do = "transition", To = "nowhere" },
                "/do/0/to",
                "configuration.no-such-status"
            },
            {
                new() { Do = "raise", Files = ["Guide"] },
                "/do/0/files",
                "configuration.files-of-macros"
            },
            {
                new() { Do = "comment" },
                "/do/0/text",
                "configuration.schema-missing"
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_a_macro_cannot_do_is_told_at_its_place(RuleAction action, string path, string code) =>
        Assert.Contains(Check(Macro(action)), problem => problem.Path == path && problem.Code == code);

    [Fact]
    public void A_macro_writes_one_text_is_for_desks_that_there_are_and_knows_its_agent()
    {
        var text = new RuleAction { Do = "comment", Text = LocalizedText.Of("{{agent.name}}, {{ticket.key}}") };

        Assert.Empty(Check(Macro(text, new RuleAction { Do = "assign", Assignee = "me" })));
        Assert.Contains(Check(Macro(text, text)), problem => problem.Code == "configuration.macro-one-text");
        Assert.Contains(
            Check(Macro(text) with { Desks = ["NOPE"] }),
            problem => problem is { Path: "/desks/0", Code: "configuration.no-such-desk" }
        );
        Assert.Same(text, Macros.TextOf(Macro(text)));
        Assert.Null(Macros.TextOf(Macro(text, new RuleAction { Do = "raise" })));
    }

    [Fact]
    public void Files_go_along_with_a_text_or_by_themselves_and_are_no_text_to_insert()
    {
        var both = new RuleAction
        {
            Do = "comment",
            Text = LocalizedText.Of("See the guide"),
            Files = ["Guide"],
        };

        Assert.Empty(Check(Macro(both)));
        Assert.Empty(Check(Macro(both with { Text = null })));
        Assert.Null(Macros.TextOf(Macro(both)));
    }

    [Fact]
    public void Rules_attach_no_files_of_a_library()
    {
        var rule = new RuleDocument
        {
            Id = "r",
            Name = LocalizedText.Of("R"),
            When = [new RuleTrigger { On = "opened" }],
            Then =
            [
                new RuleAction
                {
                    Do = "comment",
                    Text = LocalizedText.Of("x"),
                    Files = ["Guide"],
                },
            ],
        };

        Assert.Contains(
            ((Core.Configuration.IDocumentCheck)Rules).Check(rule, QueryWorld.Configuration),
            problem => problem is { Path: "/then/0/files", Code: "configuration.files-of-macros" }
        );
    }

    [Fact]
    public void Rules_do_not_know_the_agent_of_macros()
    {
        var rule = new RuleDocument
        {
            Id = "r",
            Name = LocalizedText.Of("R"),
            When = [new RuleTrigger { On = "opened" }],
            Then = [new RuleAction { Do = "comment", Text = LocalizedText.Of("{{agent.name}}") }],
        };

        Assert.Contains(
            ((Core.Configuration.IDocumentCheck)Rules).Check(rule, QueryWorld.Configuration),
            problem => problem.Code == "configuration.rule-place-unknown"
        );
    }

    private static RuleCheck Rules { get; } = new(RuleVocabulary.Own, _ => null);

    private static MacroDocument Macro(params ValueList<RuleAction> actions) =>
        new()
        {
            Id = "m",
            Name = LocalizedText.Of("M"),
            Do = actions,
        };

    private static IReadOnlyList<Core.Configuration.DocumentProblem> Check(MacroDocument macro) =>
        new MacroCheck(Rules, RuleVocabulary.Own).Problems(macro, QueryWorld.Configuration);
}
