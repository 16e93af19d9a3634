using System.Security.Cryptography;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using static ServiceDesk.Core.Tests.Sla.Calendars.CalendarSamples;

namespace ServiceDesk.Core.Tests.Sla.Calendars;

public sealed class HolidaySetTests
{
    private static readonly CalendarDocument Korea = Office() with { Sets = [new HolidaySetReference("kr", 1)] };

    [Fact]
    public void Holidays_of_Korea_from_2021_to_2027_are_those_that_were_announced()
    {
        var calendar = WorkingCalendar.Of(Korea);

        var told = Enumerable
            .Range(2021, 7)
            .SelectMany(calendar.NamedDays)
            .Select(day => (day.Date, day.IsSubstitute))
            .ToList();

        Assert.Equal(KoreanHolidays.All, told);
    }

    [Theory]
    // Seollal and Chuseok are lost on a Sunday, not on a Saturday.
    [InlineData("2021-02-15", null)]
    [InlineData("2023-01-24", "대체공휴일(설날)")]
    // No day had a substitute before the rule of November 2013; Chuseok of 2014 had the first.
    [InlineData("2013-05-06", null)]
    [InlineData("2014-09-10", "대체공휴일(추석)")]
    // National days since August 2021: 1 March 2020 was a Sunday, and 15 August 2021 too.
    [InlineData("2020-03-02", null)]
    [InlineData("2021-08-16", "대체공휴일(광복절)")]
    // Buddha's Birthday and Christmas since May 2023.
    [InlineData("2022-05-09", null)]
    [InlineData("2022-12-26", null)]
    [InlineData("2023-05-29", "대체공휴일(부처님오신날)")]
    [InlineData("2027-12-27", "대체공휴일(기독탄신일)")]
    // New Year's Day and Memorial Day never.
    [InlineData("2022-01-03", null)]
    [InlineData("2026-06-08", null)]
    // Two on one day give one: Children's Day met Buddha's Birthday, Chuseok met National Foundation Day in 2017 and will in 2028.
    [InlineData("2025-05-06", "대체공휴일(부처님오신날)")]
    [InlineData("2025-05-07", null)]
    [InlineData("2017-10-06", "대체공휴일(추석)")]
    [InlineData("2028-10-05", "대체공휴일(개천절)")]
    [InlineData("2028-10-06", null)]
    // In 2039 Chuseok is a Sunday and the day after it is National Foundation Day: two days are lost.
    [InlineData("2039-10-04", "대체공휴일(추석)")]
    [InlineData("2039-10-05", "대체공휴일(개천절)")]
    // Holidays that are younger than others.
    [InlineData("2025-05-01", null)]
    [InlineData("2026-05-01", "노동절")]
    [InlineData("2025-07-17", null)]
    [InlineData("2026-07-17", "제헌절")]
    public void A_substitute_follows_the_rule_that_held_in_its_year(string date, string? name) =>
        Assert.Equal(name, NameOn(date));

    [Theory]
    [InlineData("2033-01-31", "설날")]
    [InlineData("2044-01-30", "설날")]
    [InlineData("2050-09-30", "추석")]
    [InlineData("2034-02-19", "설날")]
    // 2033 has a leap month in the eleventh; Chuseok lies before it.
    [InlineData("2033-09-08", "추석")]
    public void Days_of_the_moon_are_known_until_2050(string date, string name) => Assert.Equal(name, NameOn(date));

    [Fact]
    public void After_2050_there_are_no_days_of_the_moon_and_the_calendar_says_so()
    {
        var calendar = WorkingCalendar.Of(Korea);

        Assert.Equal(2050, calendar.KnownUntil);
        Assert.DoesNotContain(
            calendar.NamedDays(2051),
            day => day.Name!.In("ko").Contains("추석", StringComparison.Ordinal)
        );
        Assert.Contains(calendar.NamedDays(2051), day => day.Name!.In("ko") == "한글날");
        Assert.Null(WorkingCalendar.Of(Office()).KnownUntil);
    }

    // An edition that is released is never edited: what clocks counted with it stays. Write another edition instead.
    [Theory]
    [InlineData("kr", 1, "6e37f75153ff9cf08e15c3be5f5d9d588d112e18e23400787d36befcc756b6ed")]
    public void An_edition_is_never_changed(string set, int edition, string hash)
    {
        using var stream = typeof(HolidaySets).Assembly.GetManifestResourceStream($"sets/{set}.{edition}.json")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Every_edition_is_right_and_held_by_a_test()
    {
        Assert.Equal(["kr"], HolidaySets.Newest.Select(set => set.Id));
        Assert.Single(HolidaySets.All);
        Assert.All(
            HolidaySets.All,
            set =>
                Assert.Empty(
                    new CalendarCheck().Check(
                        Office() with
                        {
                            Holidays = set.Holidays,
                        },
                        ServiceDesk.Core.Configuration.ConfigurationSnapshot.Empty
                    )
                )
        );
    }

    private static string? NameOn(string date)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        return WorkingCalendar
            .Of(Korea)
            .NamedDays(day.Year)
            .SingleOrDefault(named => named.Date == day)
            ?.Name?.In("ko");
    }
}
