using ServiceDesk.Core.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Forms;

public class FormLogicTests
{
    private static readonly FormSection Cost = new("cost", LocalizedText.Of("Cost"))
    {
        When = [new FormCondition { Field = "paid", Is = ["true"] }],
    };

    private static readonly RequestTypeDocument Form = new()
    {
        Id = "device",
        Name = LocalizedText.Of("Device"),
        Desk = "ITSD",
        Type = "request",
        Sections = [Cost, new FormSection("last", LocalizedText.Of("At last"))],
        Form =
        [
            new FormField("note") { Section = "last" },
            new FormField("amount") { Section = "cost" },
            new FormField("summary"),
            new FormField("kind"),
            new FormField("size") { When = [new FormCondition { Field = "kind", Is = ["screen", "tv"] }] },
            new FormField("mount") { When = [new FormCondition { Field = "size" }] },
            new FormField("other")
            {
                When =
                [
                    new FormCondition
                    {
                        Field = "kind",
                        Is = ["screen"],
                        Not = true,
                    },
                ],
            },
            new FormField("paid"),
        ],
    };

    [Fact]
    public void Places_outside_of_sections_come_first_then_section_by_section() =>
        Assert.Equal(
            ["summary", "kind", "size", "mount", "other", "paid", "amount", "note"],
            FormLogic.InOrder(Form).Select(place => place.Field)
        );

    [Theory]
    [InlineData("", "summary kind other paid note")]
    [InlineData("kind=screen", "summary kind size paid note")]
    [InlineData("kind=tv", "summary kind size other paid note")]
    [InlineData("kind=screen size=27", "summary kind size mount paid note")]
    [InlineData("kind=laptop size=27", "summary kind other paid note")]
    [InlineData("paid=true", "summary kind other paid amount note")]
    [InlineData("paid=false", "summary kind other paid note")]
    public void A_question_is_asked_when_the_answers_before_it_ask_for_it(string answers, string expected)
    {
        var given = answers
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Value(pair[0], pair[1]), StringComparer.Ordinal);

        var asked = FormLogic.Asked(Form, field => given.GetValueOrDefault(field));

        Assert.Equal(expected, string.Join(' ', asked.Select(place => place.Field)));
    }

    [Fact]
    public void A_condition_on_a_question_that_is_asked_later_never_holds()
    {
        var backwards = Form with { Form = [.. Form.Form.Reverse()], Sections = [] };

        Assert.DoesNotContain(
            "size",
            FormLogic.Asked(backwards, _ => Value("kind", "screen")).Select(one => one.Field)
        );
    }

    [Fact]
    public void One_of_several_choices_is_enough()
    {
        var condition = new FormCondition { Field = "systems", Is = ["mail", "erp"] };

        Assert.True(FormLogic.Holds(condition, new ChoicesValue(["wiki", "erp"])));
        Assert.False(FormLogic.Holds(condition, new ChoicesValue(["wiki"])));
        Assert.True(FormLogic.Holds(condition with { Not = true }, new ChoicesValue(["wiki"])));
        Assert.True(FormLogic.Holds(condition with { Not = true }, null));
    }

    private static FieldValue Value(string field, string text) =>
        field switch
        {
            "paid" => new FlagValue(text == "true"),
            "size" => new NumberValue(27),
            _ => new ChoiceValue(text),
        };
}
