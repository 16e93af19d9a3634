using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Tests.Query.Searching;

public class HighlightsTests
{
    [Theory]
    [InlineData("전자결재시스템 오류", "결재", "전자[결재]시스템 오류")]
    [InlineData("VPN does not connect", "vpn connect", "[VPN] does not [connect]")]
    [InlineData("aaaa", "aa", "[aaaa]")]
    [InlineData("打印机无法打印", "打印", "[打印]机无法[打印]")]
    [InlineData("プリンターが動きません", "リン", "プ[リン]ターが動きません")]
    [InlineData("<b>vpn</b>", "vpn", "<b>[vpn]</b>")]
    [InlineData("e\u0301te\u0301 vpn", "été", "[e\u0301te\u0301] vpn")]
    [InlineData("nothing", "zebra", "nothing")]
    public void What_is_looked_for_is_marked_as_it_was_written(string text, string terms, string marked) =>
        Assert.Equal(marked, Shown(Highlights.Of(text, SearchTerms.Of(terms))));

    [Fact]
    public void A_part_around_the_place_is_shown_in_one_line_cut_at_words()
    {
        var text =
            string.Concat(Enumerable.Repeat("before words ", 30))
            + "the\nserver\tis down"
            + string.Concat(Enumerable.Repeat(" after words", 30));

        var excerpt = Highlights.Excerpt(text, ["server"], 120);

        Assert.Contains("the [server] is down", Shown(excerpt), StringComparison.Ordinal);
        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.InRange(excerpt.Text.Length, 60, 122);
        Assert.DoesNotContain('\n', excerpt.Text);
    }

    [Theory]
    [InlineData("", "é")]
    [InlineData("e\u0301", "needle")]
    public void Of_a_very_long_text_the_part_around_what_is_looked_for_is_looked_through(string around, string needle)
    {
        var half = string.Concat(Enumerable.Repeat($"{around}\U0001F600 ha\r\ny ", 200_000));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var excerpt = Highlights.Excerpt($"{half} {needle} {half}", [needle], 120);

        Assert.Contains($"[{needle}]", Shown(excerpt), StringComparison.Ordinal);
        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.InRange(excerpt.Text.Length, 60, 122);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Empty(Highlights.Excerpt(half, ["zebra"], 120).Marks);
    }

    [Fact]
    public void Marks_lie_in_the_text_apart_in_order_and_hold_what_was_looked_for()
    {
        var texts = Gen.Elements(
                "vpn",
                "VPN",
                "전자결재",
                "한글",
                "\u1112\u1161\u11ab",
                "e\u0301",
                "É",
                "😀",
                "\ud83d",
                "\n",
                " ",
                "x",
                "İ"
            )
            .ListOf()
            .Select(string.Concat);
        var terms = Gen.Elements("vpn", "결재", "한", "é", "😀", "x", "i").ListOf();

        Prop.ForAll(
                texts.ToArbitrary(),
                terms.ToArbitrary(),
                (text, wanted) =>
                    new[] { Highlights.Of(text, [.. wanted]), Highlights.Excerpt(text, [.. wanted], 60) }.All(marked =>
                    {
                        var end = -1;
                        foreach (var mark in marked.Marks)
                        {
                            if (mark.Start <= end || mark.Length < 1 || mark.Start + mark.Length > marked.Text.Length)
                            {
                                return false;
                            }

                            end = mark.Start + mark.Length - 1;
                            var part = Folding.Fold(marked.Text.Substring(mark.Start, mark.Length));
                            if (!wanted.Any(term => part.Contains(term, StringComparison.Ordinal)))
                            {
                                return false;
                            }
                        }

                        return true;
                    })
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static string Shown(MarkedText marked)
    {
        var shown = marked.Text;
        foreach (var mark in marked.Marks.Reverse())
        {
            shown = shown.Insert(mark.Start + mark.Length, "]").Insert(mark.Start, "[");
        }

        return shown;
    }
}
