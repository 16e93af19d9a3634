using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Query;

public class QueryLanguageTests
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());

    [Fact]
    public void A_condition_holds_for_the_tickets_that_match_and_an_empty_one_for_all()
    {
        TicketCondition holds = Language.Holds;

        Assert.True(
            holds(
                "priority = medium AND organization IS EMPTY",
                Asked.Ticket(),
                QueryWorld.Now,
                QueryWorld.Configuration
            )
        );
        Assert.False(holds("priority = high", Asked.Ticket(), QueryWorld.Now, QueryWorld.Configuration));
        Assert.True(holds("", Asked.Ticket(), QueryWorld.Now, QueryWorld.Configuration));
        Assert.True(holds("requester = \"Person 3\"", Asked.Ticket(), QueryWorld.Now, QueryWorld.Configuration));
    }

    [Fact]
    public void A_condition_that_cannot_be_read_holds_never_and_the_check_says_why()
    {
        Assert.False(Language.Holds("NOT nonsense = 1", Asked.Ticket(), QueryWorld.Now, QueryWorld.Configuration));
        Assert.Equal(
            "query.unknown-field",
            Language.CheckCondition("NOT nonsense = 1", QueryWorld.Configuration)!.Code
        );
        Assert.Null(Language.CheckCondition("priority = high", QueryWorld.Configuration));
    }

    [Fact]
    public void Conditions_cannot_search_comments_which_they_do_not_see()
    {
        Assert.Equal("query.not-in-conditions", Language.CheckCondition("text ~ fire", QueryWorld.Configuration)!.Code);
        Assert.Null(Language.CheckQuery("text ~ fire ORDER BY created", QueryWorld.Configuration));
        Assert.Null(Language.CheckCondition("summary ~ fire OR description ~ fire", QueryWorld.Configuration));
    }

    [Fact]
    public void A_condition_is_read_again_when_the_configuration_changed()
    {
        var configuration = QueryWorld.Configuration;
        const string condition = "field(extra) IS EMPTY";

        Assert.False(Language.Holds(condition, Asked.Ticket(), QueryWorld.Now, configuration));
        var extended = ((Core.Configuration.ConfigurationSnapshot)configuration).With(
            new FieldDocument
            {
                Id = "extra",
                Name = Sdk.Values.LocalizedText.Of("Extra"),
                Kind = FieldKind.Text,
            }
        );
        Assert.True(Language.Holds(condition, Asked.Ticket(), QueryWorld.Now, extended));
    }

    [Fact]
    public void Long_text_is_kept_in_pieces_in_which_every_term_stands_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(number => $"{number:000} "));
        var pieces = SearchableFields.Values("story", new TextValue(text)).ToList();

        Assert.All(pieces, piece => Assert.InRange(piece.Text!.Length, 0, 400));
        Assert.Equal(Enumerable.Range(0, pieces.Count), pieces.Select(piece => piece.Ordinal));
        for (var start = 0; start + 200 <= text.Length; start += 7)
        {
            var term = text.Substring(start, 200);
            Assert.Contains(pieces, piece => piece.Text!.Contains(term, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("\ud800half")]
    [InlineData("zero\0zero")]
    public void Folding_takes_away_what_no_database_takes(string text)
    {
        var folded = Folding.Fold(text);

        Assert.DoesNotContain('\0', folded);
        Assert.Equal(folded, folded.Normalize());
    }
}
