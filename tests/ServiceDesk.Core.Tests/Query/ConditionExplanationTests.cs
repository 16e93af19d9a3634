using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Query;

public sealed class ConditionExplanationTests
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());

    [Fact]
    public void The_whole_is_what_the_condition_says_and_each_comparison_what_its_text_says_alone()
    {
        var cases =
            from query in WorldQueries.Query()
            from ticket in WorldTickets.Of(7)
            select (query, ticket.Snapshot);
        var explained = 0;
        Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    var (query, ticket) = one;
                    var truth = Explain(query, ticket);
                    explained += truth is null ? 0 : 1;
                    return truth is null
                        ? !Holds(query, ticket)
                        : truth.Holds == Holds(query, ticket)
                            && Parts(truth)
                                .Where(part => part.Kind == ConditionPart.Comparison)
                                .All(part => part.Holds == Holds(TextOf(part, query), ticket));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.True(explained > 100, $"{explained} conditions could be explained");
    }

    [Fact]
    public void A_comparison_tells_what_the_ticket_had()
    {
        var ticket = Asked.Ticket(state => state with { Assignee = new PersonId(4), Labels = ["vpn", "major"] });

        var truth = Explain("priority >= high AND (assignee IS EMPTY OR labels = vpn)", ticket)!;

        Assert.False(truth.Holds);
        Assert.Equal(ConditionPart.All, truth.Kind);
        var leaves = Parts(truth).Where(part => part.Kind == ConditionPart.Comparison).ToList();
        Assert.Equal(["medium"], leaves[0].Actual);
        Assert.Equal(["4"], leaves[1].Actual);
        Assert.Equal(["vpn", "major"], leaves[2].Actual);
        Assert.Equal([false, false, true], leaves.Select(leaf => leaf.Holds));
        Assert.Equal("label", leaves[2].Subject);
    }

    [Fact]
    public void What_does_not_end_is_cut()
    {
        var ticket = Asked.Ticket(state => state with { Description = new string('장', 5000) });

        var truth = Explain("description ~ 서버", ticket)!;

        Assert.Equal(121, Assert.Single(truth.Actual).Length);
    }

    [Fact]
    public void Nothing_is_to_be_explained_without_a_condition() => Assert.Null(Explain(" ", Asked.Ticket()));

    private static ConditionTruth? Explain(string query, TicketSnapshot ticket) =>
        Language.Explain(query, ticket, QueryWorld.Now, QueryWorld.Configuration);

    private static bool Holds(string query, TicketSnapshot ticket) =>
        Language.Holds(query, ticket, QueryWorld.Now, QueryWorld.Configuration);

    private static string TextOf(ConditionTruth part, string query) => query.Substring(part.Start, part.Length);

    private static IEnumerable<ConditionTruth> Parts(ConditionTruth truth) =>
        truth.Parts.SelectMany(Parts).Prepend(truth);
}
