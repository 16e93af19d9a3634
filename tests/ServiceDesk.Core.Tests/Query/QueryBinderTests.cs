using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;

namespace ServiceDesk.Core.Tests.Query;

public class QueryBinderTests
{
    [Theory]
    [InlineData("stauts = new", "query.unknown-field-near", "stauts", "status")]
    [InlineData("impacct = low", "query.unknown-field-near", "impacct", "impact")]
    [InlineData("xyzzyplugh = 1", "query.unknown-field", "xyzzyplugh", null)]
    [InlineData("status = nwe", "query.unknown-value-near", "nwe", "new")]
    [InlineData("priority = urgent!", "query.unexpected", "!", null)]
    [InlineData("priority = urgent", "query.unknown-value", "urgent", null)]
    [InlineData("assignee = ghost", "query.unknown-person", "ghost", null)]
    [InlineData("team = ghosts", "query.unknown-team", "ghosts", null)]
    [InlineData("organization = ghost", "query.unknown-organization", "ghost", null)]
    [InlineData(
        "sla(\"Time to resolutoin\") < 1h",
        "query.unknown-metric-near",
        "Time to resolutoin",
        "Time to resolution"
    )]
    [InlineData("slo(x) = met", "query.unknown-field-near", "slo", "sla")]
    [InlineData("sla(time-to-resolution) = burning", "query.not-a-clock-state", "burning", null)]
    [InlineData("sla(time-to-resolution) < soon", "query.not-a-duration", "soon", null)]
    [InlineData("remaining < soon", "query.not-a-duration", "soon", null)]
    [InlineData("created > yesterday", "query.not-a-moment", "yesterday", null)]
    [InlineData("created > 2026-02-30", "query.not-a-moment", "2026-02-30", null)]
    [InlineData("created > startofday(x)", "query.not-a-duration", "x", null)]
    [InlineData("created > startOfDya()", "query.unknown-function-near", "startOfDya", "startOfDay()")]
    [InlineData("assignee = curentUser()", "query.unknown-function-near", "curentUser", "currentUser()")]
    [InlineData("summary ~ now()", "query.function-not-possible", "now", "summary")]
    [InlineData("cost > much", "query.not-a-number", "much", "cost")]
    [InlineData("outage > 90", "query.not-a-duration", "90", "outage")]
    [InlineData("vip = perhaps", "query.not-a-flag", "perhaps", "vip")]
    [InlineData("key = 95", "query.not-a-key", "95", null)]
    [InlineData("summary ~ \"  \"", "query.no-words", "summary", null)]
    [InlineData("ORDER BY label", "query.not-sortable", "label", null)]
    [InlineData("tagged(vqn)", "query.unknown-argument-near", "vqn", "vpn")]
    [InlineData("tagged(\"something else\")", "query.unknown-argument", "something else", "tagged")]
    [InlineData("taged(vpn)", "query.unknown-field-near", "taged", "tagged")]
    [InlineData("tagged(vpn) = true", "query.function-stands-alone", "tagged", null)]
    [InlineData("besides(95)", "query.not-a-key", "95", null)]
    [InlineData("besides(fac-95)", "query.unknown-ticket", "FAC-95", null)]
    [InlineData("sla(time-to-resolution)", "query.expected-operator", "sla", null)]
    [InlineData("field(nothing) = 1", "query.unknown-field", "nothing", null)]
    public void A_name_or_value_that_does_not_fit_is_told_with_what_would(
        string query,
        string code,
        string first,
        string? second
    )
    {
        var error = Asked.Error(query);

        Assert.Equal(code, error.Code);
        Assert.Equal(first, error.Arguments[0]);
        if (second is not null)
        {
            Assert.Contains(second, error.Arguments);
        }
    }

    [Fact]
    public void Customers_do_not_learn_which_conditions_plugins_bring()
    {
        Assert.Equal("query.unknown-field", Asked.Error("tagged(vpn)", WorldViewers.Alone).Code);
        Assert.Equal("query.unknown-field", Asked.Error("besides(ITSD-1)", WorldViewers.Alone).Code);
    }

    [Fact]
    public void The_error_of_a_condition_stands_at_its_argument()
    {
        var error = Asked.Error("status = new AND NOT besides(FAC-95)");

        Assert.Equal((29, 6), (error.Start, error.Length));
    }

    [Fact]
    public void The_error_stands_where_the_wrong_word_does()
    {
        var error = Asked.Error("status = new AND priority IN (low, hihg)");

        Assert.Equal((35, 4), (error.Start, error.Length));
    }

    [Fact]
    public void An_operator_that_a_field_does_not_take_is_answered_with_those_it_takes()
    {
        var error = Asked.Error("summary = fire");

        Assert.Equal("query.operator-not-possible", error.Code);
        Assert.Equal(["=", "summary", "~, !~"], error.Arguments);
    }

    [Theory]
    [InlineData("createdAt > -1d")]
    [InlineData("created_at > -1d")]
    [InlineData("CREATED > -1d")]
    [InlineData("opened > -1d")]
    [InlineData("생성일 > -1d")]
    [InlineData("external-id = INC1")]
    [InlineData("reporter = currentUser()")]
    [InlineData("\"영향도\" = 높음")]
    [InlineData("field(impact) = high")]
    public void Subjects_have_the_names_that_people_expect(string query) => Assert.NotNull(Asked.Bind(query));

    [Fact]
    public void To_a_customer_fields_of_agents_do_not_exist()
    {
        foreach (
            var query in (string[])
                [
                    "cost = 1",
                    "team = 1",
                    "sla(time-to-resolution) = met",
                    "major = true",
                    "remaining < 1h",
                    "assignee = 1",
                    "externalId = 1",
                ]
        )
        {
            var error = Asked.Error(query, WorldViewers.Alone);

            Assert.StartsWith("query.unknown-field", error.Code, StringComparison.Ordinal);
            Assert.DoesNotContain("team", error.Arguments.Skip(1));
        }

        Assert.StartsWith(
            "query.unknown-field",
            Asked.Error("ORDER BY cost", WorldViewers.Alone).Code,
            StringComparison.Ordinal
        );
        Assert.NotNull(Asked.Bind("impact = high", WorldViewers.Alone));
    }

    [Fact]
    public void To_a_customer_an_unknown_person_is_not_told_from_a_known_one()
    {
        Assert.NotNull(Asked.Bind("requester = \"Person 3\"", WorldViewers.Alone));
        Assert.NotNull(Asked.Bind("requester = \"Nobody at all\"", WorldViewers.Alone));
    }

    [Fact]
    public void A_desk_that_somebody_does_not_know_looks_as_if_it_did_not_exist()
    {
        var hidden = Asked.Error("desk = FAC", WorldViewers.Alone);
        var missing = Asked.Error("desk = FOO", WorldViewers.Alone);

        Assert.Equal((hidden.Code, "FAC"), (missing.Code, hidden.Arguments[0]));
        Assert.NotNull(Asked.Bind("desk = HR", WorldViewers.Alone));
    }

    [Fact]
    public void Words_of_searches_are_limited_in_number_and_length()
    {
        var many = string.Join(' ', Enumerable.Range(0, QueryText.MaxTerms + 1));

        Assert.Equal("query.too-many-words", Asked.Error($"text ~ \"{many}\"").Code);
        Assert.Equal("query.too-many-words", Asked.Error($"text ~ {new string('x', 201)}").Code);
    }

    [Fact]
    public void Durations_and_moments_out_of_all_measure_are_refused()
    {
        foreach (
            var value in (string[])
                ["999999999d", "9999999w", "P9999999999D", "-99999999999999999999d", "PT", "P1Y", "d", "-"]
        )
        {
            Assert.StartsWith("query.not-a-", Asked.Error($"created > {value}").Code, StringComparison.Ordinal);
            Assert.Equal("query.not-a-duration", Asked.Error($"remaining < {value}").Code);
        }

        Assert.Equal("query.not-a-duration", Asked.Error("created > startOfYear(-99999999)").Code);
        Assert.NotNull(Asked.Bind("created > startOfYear(-1000)"));
    }
}
