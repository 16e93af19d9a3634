using System.Text;
using NodaTime;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Intake.Holidays;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Intake.Holidays;

public sealed class HolidayFileTests
{
    [Theory]
    [InlineData("2026-06-03,Local elections,전국동시지방선거일")]
    [InlineData("date,name,name-ko\n2026-06-03,Local elections,전국동시지방선거일")]
    [InlineData("\uFEFFname-ko;날짜;name\r\n전국동시지방선거일;2026. 6. 3.;Local elections\r\n\r\n")]
    [InlineData("Start date\tSubject\tKorean\n20260603\t\"Local elections\"\t전국동시지방선거일")]
    [InlineData("2026/6/3 , Local elections , 전국동시지방선거일")]
    public void A_table_is_read_as_people_write_it(string text)
    {
        var reading = Read(text);

        Assert.Empty(reading.Bad);
        var holiday = Assert.Single(reading.Holidays).Holiday;
        Assert.Equal(new LocalDate(2026, 6, 3), holiday.Date);
        Assert.Equal(LocalizedText.Of("Local elections", "전국동시지방선거일"), holiday.Name);
    }

    [Fact]
    public void A_file_of_a_Korean_Windows_is_read()
    {
        var korean = CodePagesEncodingProvider.Instance.GetEncoding(949)!;

        var reading = HolidayFile.Read(korean.GetBytes("2026-10-01,임시공휴일\n"));

        var name = Assert.Single(reading.Holidays).Holiday.Name!;
        Assert.Equal("임시공휴일", name.Texts.Find("ko"));
        Assert.Null(name.Texts.Find("en"));
    }

    [Fact]
    public void Lines_that_are_no_day_are_named_and_the_others_taken()
    {
        var reading = Read("2026-02-30,No day\n2026-10-01,Day\n,Nothing\n1812-01-01,Long ago\nFeast,2026-10-02\n");

        Assert.Equal(2, Assert.Single(reading.Holidays).Line);
        Assert.Equal(
            [
                (1, "calendar.import-no-date"),
                (3, "calendar.import-no-date"),
                (4, "calendar.import-far"),
                (5, "calendar.import-no-date"),
            ],
            reading.Bad.Select(line => (line.Line, line.Code))
        );
    }

    [Theory]
    [InlineData("", "calendar.import-empty")]
    [InlineData(" \n ", "calendar.import-empty")]
    [InlineData("a\0b", "calendar.import-no-text")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar.import-no-events")]
    public void What_is_no_file_of_holidays_is_refused(string text, string code) =>
        Assert.Equal(code, Read(text).Refusal);

    [Fact]
    public void A_file_has_bounds()
    {
        Assert.Equal("calendar.import-large", HolidayFile.Read(new byte[HolidayFile.Largest + 1]).Refusal);
        var many = string.Concat(Enumerable.Repeat("2026-10-01\n", HolidayFile.Most + 1));
        Assert.Equal("calendar.import-many", Read(many).Refusal);
        var events = string.Concat(Enumerable.Repeat(Event("DTSTART:20261001"), HolidayFile.Most + 1));
        Assert.Equal("calendar.import-many", Read($"BEGIN:VCALENDAR\n{events}END:VCALENDAR").Refusal);
        Assert.Equal("calendar.import-open-quote", Read($"\"{new string('x', 40_000)}").Refusal);
        Assert.Equal("calendar.import-no-text", HolidayFile.Read([0xFF, 0xFF, 0x81]).Refusal);
    }

    [Fact]
    public void Events_of_whole_days_are_read_with_their_names_unfolded()
    {
        var reading = Ics(
            """
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20270206
            DTEND;VALUE=DATE:20270209
            SUMMARY;LANGUAGE=ko:설날\, 연휴
              사흘
            BEGIN:VALARM
            SUMMARY:Not the name
            END:VALARM
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;TZID="Korea: Standard; Time":20261001T000000
            DTEND;TZID="Korea: Standard; Time":20261002T000000
            SUMMARY:Armed Forces Day
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261231
            DURATION:P2D
            END:VEVENT
            """
        );

        Assert.Empty(reading.Bad);
        Assert.Equal(
            [
                (2, "2027-02-06", "설날, 연휴 사흘"),
                (2, "2027-02-07", "설날, 연휴 사흘"),
                (2, "2027-02-08", "설날, 연휴 사흘"),
                (11, "2026-10-01", "Armed Forces Day"),
                (16, "2026-12-31", null),
                (16, "2027-01-01", null),
            ],
            reading.Holidays.Select(read =>
                (read.Line, read.Holiday.Date!.Value.ToString("uuuu-MM-dd", null), read.Holiday.Name?.In("ko"))
            )
        );
    }

    [Theory]
    [InlineData("FREQ=YEARLY", "20201225", null)]
    [InlineData("FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=25", "20201225", null)]
    [InlineData("FREQ=YEARLY;UNTIL=20281225T000000Z", "20201225", 2028)]
    [InlineData("FREQ=YEARLY;COUNT=3", "20201225", 2022)]
    public void An_event_that_returns_every_year_becomes_a_rule(string rule, string start, int? until)
    {
        var read = Assert.Single(Ics(Event($"DTSTART:{start}\nRRULE:{rule}\nSUMMARY:Christmas")).Holidays).Holiday;

        Assert.Equal(
            new Holiday
            {
                Month = 12,
                Day = 25,
                Yearly = true,
                FromYear = 2020,
                UntilYear = until,
                Name = LocalizedText.Of("Christmas"),
            },
            read
        );
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYDAY=3MO", "20200120", "monday", 3)]
    [InlineData("FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "20200525", "monday", -1)]
    public void A_weekday_of_a_month_becomes_a_rule(string rule, string start, string weekday, int nth)
    {
        var read = Assert.Single(Ics(Event($"DTSTART:{start}\nRRULE:{rule}")).Holidays).Holiday;

        Assert.Equal((weekday, (int?)nth, (int?)null, true), (read.Weekday, read.Nth, read.Day, read.Yearly));
    }

    [Theory]
    [InlineData("DTSTART:20261001T090000Z", "calendar.import-not-all-day")]
    [InlineData("DTSTART:20261001\nDTEND:20261001T180000", "calendar.import-not-all-day")]
    [InlineData("DTSTART:20261001\nDTEND:20261201", "calendar.import-not-all-day")]
    [InlineData("DTSTART:20261001\nDURATION:PT8H", "calendar.import-not-all-day")]
    [InlineData("SUMMARY:Nothing", "calendar.import-no-date")]
    [InlineData("DTSTART:20261001\nSTATUS:CANCELLED", "calendar.import-cancelled")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=MONTHLY", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY;INTERVAL=2", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY;BYDAY=MO", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY;BYMONTH=11", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY;UNTIL=never", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY;BYSETPOS=1", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRRULE:FREQ=YEARLY\nEXDATE:20271001", "calendar.import-rule")]
    [InlineData("DTSTART:20261001\nRDATE:20271001", "calendar.import-rule")]
    [InlineData("DTSTART:18121001", "calendar.import-far")]
    public void An_event_that_no_calendar_can_keep_is_named(string properties, string code)
    {
        var reading = Ics(Event(properties));

        Assert.Empty(reading.Holidays);
        Assert.Equal(code, Assert.Single(reading.Bad).Code);
    }

    [Fact]
    public void An_event_that_never_ends_is_named()
    {
        var reading = Read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261001\n");

        Assert.Equal((2, "calendar.import-open-event"), (Assert.Single(reading.Bad).Line, reading.Bad[0].Code));
    }

    [Fact]
    public void What_the_calendar_has_by_any_rule_is_known_and_the_same_file_again_changes_nothing()
    {
        var calendar = new CalendarDocument
        {
            Id = "seoul",
            Name = LocalizedText.Of("Seoul"),
            Zone = "Asia/Seoul",
            Hours = ValueMap<ValueList<WorkSpan>>.Empty.SetItem("monday", [new WorkSpan("09:00", "18:00")]),
            Sets = [new HolidaySetReference("kr", 1)],
            Exceptions =
            [
                new CalendarException { Date = new LocalDate(2026, 12, 31), Hours = [new WorkSpan("09:00", "12:00")] },
            ],
        };
        var reading = Ics(
            Event("DTSTART:20260925\nSUMMARY:Chuseok")
                + Event("DTSTART:20260603\nSUMMARY:Elections")
                + Event("DTSTART:20260603\nSUMMARY:Elections again")
                + Event("DTSTART:20261231\nSUMMARY:Eve")
                + Event("DTSTART:20200505\nRRULE:FREQ=YEARLY\nSUMMARY:Children")
                + Event("DTSTART:20200401\nRRULE:FREQ=YEARLY\nSUMMARY:Company")
        );

        var first = HolidayPlan.Of(calendar, reading);
        var second = HolidayPlan.Of(first.Calendar, reading);

        Assert.Equal(["Elections", "Eve", "Company"], first.New.Select(read => read.Holiday.Name!.In("en")));
        Assert.Equal(["추석", "Elections", "어린이날"], first.Known.Select(known => known.Name!.In("ko")));
        Assert.Empty(second.New);
        Assert.Equal(first.Calendar, second.Calendar);
        Assert.Empty(
            new CalendarCheck().Check(first.Calendar, ServiceDesk.Core.Configuration.ConfigurationSnapshot.Empty)
        );
    }

    [Theory]
    [InlineData("2028", "2028", true)]
    [InlineData("2030", "2028", true)]
    [InlineData("", "2028", true)]
    [InlineData("2028", "2030", false)]
    [InlineData("2028", "", false)]
    public void A_rule_that_ends_sooner_is_not_the_one_of_the_file(string has, string reads, bool isKnown)
    {
        var calendar = new CalendarDocument
        {
            Id = "seoul",
            Name = LocalizedText.Of("Seoul"),
            Zone = "Asia/Seoul",
            Hours = ValueMap<ValueList<WorkSpan>>.Empty.SetItem("monday", [new WorkSpan("09:00", "18:00")]),
            Holidays =
            [
                .. Ics(Event($"DTSTART:20260401\n{Rule(has)}\nSUMMARY:Founders"))
                    .Holidays.Select(one =>
                        one.Holiday with
                        {
                            Substitute = new SubstituteRule { On = ["sunday"], Overlap = true },
                        }
                    ),
            ],
        };

        var plan = HolidayPlan.Of(calendar, Ics(Event($"DTSTART:20260401\n{Rule(reads)}\nSUMMARY:Founders")));

        Assert.Equal(isKnown ? (0, 1) : (1, 0), (plan.New.Count, plan.Known.Count));
        Assert.Empty(HolidayPlan.Of(plan.Calendar, Ics(Event($"DTSTART:20260401\n{Rule(reads)}"))).New);

        // A Wednesday and a Thursday: nothing is lost, so nothing stands in.
        var working = ServiceDesk.Core.Sla.Calendars.WorkingCalendar.Of(plan.Calendar);
        Assert.All([2026, 2027], year => Assert.DoesNotContain(working.NamedDays(year), day => day.IsSubstitute));

        static string Rule(string until) =>
            "RRULE:FREQ=YEARLY" + (until.Length > 0 ? $";UNTIL={until}0401T000000Z" : "");
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        const string Seed = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;X=\"a:b\":20261001\r\n RRULE\r\nEND:VEVENT\r\n";
        var bytes = Encoding.UTF8.GetBytes(Seed);
        for (var length = 0; length <= bytes.Length; length++)
        {
            _ = HolidayFile.Read(bytes[..length]);
            for (var value = 0; value < 256 && length < bytes.Length; value += 15)
            {
                var broken = bytes.ToArray();
                broken[length] = (byte)value;
                var reading = HolidayFile.Read(broken);
                Assert.True(reading.Refusal is not null || reading.Holidays.Count + reading.Bad.Count <= 7);
            }
        }
    }

    private static string Event(string properties) => $"BEGIN:VEVENT\n{properties}\nEND:VEVENT\n";

    private static HolidayReading Ics(string events) =>
        Read($"BEGIN:VCALENDAR\n{events.ReplaceLineEndings("\n")}\nEND:VCALENDAR\n");

    private static HolidayReading Read(string text) => HolidayFile.Read(Encoding.UTF8.GetBytes(text));
}
