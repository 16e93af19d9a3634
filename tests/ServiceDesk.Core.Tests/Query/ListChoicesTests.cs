using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tests.Query.World;

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
}
