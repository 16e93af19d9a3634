using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>A holiday that a calendar has already.</summary>
/// <param name="Read">What the file says.</param>
/// <param name="Name">What the calendar calls it; null without a name.</param>
public sealed record KnownHoliday(ReadHoliday Read, LocalizedText? Name);

/// <summary>What a file would change in a calendar. The same file again changes nothing.</summary>
/// <param name="Calendar">The calendar with the new holidays.</param>
/// <param name="New">What it does not have.</param>
/// <param name="Known">What it has, by whichever rule, or what stands twice in the file.</param>
/// <param name="Bad">What is no holiday.</param>
public sealed record HolidayPlan(
    CalendarDocument Calendar,
    IReadOnlyList<ReadHoliday> New,
    IReadOnlyList<KnownHoliday> Known,
    IReadOnlyList<BadLine> Bad
)
{
    /// <summary>Holds what was read against a calendar.</summary>
    public static HolidayPlan Of(CalendarDocument calendar, HolidayReading reading)
    {
        var (found, known) = (new List<ReadHoliday>(), new List<KnownHoliday>());
        var has = new KnownDays(calendar);
        foreach (var read in reading.Holidays)
        {
            if (has.Find(read.Holiday, out var name))
            {
                known.Add(new KnownHoliday(read, name));
            }
            else
            {
                var begun = has.Sooner(read.Holiday) is { UntilYear: { } end }
                    // Beside the rule that ends, one of the same day would meet itself, and a substitute follow from that.
                    ? read with
                    {
                        Holiday = read.Holiday with { FromYear = Math.Max(read.Holiday.FromYear ?? 0, end + 1) },
                    }
                    : read;
                found.Add(begun);
                has.Add(begun.Holiday);
            }
        }

        var holidays = calendar.Holidays.Concat(found.Select(read => read.Holiday)).ToValueList();
        return new HolidayPlan(calendar with { Holidays = holidays }, found, known, reading.Bad);
    }

    // Days that are free already: dates by what the calendar makes of their year, rules by their own words.
    private sealed class KnownDays(CalendarDocument calendar)
    {
        private readonly WorkingCalendar working = WorkingCalendar.Of(calendar);
        private readonly Dictionary<int, Dictionary<NodaTime.LocalDate, LocalizedText?>> years = [];
        private readonly List<Holiday> rules =
        [
            .. calendar
                .Holidays.Concat(
                    calendar.Sets.Select(HolidaySets.Find).OfType<HolidaySet>().SelectMany(set => set.Holidays)
                )
                .Where(holiday => holiday.Date is null),
        ];

        public bool Find(Holiday holiday, out LocalizedText? name)
        {
            if (holiday.Date is { } date)
            {
                return YearOf(date.Year).TryGetValue(date, out name);
            }

            var same = rules.Find(rule => IsSame(rule, holiday));
            name = same?.Name;
            return same is not null;
        }

        /// <summary>The rule of the same words that ends before this one does.</summary>
        public Holiday? Sooner(Holiday holiday) =>
            holiday.Date is null
                ? rules.Find(rule => rule.UntilYear is not null && IsSame(rule with { UntilYear = null }, holiday))
                : null;

        public void Add(Holiday holiday)
        {
            if (holiday.Date is { } date)
            {
                YearOf(date.Year)[date] = holiday.Name;
            }
            else
            {
                rules.Add(holiday);
            }
        }

        private Dictionary<NodaTime.LocalDate, LocalizedText?> YearOf(int year)
        {
            if (!years.TryGetValue(year, out var days))
            {
                days = working.NamedDays(year).Where(day => !day.IsException).ToDictionary(d => d.Date, d => d.Name);
                // An exception hides the holiday that stands on the same day.
                foreach (var holiday in calendar.Holidays.Where(holiday => holiday.Date?.Year == year))
                {
                    days.TryAdd(holiday.Date!.Value, holiday.Name);
                }

                years.Add(year, days);
            }

            return days;
        }

        // When a rule began says nothing of the years to come; one that ends sooner leaves years that are not free yet.
        private static bool IsSame(Holiday rule, Holiday read) =>
            (rule.UntilYear is null || read.UntilYear <= rule.UntilYear)
            && rule with
            {
                Name = null,
                Substitute = null,
                FromYear = null,
                UntilYear = null,
            } == read with { Name = null, FromYear = null, UntilYear = null };
    }
}
