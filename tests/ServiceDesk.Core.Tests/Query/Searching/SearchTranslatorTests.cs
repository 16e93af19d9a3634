using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Core.Tests.Query.Searching;

public class SearchTranslatorTests
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());
    private static readonly QueryCatalog Catalog = Language.Catalog(QueryWorld.Configuration);

    [Theory]
    [InlineData("vpn 오류", "text ~ \"vpn 오류\"")]
    [InlineData("VPN", "text ~ \"vpn\"")]
    [InlineData("\"server  down\" vpn", "text ~ \"\\\"server down\\\" vpn\"")]
    [InlineData("vpn -printer", "text ~ \"vpn\" AND NOT text ~ \"printer\"")]
    [InlineData("vpn OR 오류", "text ~ \"vpn\" OR text ~ \"오류\"")]
    [InlineData("(vpn OR 오류) -x", "(text ~ \"vpn\" OR text ~ \"오류\") AND NOT text ~ \"x\"")]
    [InlineData("is:open vpn", "category != done AND text ~ \"vpn\"")]
    [InlineData("is:열림", "category != done")]
    [InlineData("status:open", "category != done")]
    [InlineData("status:new", "status = \"new\"")]
    [InlineData("status:new,closed", "status IN (\"new\", \"closed\")")]
    [InlineData("-status:new", "NOT status = \"new\"")]
    [InlineData("assignee:me", "assignee = currentUser()")]
    [InlineData("담당자:나", "assignee = currentUser()")]
    [InlineData("assignee:none", "assignee IS EMPTY")]
    [InlineData("assignee:!=none", "assignee IS NOT EMPTY")]
    [InlineData("from:ㄱㅁㅅ", "requester = \"Person 1\"")]
    [InlineData("from:person", "requester IN (\"Person 1\", 8)")]
    [InlineData("in:ITSD", "desk = \"ITSD\"")]
    [InlineData("priority:>=high", "priority >= \"high\"")]
    [InlineData("우선순위:high", "priority = \"high\"")]
    [InlineData("created:>2026-01-01", "created > \"2026-01-01\"")]
    [InlineData("created:2026-01-01..2026-02-01", "created DURING (\"2026-01-01\", \"2026-02-01\")")]
    [InlineData("created:오늘", "created = startOfDay()")]
    [InlineData("summary:vpn", "summary ~ \"vpn\"")]
    [InlineData("label:vpn", "label = \"vpn\"")]
    public void A_search_is_a_query(string typed, string query)
    {
        var plan = Plan(typed, WorldViewers.Everywhere);

        Assert.Empty(plan.Notes);
        Assert.Equal(query, plan.Text);
    }

    [Theory]
    [InlineData("site:x")]
    [InlineData("sitee:x")]
    public void A_hidden_field_is_no_more_known_to_a_search_than_any_word(string typed)
    {
        var known = Plan(typed, WorldViewers.Everywhere);
        Assert.True(known.Notes.Count > 0 || known.Text.StartsWith("site ", StringComparison.Ordinal), known.Text);
        var plan = Plan(typed, WorldViewers.Clerk);

        Assert.Empty(plan.Notes);
        Assert.StartsWith("text ~ ", plan.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status:clsed", "query.unknown-value-near", 7)]
    [InlineData("x asignee:kim", "query.unknown-field-near", 2)]
    [InlineData("from:zebra", "search.unknown-name", 5)]
    [InlineData("from:many", "search.many-names", 5)]
    [InlineData("is:purple", "search.unknown-state", 0)]
    [InlineData("status:", "search.no-value", 0)]
    [InlineData("status:>new", "query.operator-not-possible", 0)]
    [InlineData("priority:>high,low", "search.one-value", 15)]
    [InlineData("created:soon", "query.not-a-moment", 8)]
    public void What_cannot_be_said_is_text_and_is_told_with_its_place(string typed, string code, int start)
    {
        var plan = Plan(typed, WorldViewers.Everywhere);

        var note = Assert.Single(plan.Notes);
        Assert.Equal((code, start), (note.Code, note.Start));
        Assert.StartsWith("text ~ ", plan.Text, StringComparison.Ordinal);
        Assert.NotEmpty(plan.Words);
    }

    [Fact]
    public void A_word_with_a_colon_that_is_near_no_field_is_text_without_a_note()
    {
        var plan = Plan("error:timeout", WorldViewers.Everywhere);

        Assert.Empty(plan.Notes);
        Assert.Equal("text ~ \"error:timeout\"", plan.Text);
    }

    [Fact]
    public void To_customers_the_fields_of_agents_are_words()
    {
        var plan = Plan("assignee:kim label:vpn is:mine", WorldViewers.Alone);

        Assert.Equal("text ~ \"assignee:kim\" AND text ~ \"label:vpn\" AND text ~ \"is:mine\"", plan.Text);
    }

    [Theory]
    [InlineData("from:zebra", "requester = \"@\"")]
    [InlineData("from:many", "requester = \"@\"")]
    [InlineData("from:kim,zebra,many,kim", "requester IN (\"Person 1\", \"@\")")]
    [InlineData("-from:zebra", "NOT requester = \"@\"")]
    public void Customers_are_not_told_whether_there_is_such_a_name(string typed, string query)
    {
        var plan = Plan(typed, WorldViewers.Alone);

        Assert.Empty(plan.Notes);
        Assert.Equal(query, plan.Text);
    }

    [Fact]
    public void Names_are_looked_up_once_only_the_first_and_of_fields_that_may_be_named()
    {
        var typed = string.Join(' ', Enumerable.Range(0, 15).Select(n => $"from:kim,n{n},m{n}"));

        Assert.Equal(SearchText.MaxNames, Asked(typed, WorldViewers.Everywhere).Count);
        Assert.Single(Asked("from:kim,kim,Kim (from:kim OR -from:KIM)", WorldViewers.Everywhere));
        Assert.Equal(2, Asked("from:kim assignee:kim organization:kim", WorldViewers.Everywhere).Count);
        Assert.DoesNotContain(
            Asked("team:kim assignee:lee from:kim", WorldViewers.Alone),
            name => name.Folded == "lee" || name.Kind == QueryValueKind.Team
        );

        var plan = Plan($"{typed} from:person", WorldViewers.Alone);
        Assert.Contains(plan.Notes, note => note.Code == "search.too-many-names");
        Assert.All(plan.Notes, note => Assert.StartsWith("search.too-many-", note.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_value_is_written_once_and_too_many_are_text()
    {
        Assert.Equal(
            "requester IN (\"Person 1\", 8)",
            Plan($"from:{string.Join(',', Enumerable.Repeat("person", 130))}", WorldViewers.Everywhere).Text
        );
        Assert.Equal(
            "label = \"a\"",
            Plan($"label:{string.Join(',', Enumerable.Repeat("a", 400))}", WorldViewers.Everywhere).Text
        );
        Assert.Equal(
            "category != done",
            Plan($"is:{string.Join(',', Enumerable.Repeat("open", 150))}", WorldViewers.Everywhere).Text
        );

        var many = Plan($"label:{string.Join(',', Enumerable.Range(100, 230))} vpn", WorldViewers.Everywhere);
        Assert.Equal("search.too-many-values", Assert.Single(many.Notes).Code);
        Assert.All(many.Bands(Catalog), band => Assert.True(Bound(WorldViewers.Everywhere, band)));
    }

    [Fact]
    public void However_many_and_long_names_fit_the_lists_are_right_queries()
    {
        var typed = $"vpn {string.Join(' ', Enumerable.Repeat("from:crowd,person", 25))}";

        var plan = Plan(typed, WorldViewers.Everywhere);

        Assert.Contains(plan.Notes, note => note.Code == "search.too-many-values");
        Assert.Contains("person-50-of-a-crowd@example.com", plan.Text, StringComparison.Ordinal);
        Assert.All(plan.Bands(Catalog), band => Assert.True(QueryParser.TryParse(band, out _, out _)));
    }

    [Fact]
    public void Only_ten_words_are_looked_for_and_the_rest_is_told()
    {
        var plan = Plan("a b c d e f g h i j k l", WorldViewers.Everywhere);

        Assert.Equal("text ~ \"a b c d e f g h i j\"", plan.Text);
        Assert.Equal(("search.too-many-words", 20), (Assert.Single(plan.Notes).Code, plan.Notes[0].Start));
    }

    [Fact]
    public void Words_of_fields_are_counted_too()
    {
        var plan = Plan("summary:\"a b c d e f\" summary:g,h,i,j,k l", WorldViewers.Everywhere);

        Assert.Equal("summary ~ \"\\\"a b c d e f\\\"\" AND summary ~ \"g h i j k\" AND text ~ \"l\"", plan.Text);
        var many = Plan(
            string.Join(' ', Enumerable.Range(0, 25).Select(n => $"summary:w{n}")),
            WorldViewers.Everywhere
        );
        Assert.Equal("search.too-many-words", Assert.Single(many.Notes).Code);
    }

    [Fact]
    public void Highlights_are_of_what_must_occur()
    {
        var plan = Plan("VPN \"서버 다운\" -printer is:open summary:mail", WorldViewers.Everywhere);

        Assert.Equal(["vpn", "서버 다운", "mail"], plan.Terms);
        Assert.Equal(["vpn", "서버 다운"], plan.Words);
    }

    [Fact]
    public void What_has_the_words_in_the_summary_comes_first_and_the_rest_second()
    {
        var bands = Plan("vpn -printer is:open", WorldViewers.Everywhere).Bands(Catalog);

        const string besides = "NOT text ~ \"printer\" AND category != done";
        Assert.Equal(
            [$"summary ~ \"vpn\" AND {besides}", $"text ~ \"vpn\" AND {besides} AND NOT summary ~ \"vpn\""],
            bands
        );
        Assert.Equal(
            [
                "summary ~ \"a\" OR summary ~ \"b\"",
                "(text ~ \"a\" OR text ~ \"b\") AND NOT (summary ~ \"a\" OR summary ~ \"b\")",
            ],
            Plan("a OR b", WorldViewers.Everywhere).Bands(Catalog)
        );
        Assert.Single(Plan("is:open", WorldViewers.Everywhere).Bands(Catalog));
    }

    [Fact]
    public void Whatever_is_typed_is_a_right_query_for_everybody()
    {
        Prop.ForAll(
                SearchPieces.Texts().ToArbitrary(),
                Gen.Elements(WorldViewers.All.ToArray()).ToArbitrary(),
                (text, viewer) =>
                {
                    var plan = Plan(text, viewer);
                    return plan.Bands(Catalog).Append(plan.Text).All(one => Bound(viewer, one))
                        && plan.Notes.All(note => note.Start >= 0 && note.Start + note.Length <= text.Length);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    private static bool Bound(Viewer viewer, string text) =>
        new QueryBinder(Catalog, Scope(viewer), new WorldNames()).Bind(QueryParser.Parse(text)) is not null;

    private static QueryScope Scope(Viewer viewer) => QueryScope.Of(viewer, QueryWorld.Configuration);

    private static IReadOnlySet<SearchedName> Asked(string typed, Viewer viewer) =>
        SearchTranslator.NamesIn(SearchParser.Parse(typed), Catalog, Scope(viewer));

    private static SearchPlan Plan(string typed, Viewer viewer) =>
        SearchTranslator.Plan(SearchParser.Parse(typed), Catalog, Scope(viewer), new Names());

    private sealed class Names : ISearchNames
    {
        public IReadOnlyList<FoundName>? Find(SearchedName name) =>
            name.Folded switch
            {
                "ㄱㅁㅅ" or "kim" => [new(1, "Person 1", true)],
                "person" or "person 1" => [new(1, "Person 1", true), new(8, "8", false)],
                "many" => null,
                "crowd" =>
                [
                    .. Enumerable
                        .Range(1, ISearchNames.Most)
                        .Select(n => new FoundName(n, $"person-{n}-of-a-crowd@example.com", true)),
                ],
                _ => [],
            };
    }
}
