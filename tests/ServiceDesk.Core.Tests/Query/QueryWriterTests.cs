using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;

namespace ServiceDesk.Core.Tests.Query;

public class QueryWriterTests
{
    [Theory]
    [InlineData("a=1   and b=2", "a = 1 AND b = 2")]
    [InlineData("not (a = 1 OR b in (x,\"y z\"))", "NOT (a = 1 OR b IN (x, \"y z\"))")]
    [InlineData(
        "\"Visit time\" is not empty order by created desc, key",
        "\"Visit time\" IS NOT EMPTY ORDER BY created DESC, key"
    )]
    [InlineData("sla('Time to resolution') < 1h", "sla(\"Time to resolution\") < 1h")]
    [InlineData("created > startOfDay( -1d )", "created > startOfDay(-1d)")]
    [InlineData(
        "status changed from new to (closed , waiting) by currentUser() during (-7d, now())",
        "status CHANGED FROM new TO (closed, waiting) BY currentUser() DURING (-7d, now())"
    )]
    [InlineData("linked('blocks') and x = '\"'", "linked(\"blocks\") AND x = \"\\\"\"")]
    [InlineData("ORDER BY created", "ORDER BY created")]
    public void A_query_has_one_written_form(string text, string written) =>
        Assert.Equal(written, QueryWriter.Write(QueryParser.Parse(text)));

    [Fact]
    public void What_is_written_reads_as_the_same_and_is_written_so_again()
    {
        Prop.ForAll(
                WorldQueries.Query().ToArbitrary(),
                text =>
                {
                    var written = QueryWriter.Write(QueryParser.Parse(text));
                    return QueryWriter.Write(QueryParser.Parse(written)) == written
                        && Asked.Bind(written).Equals(Asked.Bind(text));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }
}
