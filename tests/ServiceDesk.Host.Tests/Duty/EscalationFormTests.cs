using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Duty;

/// <summary>Escalation levels in a form: what was drawn is read back, and buttons change it.</summary>
[Collection(CompanyTests.Name)]
public class EscalationFormTests(SmallCompany company)
{
    private const string Path = "metrics.0.goals.1";

    private static readonly ValueList<SlaEscalation> Levels =
    [
        new SlaEscalation
        {
            At = "75%",
            Urgent = true,
            Do =
            [
                new RuleAction
                {
                    Do = "notify",
                    People = ["lead", "legal@example.com"],
                    Text = LocalizedText.Of("Soon", "곧"),
                },
                new RuleAction { Do = "raise" },
            ],
        },
        new SlaEscalation
        {
            At = "+PT1H",
            Do =
            [
                new RuleAction { Do = "assign", Assignee = "lead" },
                new RuleAction { Do = "rule", Rule = "call" },
                new RuleAction { Do = "watch", People = ["manager"] },
                new RuleAction { Do = "priority", Priority = Priority.Critical },
            ],
        },
    ];

    [Theory]
    [InlineData("30m", "PT30M")]
    [InlineData("+1h", "+PT1H")]
    [InlineData("+ 1h 30m", "+PT1H30M")]
    [InlineData("+PT2H", "+PT2H")]
    [InlineData(" 150 % ", "150%")]
    [InlineData("soon", "soon")]
    public void A_time_may_be_written_as_people_write_it(string typed, string expected) =>
        Assert.Equal(expected, EscalationForms.At(typed));

    [Fact]
    public async Task What_was_drawn_is_read_back_the_same()
    {
        var forms = company.Get<EscalationForms>();
        var form = await forms.DrawAsync(Path, Levels, "/shape", "policy-form", default);
        var drawn = new StringWriter();
        form.Do(0, 0).WriteTo(drawn, HtmlEncoder.Default);
        Assert.Contains("hx-target=\"#policy-form\"", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains($"name=\"{Path}.levels.0.do.0.people\"", drawn.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("webhook", drawn.ToString(), StringComparison.Ordinal);

        Assert.Equal(Levels, forms.Read(Filled(form.Rest), Path));
        // Without what was carried along, too: all of it stands in the form.
        Assert.Equal(Levels, forms.Read(Filled("tampered {"), Path));
        Assert.Empty(forms.Read(Filled(form.Rest), "metrics.0.goals.0"));
    }

    [Fact]
    public void Buttons_add_and_remove_levels_and_actions_of_their_own_goal_alone()
    {
        Assert.Equal(3, Apply("add").Count);
        Assert.Equal(["+PT1H"], Apply("remove.0").Select(level => level.At));
        Assert.Equal(3, Apply("add-do.0")[0].Do.Count);
        Assert.Equal(["raise"], Apply("remove-do.0.0")[0].Do.Select(action => action.Do));
        Assert.Equal(Levels, Apply("remove.7"));
        Assert.Equal(Levels, Apply("remove"));
        Assert.Equal(Levels, EscalationForms.Apply(Levels, Path, "metrics.0.goals.2:remove.0"));
        Assert.Equal(Levels, EscalationForms.Apply(Levels, Path, null));
    }

    private static ValueList<SlaEscalation> Apply(string op) => EscalationForms.Apply(Levels, Path, $"{Path}:{op}");

    private static FormCollection Filled(string rest)
    {
        const string one = $"{Path}.levels.0";
        const string two = $"{Path}.levels.1";
        return new FormCollection(
            new Dictionary<string, StringValues>(StringComparer.Ordinal)
            {
                [$"{Path}.levels-rest"] = rest,
                [$"{one}.at"] = "75%",
                [$"{one}.drawn"] = "0",
                [$"{one}.urgent"] = "true",
                [$"{one}.do.0.do"] = "notify",
                [$"{one}.do.0.drawn"] = "0",
                [$"{one}.do.0.people"] = "lead",
                [$"{one}.do.0.emails"] = "legal@example.com",
                [$"{one}.do.0.text-en"] = "Soon",
                [$"{one}.do.0.text-ko"] = "곧",
                [$"{one}.do.1.do"] = "raise",
                [$"{one}.do.1.drawn"] = "1",
                [$"{two}.at"] = "+1h",
                [$"{two}.drawn"] = "1",
                [$"{two}.do.0.do"] = "assign",
                [$"{two}.do.0.assignee"] = "lead",
                [$"{two}.do.1.do"] = "rule",
                [$"{two}.do.1.rule"] = "call",
                [$"{two}.do.2.do"] = "watch",
                [$"{two}.do.2.people"] = "manager",
                [$"{two}.do.3.do"] = "priority",
                [$"{two}.do.3.priority"] = "critical",
            }
        );
    }
}
