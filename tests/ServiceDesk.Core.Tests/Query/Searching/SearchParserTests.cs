using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Tests.Query.Searching;

public class SearchParserTests
{
    [Fact]
    public void Nothing_typed_looks_for_nothing() => Assert.Null(SearchParser.Parse(" \t\n").Root);

    [Fact]
    public void Words_beside_each_other_must_all_occur_and_or_binds_weaker()
    {
        var any = Assert.IsType<SearchAny>(SearchParser.Parse("vpn 오류 OR printer AND jam").Root);

        Assert.Equal(["vpn", "오류"], WordsOf(any.Parts[0]));
        Assert.Equal(["printer", "jam"], WordsOf(any.Parts[1]));
    }

    [Fact]
    public void Quotes_make_phrases_also_typographic_ones()
    {
        var all = Assert.IsType<SearchAll>(SearchParser.Parse("\"server down\" “메일 서버”").Root);

        Assert.All(all.Parts, part => Assert.True(((SearchWord)part).IsPhrase));
        Assert.Equal(["server down", "메일 서버"], WordsOf(all));
    }

    [Theory]
    [InlineData("-printer")]
    [InlineData("NOT printer")]
    [InlineData("NOT NOT -printer")]
    [InlineData("-(printer)")]
    public void What_is_negated_is_excluded(string text)
    {
        var not = Assert.IsType<SearchNot>(SearchParser.Parse(text).Root);

        Assert.Equal("printer", Assert.IsType<SearchWord>(not.Part).Text);
    }

    [Fact]
    public void A_word_with_a_colon_has_an_operator_and_values()
    {
        var all = Assert.IsType<SearchAll>(
            SearchParser.Parse("priority:high,\"very low\" created:>=2026-01-01 담당자：나 status:").Root
        );

        var fields = all.Parts.Cast<SearchField>().ToList();
        Assert.Equal(["priority", "created", "담당자", "status"], fields.Select(field => field.Name));
        Assert.Equal(["high", "very low"], fields[0].Values.Select(value => value.Text));
        Assert.Equal(QueryOperator.GreaterOrEqual, fields[1].Operator);
        Assert.Equal("나", fields[2].Values.Single().Text);
        Assert.Empty(fields[3].Values);
    }

    [Theory]
    [InlineData("https://server:8080/x")]
    [InlineData("--force")]
    [InlineData("-")]
    [InlineData("f(x)")]
    [InlineData("a)")]
    [InlineData("or")]
    [InlineData("()")]
    [InlineData(":)")]
    [InlineData("0x80070005")]
    [InlineData("10:30")]
    public void What_only_looks_like_an_operator_is_a_word(string text)
    {
        var search = SearchParser.Parse(text);

        Assert.Equal(text, Assert.IsType<SearchWord>(search.Root).Text);
        Assert.Empty(search.Notes);
    }

    [Theory]
    [InlineData("vpn \"server down", "search.open-quote", 4)]
    [InlineData("(vpn", "search.open-parenthesis", 0)]
    [InlineData("OR vpn", "search.nothing-to-join", 0)]
    [InlineData("vpn OR", "search.nothing-to-join", 4)]
    [InlineData("vpn NOT", "search.nothing-to-join", 4)]
    [InlineData("vpn AND", "search.nothing-to-join", 4)]
    [InlineData("(vpn OR) x", "search.nothing-to-join", 5)]
    public void An_operator_that_joins_nothing_is_text_and_is_told_with_its_place(string text, string code, int start)
    {
        var search = SearchParser.Parse(text);

        Assert.NotNull(search.Root);
        var note = Assert.Single(search.Notes);
        Assert.Equal((code, start), (note.Code, note.Start));
    }

    [Fact]
    public void What_is_too_long_is_refused_with_its_place()
    {
        var refused = Assert.Throws<QueryException>(() => SearchParser.Parse(new string('a', 1_001)));

        Assert.Equal(("search.too-long", 1_000, 1), (refused.Error.Code, refused.Error.Start, refused.Error.Length));
    }

    [Fact]
    public void Any_text_is_read_and_every_place_lies_in_it()
    {
        Prop.ForAll(
                SearchPieces.Texts().ToArbitrary(),
                text =>
                {
                    var search = SearchParser.Parse(text);
                    return search.Notes.All(note => Lies(new QuerySpan(note.Start, note.Length), text))
                        && Parts(search.Root).All(part => Lies(part.Span, text))
                        && (search.Root is null) == (Parts(search.Root).Count() == 0);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static bool Lies(QuerySpan span, string text) =>
        span.Start >= 0 && span.Length >= 0 && span.End <= text.Length;

    private static IEnumerable<SearchPart> Parts(SearchPart? part) =>
        part switch
        {
            null => [],
            SearchAll all => all.Parts.SelectMany(Parts).Prepend(all),
            SearchAny any => any.Parts.SelectMany(Parts).Prepend(any),
            SearchNot not => Parts(not.Part).Prepend(not),
            _ => [part],
        };

    private static IEnumerable<string> WordsOf(SearchPart part) =>
        Parts(part).OfType<SearchWord>().Select(word => word.Text);
}
