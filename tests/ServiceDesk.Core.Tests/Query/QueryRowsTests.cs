using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Building;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

public class QueryRowsTests
{
    [Theory]
    [InlineData("", false, 0)]
    [InlineData("ORDER BY created", false, 0)]
    [InlineData("status = new", false, 1)]
    [InlineData("status = new AND priority >= high", false, 2)]
    [InlineData("status = new OR priority >= high", true, 2)]
    [InlineData("status = new AND (priority = high OR assignee IS EMPTY)", false, 2)]
    [InlineData("(status = new AND priority = high) OR assignee = currentUser()", true, 2)]
    [InlineData("created DURING (startOfWeek(-1), now()) ORDER BY remaining", false, 1)]
    public void What_rows_can_show_is_read_back(string text, bool isAny, int groups)
    {
        var rows = QueryRows.Of(QueryParser.Parse(text))!;

        Assert.Equal((isAny, groups), (rows.IsAny, rows.Groups.Count));
        Assert.Equal(text, rows.Text);
    }

    [Theory]
    [InlineData("NOT status = new")]
    [InlineData("(a = 1 AND (b = 2 OR c = 3)) OR d = 4")]
    [InlineData("linked(\"blocks\")")]
    [InlineData("sla(\"Time to resolution\") < 1h")]
    [InlineData("status WAS new")]
    [InlineData("status CHANGED")]
    public void What_rows_cannot_show_is_left_alone(string text) => Assert.Null(QueryRows.Of(QueryParser.Parse(text)));

    [Fact]
    public void Rows_written_as_text_are_the_same_rows_again()
    {
        Prop.ForAll(Rows().ToArbitrary(), rows => rows.Normal().Equals(QueryRows.Of(QueryParser.Parse(rows.Text))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_query_that_rows_show_keeps_its_meaning()
    {
        Prop.ForAll(
                WorldQueries.Query().ToArbitrary(),
                text =>
                    QueryRows.Of(QueryParser.Parse(text)) is not { } rows
                    || Asked.Bind(rows.Text).Equals(Asked.Bind(text))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData("currentUser()", "currentUser()")]
    [InlineData("startOfDay( -1 )", "startOfDay(-1)")]
    [InlineData("in progress", "\"in progress\"")]
    [InlineData("high", "high")]
    [InlineData("f(x) AND y", "\"f(x) AND y\"")]
    [InlineData("(a)", "\"(a)\"")]
    [InlineData("x) OR (y", "\"x) OR (y\"")]
    [InlineData("", "\"\"")]
    public void A_typed_value_is_one_value_whatever_it_holds(string typed, string written)
    {
        var rows = new QueryRows(
            false,
            [
                [new QueryRow("a", QueryOperator.Equal, [TypedValue.Read(typed, QueryValueKind.Person)])],
            ],
            ""
        );

        Assert.Equal($"a = {written}", rows.Text);
        Assert.Equal(rows, QueryRows.Of(QueryParser.Parse(rows.Text)));
    }

    [Theory]
    [InlineData("error(5)")]
    [InlineData("프린터(2층)")]
    public void Text_that_looks_like_a_function_is_text(string typed)
    {
        var value = TypedValue.Read(typed, QueryValueKind.Text);

        Assert.Null(value.Arguments);
        Assert.Equal(typed, TypedValue.Read(TypedValue.Write(value), QueryValueKind.Text).Text);
    }

    private static Gen<QueryRows> Rows() =>
        from isAny in Gen.Elements(true, false)
        from groups in Group().NonEmptyListOf().Select(list => list.Take(4).ToValueList())
        from order in Gen.Elements("", "remaining", "priority DESC, created")
        select new QueryRows(isAny, groups, order);

    private static Gen<ValueList<QueryRow>> Group() =>
        Row().NonEmptyListOf().Select(list => list.Take(4).ToValueList());

    private static Gen<QueryRow> Row() =>
        from field in Gen.Elements("status", "assignee", "Visit time", "created", "order", "상태")
        from values in Value().NonEmptyListOf().Select(list => list.Take(3).ToValueList())
        from @operator in Gen.Elements(
            QueryOperator.Equal,
            QueryOperator.NotEqual,
            QueryOperator.Less,
            QueryOperator.GreaterOrEqual,
            QueryOperator.Contains,
            QueryOperator.In,
            QueryOperator.NotIn,
            QueryOperator.Empty,
            QueryOperator.During
        )
        select new QueryRow(
            field,
            @operator,
            @operator switch
            {
                QueryOperator.Empty => [],
                QueryOperator.In or QueryOperator.NotIn => values,
                QueryOperator.During => [values[0], values[0]],
                _ => [values[0]],
            }
        );

    private static Gen<ValueSyntax> Value() =>
        Gen.Elements<ValueSyntax>(
            new("new", false, null, default),
            new("in progress", true, null, default),
            new("say \"hi\" \\", true, null, default),
            new("", true, null, default),
            new("currentUser", false, [], default),
            new("startOfDay", false, [new("-1", false, null, default)], default),
            new("AND", false, null, default)
        );
}
