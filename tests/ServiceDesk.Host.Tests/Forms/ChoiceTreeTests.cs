using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>Whatever is done to choices that stand under one another, none is lost and each stands after the one above it.</summary>
public class ChoiceTreeTests
{
    private static readonly ValueList<FieldChoice> Places =
    [
        Choice("korea"),
        Choice("seoul", "korea"),
        Choice("gangnam", "seoul"),
        Choice("busan", "korea"),
        Choice("japan"),
    ];

    [Fact]
    public void No_order_of_moves_loses_a_choice_or_puts_one_before_the_one_above_it() =>
        Prop.ForAll(
                Gen.Choose(0, 5)
                    .SelectMany(kind =>
                        Gen.Choose(0, 9).SelectMany(at => Gen.Choose(0, 9).Select(to => (kind, at, to)))
                    )
                    .ListOf()
                    .ToArbitrary(),
                moves =>
                {
                    var choices = Enumerable
                        .Range(0, 10)
                        .Select(number => Choice($"c{number}", number % 3 == 1 ? $"c{number - 1}" : null))
                        .ToValueList();
                    foreach (var (kind, at, to) in moves)
                    {
                        choices = kind switch
                        {
                            0 => ChoiceTree.Indented(choices, at),
                            1 => ChoiceTree.Outdented(choices, at),
                            2 => ChoiceTree.Swapped(choices, at, -1),
                            3 => ChoiceTree.Swapped(choices, at, 1),
                            4 => ChoiceTree.Moved(choices, at, to),
                            _ => choices,
                        };
                        var ids = choices.Select(choice => choice.Id).ToList();
                        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"c{number}"), ids.Order());
                        Assert.All(
                            choices.Where(choice => choice.Under is not null),
                            choice => Assert.InRange(ids.IndexOf(choice.Under!), 0, ids.IndexOf(choice.Id) - 1)
                        );
                        Assert.Equal(choices, ChoiceTree.Ordered(choices));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("in 4", "korea >seoul >>gangnam >busan >japan")]
    [InlineData("in 0", "korea >seoul >>gangnam >busan japan")]
    [InlineData("in 3", "korea >seoul >>gangnam >>busan japan")]
    [InlineData("out 2", "korea >seoul >gangnam >busan japan")]
    [InlineData("out 1", "korea >busan seoul >gangnam japan")]
    [InlineData("up 3", "korea >busan >seoul >>gangnam japan")]
    [InlineData("up 4", "japan korea >seoul >>gangnam >busan")]
    [InlineData("up 1", "korea >seoul >>gangnam >busan japan")]
    [InlineData("without 1", "korea >gangnam >busan japan")]
    [InlineData("move 4 1", "korea >japan >seoul >>gangnam >busan")]
    [InlineData("move 0 2", "korea >seoul >>gangnam >busan japan")]
    [InlineData("move 7 2", "korea >seoul >>gangnam >busan japan")]
    public void A_choice_takes_those_below_it_along(string move, string expected)
    {
        var words = move.Split(' ');
        var at = int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        var moved = words[0] switch
        {
            "in" => ChoiceTree.Indented(Places, at),
            "out" => ChoiceTree.Outdented(Places, at),
            "up" => ChoiceTree.Swapped(Places, at, -1),
            "without" => ChoiceTree.Without(Places, at),
            _ => ChoiceTree.Moved(Places, at, words[2][0] - '0'),
        };

        Assert.Equal(
            expected,
            string.Join(' ', moved.Select(choice => new string('>', ChoiceTree.DepthOf(moved, choice)) + choice.Id))
        );
    }

    private static FieldChoice Choice(string id, string? under = null) =>
        new(id, LocalizedText.Of(id)) { Under = under };
}
