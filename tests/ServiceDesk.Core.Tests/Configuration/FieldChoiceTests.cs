using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

/// <summary>Choices that stand under one another.</summary>
public class FieldChoiceTests
{
    private static readonly FieldDocument Place = new()
    {
        Id = "place",
        Name = LocalizedText.Of("Place"),
        Kind = FieldKind.Choice,
        Choices =
        [
            new FieldChoice("korea", LocalizedText.Of("Korea", "대한민국")),
            new FieldChoice("seoul", LocalizedText.Of("Seoul", "서울")) { Under = "korea" },
            new FieldChoice("gangnam", LocalizedText.Of("Gangnam", "강남")) { Under = "seoul" },
            new FieldChoice("japan", LocalizedText.Of("Japan", "일본")),
        ],
    };

    [Theory]
    [InlineData("gangnam", "en", "Korea › Seoul › Gangnam")]
    [InlineData("seoul", "ko", "대한민국 › 서울")]
    [InlineData("japan", "en", "Japan")]
    [InlineData("gone", "en", "gone")]
    public void A_choice_is_read_with_those_above_it(string choice, string language, string words) =>
        Assert.Equal(words, Place.WordsOf(choice, language));

    [Theory]
    [InlineData("korea", "korea seoul gangnam")]
    [InlineData("seoul", "seoul gangnam")]
    [InlineData("japan", "japan")]
    [InlineData("gone", "gone")]
    public void A_choice_means_those_below_it(string choice, string all) =>
        Assert.Equal(all, string.Join(' ', Place.WithBelow(choice)));

    [Fact]
    public void Choices_in_a_circle_which_no_check_takes_are_read_to_an_end()
    {
        var circle = Place with
        {
            Choices =
            [
                new FieldChoice("a", LocalizedText.Of("A")) { Under = "b" },
                new FieldChoice("b", LocalizedText.Of("B")) { Under = "a" },
            ],
        };

        Assert.Equal("B › A", circle.WordsOf("a", "en"));
        Assert.Equal(["a", "b"], circle.WithBelow("a"));
    }

    [Fact]
    public void A_question_for_a_choice_is_asked_for_those_below_it()
    {
        var form = new RequestTypeDocument
        {
            Id = "move",
            Name = LocalizedText.Of("Move"),
            Desk = "ITSD",
            Type = "request",
            Sections =
            [
                new FormSection("abroad", LocalizedText.Of("Abroad"))
                {
                    When = [new FormCondition { Field = "place", Is = ["japan"] }],
                },
            ],
            Form =
            [
                new FormField("place"),
                new FormField("floor") { When = [new FormCondition { Field = "place", Is = ["korea"] }] },
                new FormField("visa") { Section = "abroad" },
            ],
        };

        var wide = FormLogic.Widened(form, ConfigurationSnapshot.Of(1, [Place]));

        Assert.Equal(["place", "floor"], Asked("gangnam"));
        Assert.Equal(["place", "floor"], Asked("korea"));
        Assert.Equal(["place", "visa"], Asked("japan"));

        IEnumerable<string> Asked(string answer) =>
            FormLogic
                .Asked(wide, field => field == "place" ? new ChoiceValue(answer) : null)
                .Select(place => place.Field);
    }
}
