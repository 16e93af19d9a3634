using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Sla;

/// <summary>Queries asked about tickets that might come: whatever a query chooses by is met.</summary>
public sealed class SupposedTicketsTests
{
    private static readonly QueryLanguage Language = new(TicketExtensions.None, NoNames.Instance);

    [Theory]
    [InlineData("organization = hanbit")]
    [InlineData("organization IN (hanbit, other)")]
    [InlineData("organization != hanbit")]
    [InlineData("region = EMEA AND language = ko")]
    [InlineData("region ~ EM")]
    [InlineData("region IS NOT EMPTY")]
    [InlineData("impact = wide AND priority = high")]
    [InlineData("impact >= wide")]
    [InlineData("seats > 100")]
    [InlineData("NOT (impact = narrow OR seats < 5) AND region = APAC")]
    [InlineData("label = vip OR assignee IS NOT EMPTY")]
    public void Some_supposition_meets_what_a_query_chooses_by(string query) => Assert.NotEmpty(Met(query));

    [Theory]
    [InlineData("priority = low AND region = EMEA")]
    [InlineData("region = EMEA AND region = APAC")]
    [InlineData("type = change AND impact = wide")]
    [InlineData("region = EMEA AND NOT region = emea")]
    [InlineData("impact = ")]
    public void None_meets_what_the_sample_is_not_or_nothing_can_be(string query) => Assert.Empty(Met(query));

    [Fact]
    public void What_is_asked_of_a_choice_holds_for_those_below_it()
    {
        var asked = Asked("impact = wide", "impact = whole-site");

        var below = asked.Suppositions().Where(it => asked.Holds("impact = whole-site", null, it)).ToList();

        Assert.NotEmpty(below);
        Assert.All(below, it => Assert.True(asked.Holds("impact = wide", null, it)));
    }

    [Fact]
    public void What_two_queries_choose_by_is_supposed_together()
    {
        const string one = "organization = hanbit";
        const string other = "impact = wide";
        var asked = Asked(one, other);

        Assert.Contains(asked.Suppositions(), it => asked.Holds(one, null, it) && asked.Holds(other, null, it));
        Assert.Contains(asked.Suppositions(), it => asked.Holds(one, null, it) && !asked.Holds(other, null, it));
        Assert.Contains(asked.Suppositions(), it => !asked.Holds(one, null, it) && !asked.Holds(other, null, it));
    }

    [Fact]
    public void A_request_type_is_supposed_of_tickets_of_its_own_type_alone()
    {
        var asked = Asked("requestType = access", "requestType = outage");

        var possible = asked.Suppositions().Where(asked.IsPossible).ToList();

        Assert.Contains(possible, it => asked.Holds("requestType = outage", null, it));
        Assert.DoesNotContain(possible, it => asked.Holds("requestType = access", null, it));
    }

    [Fact]
    public void However_much_is_named_the_suppositions_are_bounded_and_each_value_is_met()
    {
        string[] fields = ["region", "label", "organization", "externalId"];
        string[] queries =
        [
            .. fields.SelectMany(field => Enumerable.Range(0, 20).Select(value => $"{field} = value-{value}")),
        ];
        var asked = Asked(queries);

        var suppositions = asked.Suppositions();

        Assert.Equal(SupposedTickets.Most, suppositions.Count);
        Assert.All(queries, query => Assert.Contains(suppositions, it => asked.Holds(query, null, it)));
    }

    [Fact]
    public void A_team_is_told_from_none_only_by_who_asks_for_it()
    {
        var asked = Asked("team = 7 AND region = EMEA");

        Assert.True(asked.Tells(new TeamId(7)));
        Assert.False(asked.Tells(new TeamId(8)));
    }

    private static List<TicketSupposition> Met(string query)
    {
        var asked = Asked(query);
        return [.. asked.Suppositions().Where(one => asked.Holds(query, null, one))];
    }

    private static SupposedTickets Asked(params string[] queries)
    {
        var configuration = ConfigurationSnapshot.Of(
            1,
            new DeskDocument
            {
                Id = "ITSD",
                Name = LocalizedText.Of("IT"),
                Types = ["incident"],
            },
            new FieldDocument
            {
                Id = "impact",
                Name = LocalizedText.Of("Impact", "영향"),
                Kind = FieldKind.Choice,
                Choices =
                [
                    new FieldChoice("narrow", LocalizedText.Of("Narrow")),
                    new FieldChoice("wide", LocalizedText.Of("Wide")),
                    new FieldChoice("whole-site", LocalizedText.Of("Whole site")) { Under = "wide" },
                ],
            },
            new FieldDocument
            {
                Id = "seats",
                Name = LocalizedText.Of("Seats", "좌석"),
                Kind = FieldKind.Number,
            },
            Request("access", "service-request"),
            Request("outage", "incident")
        );
        var asked = new SupposedTickets(Language, NoNames.Instance, Story.Monday9, configuration, queries);
        asked.About(
            new TicketState
            {
                Id = new TicketId(0),
                Key = new TicketKey("ITSD", 1),
                Version = 1,
                Type = "incident",
                Summary = "",
                Description = "",
                Status = "new",
                Category = StatusCategory.New,
                Priority = Priority.High,
                Requester = new PersonId(0),
                Channel = Channel.Portal,
                CreatedAt = Story.Monday9,
                UpdatedAt = Story.Monday9,
                PublicUpdatedAt = Story.Monday9,
                StatusSince = Story.Monday9,
            }
        );
        return asked;
    }

    private static RequestTypeDocument Request(string id, string type) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            Desk = "ITSD",
            Type = type,
        };
}
