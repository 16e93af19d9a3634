using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Host.Queries;
using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Tests.Texts;

/// <summary>The page that explains the query language leaves nothing of it out.</summary>
public class QueryHelpTests
{
    private static readonly QueryCatalog Catalog = new(ConfigurationSnapshot.Of(1, []), TicketExtensions.None);

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Every_operator_word_function_and_field_is_explained(string language)
    {
        var keys = Enum.GetValues<QueryOperator>()
            .Select(QueryHelp.KeyOf)
            .Concat(Enum.GetValues<HistoryClause>().Select(QueryHelp.KeyOf))
            .Concat(ValueFunctions.Moments.Select(QueryHelp.KeyOf))
            .Concat(Enum.GetValues<QueryValueKind>().Select(QueryHelp.KeyOf))
            .Concat(Catalog.Fields.Select(QueryHelp.KeyOf));

        Assert.All(Catalog.Fields, field => Assert.True(QueryHelp.IsSystem(field), field.Name));
        Assert.Empty(keys.Except(new TextCatalogue([]).Keys(language)));
    }

    [Fact]
    public void Each_has_an_example_that_can_be_read_and_is_known_as_a_query_where_it_is_typed()
    {
        var examples = QueryHelp
            .Operators.Select(one => one.Example)
            .Concat(QueryHelp.Clauses.Select(one => one.Example))
            .Concat(QueryHelp.Functions.Select(one => one.Example))
            .ToList();

        Assert.All(examples, example => Assert.NotNull(QueryParser.Parse(example).Filter));
        Assert.All(examples, example => Assert.True(FilterQuery.IsQuery(example), example));
        Assert.Equal(Enum.GetValues<QueryOperator>(), QueryHelp.Operators.Select(one => one.Operator).Order());
        Assert.Equal(Enum.GetValues<HistoryClause>(), QueryHelp.Clauses.Select(one => one.Clause).Order());
        Assert.All(
            QueryHelp.Operators,
            one => Assert.Equal(one.Operator, ((ComparisonSyntax)QueryParser.Parse(one.Example).Filter!).Operator)
        );
    }

    [Theory]
    [InlineData("the status was changed by nobody")]
    [InlineData("team meeting was moved")]
    [InlineData("vpn during lunch")]
    public void Words_of_a_sentence_are_no_query(string typed) => Assert.False(FilterQuery.IsQuery(typed));
}
