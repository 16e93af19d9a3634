using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tests.Values;

/// <summary>Lists and maps that compare by value, so that records holding them do.</summary>
public sealed class ValueTests
{
    [Fact]
    public void Lists_are_equal_when_their_items_are_in_order() =>
        Prop.ForAll<int[], int[]>(
                (one, other) =>
                {
                    var (a, b) = (one.ToValueList(), other.ToValueList());
                    return a.Equals(b) == one.SequenceEqual(other)
                        && a.Equals(one.ToValueList())
                        && a.GetHashCode() == one.ToValueList().GetHashCode();
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_changes_only_in_its_copies()
    {
        ValueList<string> list = ["a", "b", "a"];

        Assert.Equal(["a", "b", "a", "c"], list.Add("c"));
        Assert.Equal(["b", "a"], list.Remove("a"));
        Assert.Same(list, list.Remove("z"));
        Assert.Equal(["a", "x", "a"], list.SetItem(1, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.SetItem(3, "x"));
        Assert.Equal(["a", "b", "a"], list);
        Assert.Equal("[a, b, a]", list.ToString());
    }

    [Fact]
    public void Maps_are_equal_whatever_the_order_in_which_they_were_filled() =>
        Prop.ForAll<Dictionary<NonNull<string>, int>>(given =>
            {
                var entries = given.Select(pair => KeyValuePair.Create(pair.Key.Get, pair.Value)).ToList();
                var (there, back) = (ValueMap<int>.From(entries), ValueMap<int>.From(entries.AsEnumerable().Reverse()));
                return there.Equals(back)
                    && there.GetHashCode() == back.GetHashCode()
                    && there.Count == entries.Count
                    && entries.TrueForAll(entry => there.Find(entry.Key) == entry.Value);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_map_tells_keys_apart_by_case_and_orders_them_ordinally()
    {
        var map = ValueMap<string>.Empty.SetItem("b", "1").SetItem("B", "2").SetItem("a", "3").SetItem("b", "4");

        Assert.Equal(["B", "a", "b"], map.Keys);
        Assert.Equal("4", map["b"]);
        Assert.Null(map.Find("A"));
        Assert.Throws<KeyNotFoundException>(() => map["A"]);
        Assert.False(map.Equals(map.Remove("B")));
        Assert.Equal(map, map.Remove("not there"));
        Assert.Equal("{B: 2, a: 3, b: 4}", map.ToString());
    }

    [Fact]
    public void Of_entries_with_the_same_key_the_last_stays() =>
        Assert.Equal(2, ValueMap<int>.From([KeyValuePair.Create("k", 1), KeyValuePair.Create("k", 2)])["k"]);

    [Fact]
    public void A_text_is_given_in_the_language_then_in_english_then_in_any()
    {
        Assert.Equal("말", LocalizedText.Of("Words", "말").In("ko"));
        Assert.Equal("Words", LocalizedText.Of("Words", "말").In("fr"));
        Assert.Equal("Words", LocalizedText.Of("Words").In("ko"));
        Assert.Equal("말", new LocalizedText(ValueMap<string>.Empty.SetItem("ko", "말")).In("en"));
        Assert.Equal("", new LocalizedText(ValueMap<string>.Empty).In("en"));
    }

    [Fact]
    public void A_text_reads_in_the_language_of_the_request()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ko-KR");
            Assert.Equal("말", LocalizedText.Of("Words", "말").ToString());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
