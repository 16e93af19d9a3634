using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Tests.Query;

public class QueryParserTests
{
    [Fact]
    public void Empty_text_means_every_ticket_newest_first()
    {
        var query = QueryParser.Parse("  \t\n ");

        Assert.Null(query.Filter);
        Assert.Empty(query.Order);
    }

    [Fact]
    public void And_binds_tighter_than_or_and_not_tighter_than_both()
    {
        var or = Assert.IsType<OrSyntax>(QueryParser.Parse("a = 1 or not b = 2 AND c = 3").Filter);

        Assert.Equal(2, or.Parts.Count);
        var and = Assert.IsType<AndSyntax>(or.Parts[1]);
        Assert.IsType<NotSyntax>(and.Parts[0]);
    }

    [Fact]
    public void Keys_dates_addresses_durations_and_korean_words_need_no_quotes()
    {
        var query = QueryParser.Parse(
            "key = ITSD-95 and created >= 2026-01-31 AND assignee = kim@example.com AND 상태 = 신규 AND remaining < -1d4h"
        );

        var parts = Assert.IsType<AndSyntax>(query.Filter).Parts.Cast<ComparisonSyntax>();
        Assert.Equal(
            ["ITSD-95", "2026-01-31", "kim@example.com", "신규", "-1d4h"],
            parts.Select(part => part.Values[0].Text)
        );
    }

    [Theory]
    [InlineData("summary ~ \"it's \\\"here\\\"\"", "it's \"here\"")]
    [InlineData("summary ~ 'say \"hi\"'", "say \"hi\"")]
    [InlineData("summary ~ \"C:\\temp\"", "C:\\temp")]
    [InlineData("summary ~ \"a\\\\b\"", "a\\b")]
    [InlineData("summary ~ \"\"", "")]
    public void Quotes_hold_anything(string text, string value)
    {
        var comparison = Assert.IsType<ComparisonSyntax>(QueryParser.Parse(text).Filter);

        Assert.Equal(value, comparison.Values[0].Text);
    }

    [Fact]
    public void Lists_functions_emptiness_and_order_are_read()
    {
        var query = QueryParser.Parse(
            "sla('Time to resolution') < 1h AND priority NOT IN (low, medium) AND assignee is not empty "
                + "AND created > startOfDay(-1d) ORDER BY remaining, priority desc, key ASC"
        );

        var parts = Assert.IsType<AndSyntax>(query.Filter).Parts.Cast<ComparisonSyntax>().ToList();
        Assert.Equal("Time to resolution", parts[0].Subject.Argument!.Text);
        Assert.Equal((QueryOperator.NotIn, 2), (parts[1].Operator, parts[1].Values.Count));
        Assert.Equal(QueryOperator.NotEmpty, parts[2].Operator);
        Assert.Equal("-1d", parts[3].Values[0].Arguments![0].Text);
        Assert.Equal([false, true, false], query.Order.Select(sort => sort.Descending));
    }

    [Fact]
    public void What_stands_in_parentheses_may_be_a_condition_of_its_own()
    {
        var query = QueryParser.Parse("NOT linked('blocks') AND (linkedTo(ITSD-95)) ORDER BY created");

        var parts = Assert.IsType<AndSyntax>(query.Filter).Parts;
        var negated = Assert.IsType<FunctionSyntax>(Assert.IsType<NotSyntax>(parts[0]).Part);
        Assert.Equal(("linked", "blocks"), (negated.Subject.Name, negated.Subject.Argument!.Text));
        Assert.Equal("ITSD-95", Assert.IsType<FunctionSyntax>(parts[1]).Subject.Argument!.Text);
        Assert.Single(query.Order);
    }

    [Theory]
    [InlineData("status = \"new", "query.unterminated-quote", 9, 4)]
    [InlineData("status = new AND", "query.expected-field", 16, 0)]
    [InlineData("status", "query.expected-operator", 6, 0)]
    [InlineData("status new", "query.expected-operator", 7, 3)]
    [InlineData("status =", "query.expected-value", 8, 0)]
    [InlineData("status = = new", "query.expected-value", 9, 1)]
    [InlineData("(status = new", "query.expected-close", 13, 0)]
    [InlineData("status = new)", "query.expected-and-or", 12, 1)]
    [InlineData("status = new type = task", "query.expected-and-or", 13, 4)]
    [InlineData("status IN new", "query.expected-list", 10, 3)]
    [InlineData("status IN (new", "query.expected-close", 14, 0)]
    [InlineData("status IN ()", "query.expected-value", 11, 1)]
    [InlineData("status IS new", "query.expected-empty", 10, 3)]
    [InlineData("status ! new", "query.unexpected", 7, 1)]
    [InlineData("status = new ORDER BY", "query.expected-field", 21, 0)]
    [InlineData("status = new ORDER BY created,", "query.expected-field", 30, 0)]
    [InlineData("created > startOfDay(", "query.expected-close", 21, 0)]
    [InlineData("AND", "query.expected-field", 0, 3)]
    [InlineData("linked()", "query.expected-value", 7, 1)]
    [InlineData("linked(\"blocks\"", "query.expected-close", 15, 0)]
    [InlineData("linked(blocks) new", "query.expected-operator", 15, 3)]
    public void A_mistake_is_told_with_its_place(string text, string code, int start, int length)
    {
        Assert.False(QueryParser.TryParse(text, out _, out var error));

        Assert.Equal((code, start, length), (error.Code, error.Start, error.Length));
    }

    [Fact]
    public void Length_nesting_and_numbers_of_parts_are_limited()
    {
        Assert.Equal("query.too-long", Code(new string(' ', 10_001)));
        Assert.Equal("query.too-deep", Code(new string('(', 33) + "a = 1" + new string(')', 33)));
        Assert.Equal("query.too-deep", Code(string.Concat(Enumerable.Repeat("NOT ", 40)) + "a = 1"));
        Assert.Equal("query.too-many-comparisons", Code(string.Join(" OR ", Enumerable.Repeat("a = 1", 201))));
        Assert.Equal("query.too-many-values", Code($"a IN ({string.Join(',', Enumerable.Repeat("1", 501))})"));
        Assert.Equal("query.too-many-sorts", Code("ORDER BY a, b, c, d, e, f"));
        Assert.Null(Code(new string('(', 32) + "a = 1" + new string(')', 32)));
    }

    [Fact]
    public void Any_text_is_read_or_told_to_be_wrong_within_its_length()
    {
        var pieces = Gen.Elements(
            "status",
            "=",
            "!=",
            "~",
            "(",
            ")",
            ",",
            "\"",
            "'",
            "\\",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "EMPTY",
            "ORDER",
            "BY",
            "DESC",
            " ",
            "sla",
            "한글",
            "-7d",
            "\ud800",
            "\0",
            "!",
            "<",
            "💥"
        );
        var texts = pieces.ListOf().Select(string.Concat);

        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                    QueryParser.TryParse(text, out _, out var error)
                    || (error.Start >= 0 && error.Length >= 0 && error.Start + error.Length <= text.Length)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Quoted_text_is_one_value_whatever_it_holds()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>().Filter(text => text is not null),
                text =>
                {
                    var query = QueryParser.Parse($"summary ~ {QueryText.Quote(text)}");
                    return ((ComparisonSyntax)query.Filter!).Values.Single().Text == text;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Narrowing_keeps_the_order_and_the_meaning_of_or()
    {
        Assert.Equal(
            "(a = 1 OR b = 2) AND (desk = ITSD) ORDER BY created",
            QueryText.Narrow("a = 1 OR b = 2 ORDER BY created", "desk = ITSD")
        );
        Assert.Equal("desk = ITSD ORDER BY created", QueryText.Narrow("ORDER BY created", "desk = ITSD"));
        Assert.Equal("desk = ITSD", QueryText.Narrow(" ", "desk = ITSD"));
        Assert.Equal("a = \"order by\"", QueryText.Narrow("a = \"order by\"", ""));
    }

    [Fact]
    public void Every_random_query_of_the_world_is_right()
    {
        Prop.ForAll(WorldQueries.Query().ToArbitrary(), text => Asked.Bind(text) is not null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static string? Code(string text) => QueryParser.TryParse(text, out _, out var error) ? null : error.Code;
}
