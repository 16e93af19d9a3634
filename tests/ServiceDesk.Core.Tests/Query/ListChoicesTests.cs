using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Tests.Query;

public class ListChoicesTests
{
    [Fact]
    public void Whatever_a_list_can_be_grouped_by_can_be_sorted_by()
    {
        var language = new QueryLanguage(QueryWorld.Extensions, new WorldNames());
        Assert.All(
            ListChoices.Groups,
            group => Assert.Null(language.CheckQuery($"ORDER BY {group}, created DESC", QueryWorld.Configuration))
        );
    }

    [Fact]
    public void Own_fields_of_one_value_group_lists_by_an_order_and_others_do_not()
    {
        var language = new QueryLanguage(QueryWorld.Extensions, new WorldNames());
        var fields = QueryWorld.Configuration.All<FieldDocument>();
        Assert.All(
            fields,
            field =>
                Assert.Equal(
                    ListChoices.IsGroup($"field:{field.Id}", QueryWorld.Configuration),
                    language.CheckQuery($"ORDER BY field(\"{field.Id}\")", QueryWorld.Configuration) is null
                )
        );
        Assert.Equal(
            ["tags", "story", "papers"],
            fields.Where(field => !ListChoices.HasOrder(field)).Select(field => field.Id).OrderDescending()
        );
        Assert.All(
            (string[])["field:", "field:none", "summary", "impact", ""],
            other => Assert.False(ListChoices.IsGroup(other, QueryWorld.Configuration))
        );
    }
}
