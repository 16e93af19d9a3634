using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Completion;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

public class QueryCompletionTests
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());

    [Theory]
    [InlineData("", "status")]
    [InlineData("stat", "status")]
    [InlineData("impact = high AND (NOT pri", "priority")]
    [InlineData("status ", "=")]
    [InlineData("status NOT ", "NOT IN")]
    [InlineData("status = ", "in-progress")]
    [InlineData("status = prog", "in-progress")]
    [InlineData("status = \"wai", "waiting-for-customer")]
    [InlineData("status IN (new, clo", "closed")]
    [InlineData("priority >= ", "critical")]
    [InlineData("vip = t", "true")]
    [InlineData("created > start", "startOfDay()")]
    [InlineData("assignee = cu", "currentUser()")]
    [InlineData("assignee IS ", "EMPTY")]
    [InlineData("status = new ", "AND")]
    [InlineData("status = new A", "AND")]
    [InlineData("status = new ORDER BY pri", "priority")]
    [InlineData("ORDER BY created ", "DESC")]
    [InlineData("sla(", "time-to-resolution")]
    [InlineData("sla(\"Time to resolution\") ", "<")]
    [InlineData("sla(\"Time to resolution\") = bre", "breached")]
    [InlineData("remaining < ", "1h")]
    [InlineData("tag", "tagged(\"vpn\")")]
    [InlineData("bes", "besides(")]
    [InlineData("tagged(", "\"vpn\"")]
    [InlineData("tagged(\"ma", "\"major\"")]
    [InlineData("NOT tagged(vpn) ", "AND")]
    [InlineData("tagged(vpn) AND pri", "priority")]
    [InlineData("tagged(vpn) ORDER BY pri", "priority")]
    [InlineData("status ", "WAS")]
    [InlineData("status ", "CHANGED")]
    [InlineData("status WAS ", "in-progress")]
    [InlineData("status WAS ", "NOT IN", false)]
    [InlineData("status WAS ", "NOT")]
    [InlineData("status WAS NOT IN (", "closed")]
    [InlineData("status WAS closed ", "BEFORE")]
    [InlineData("status WAS closed ", "AND")]
    [InlineData("status WAS closed ", "BY", false)]
    [InlineData("status CHANGED ", "FROM")]
    [InlineData("status CHANGED TO clo", "closed")]
    [InlineData("status CHANGED TO (new, clo", "closed")]
    [InlineData("status CHANGED FROM new B", "BY")]
    [InlineData("status CHANGED BY cur", "currentUser()")]
    [InlineData("status CHANGED AFTER start", "startOfWeek()")]
    [InlineData("status CHANGED DURING (start", "startOfMonth()")]
    [InlineData("status CHANGED DURING (startOfMonth(-1), end", "endOfMonth()")]
    [InlineData("status CHANGED DURING (-7d, now()) ", "TO")]
    [InlineData("status CHANGED AND pri", "priority")]
    [InlineData("created DURING (", "-7d")]
    [InlineData("created > startOfDay(-1d) ", "AND")]
    [InlineData("assignee = mem", "membersOf(")]
    public void What_may_stand_at_the_caret_is_suggested(string text, string suggestion, bool isThere = true) =>
        Assert.Equal(isThere, At(text).Suggestions.Any(one => one.Text == suggestion));

    [Fact]
    public void A_suggestion_replaces_what_is_written_of_the_word()
    {
        var word = At("status = new AND pri");
        var quoted = At("status = \"in pro");

        Assert.Equal((17, 3), (word.Start, word.Length));
        Assert.Equal((9, 7), (quoted.Start, quoted.Length));
        Assert.Equal("in-progress", quoted.Suggestions[0].Text);
    }

    [Fact]
    public void Names_are_asked_for_where_they_fit_and_never_for_customers()
    {
        Assert.Equal((SuggestionKind.Person, "ki"), (At("assignee = ki").Names, At("assignee = ki").Prefix));
        Assert.Equal(SuggestionKind.Team, At("team IN (").Names);
        Assert.Equal(SuggestionKind.Organization, At("organization != ").Names);
        Assert.Equal(
            (SuggestionKind.Team, "Ne"),
            (At("assignee = membersOf(Ne").Names, At("team = membersOf(Ne").Prefix)
        );
        Assert.Equal(SuggestionKind.Person, At("status CHANGED BY ").Names);
        Assert.Null(At("requester = membersOf(", WorldViewers.Alone).Names);
        Assert.Null(At("status = ").Names);
        Assert.Null(At("requester = ", WorldViewers.Alone).Names);
    }

    [Fact]
    public void Customers_are_shown_no_fields_of_agents_and_no_desk_that_they_do_not_know()
    {
        Assert.DoesNotContain("cost", At("", WorldViewers.Alone).Suggestions.Select(one => one.Text));
        Assert.Equal(["HR", "ITSD"], At("desk = ", WorldViewers.Alone).Suggestions.Select(one => one.Text).Order());
        Assert.Empty(At("cost = ", WorldViewers.Alone).Suggestions);
    }

    /// <summary>Desks name the same status differently; each reader finds it by the name that stands on the own tickets.</summary>
    [Theory]
    [InlineData("", "Awaiting somebody")]
    [InlineData("customer", "Waiting for customer")]
    [InlineData("someb", "Awaiting somebody")]
    [InlineData("waiting-for", "Awaiting somebody")]
    public void A_value_of_several_names_is_found_by_each_and_offered_once(string typed, string named)
    {
        var all = QueryWorld.Configuration.All<WorkflowDocument>().Single();
        var other = all with
        {
            Id = "a",
            Statuses = [new("waiting-for-customer", LocalizedText.Of("Awaiting somebody"), StatusCategory.Waiting)],
        };
        var configuration = ConfigurationSnapshot.Of(1, [other, all]);

        var found = QueryCompletion.At(
            "status = " + typed,
            9 + typed.Length,
            Language.Catalog(configuration),
            QueryScope.Of(WorldViewers.Everywhere, configuration)
        );

        Assert.Equal(named, Assert.Single(found.Suggestions, one => one.Text == "waiting-for-customer").Label);
    }

    [Theory]
    [InlineData("status = = = (((")]
    [InlineData("! \" ' \\")]
    [InlineData(")))")]
    [InlineData("nonsense ")]
    public void A_wrong_query_is_no_mistake_of_the_editor(string text)
    {
        for (var caret = -1; caret <= text.Length + 1; caret++)
        {
            var completion = QueryCompletion.At(
                text,
                caret,
                Language.Catalog(QueryWorld.Configuration),
                QueryScope.Of(WorldViewers.Everywhere, QueryWorld.Configuration)
            );

            Assert.InRange(completion.Start, 0, text.Length);
            Assert.InRange(completion.Start + completion.Length, 0, text.Length);
        }
    }

    private static Completion At(string text, Viewer? viewer = null) =>
        QueryCompletion.At(
            text,
            text.Length,
            Language.Catalog(QueryWorld.Configuration),
            QueryScope.Of(viewer ?? WorldViewers.Everywhere, QueryWorld.Configuration)
        );
}
