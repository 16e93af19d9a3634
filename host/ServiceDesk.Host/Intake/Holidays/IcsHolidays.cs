using NodaTime;

namespace ServiceDesk.Host.Intake.Holidays;

/// <summary>
/// Reads the events of an iCalendar file that are whole days, once or every year. Made by hand and not with a library, because
/// what is refused is told with its line, and because a rule is kept as a rule of the calendar instead of days of some years.
/// </summary>
internal static class IcsHolidays
{
    public static HolidayReading Read(string text)
    {
        var (found, bad) = (new List<ReadHoliday>(), new List<BadLine>());
        List<IcsProperty>? open = null;
        var (begun, inner, events) = (0, 0, 0);
        foreach (var property in IcsLines.Of(text))
        {
            switch (property.Name, property.Value.Trim().ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT") when open is null:
                    (open, begun, inner) = ([], property.Line, 0);
                    break;
                case ("BEGIN", _) when open is not null:
                    inner++;
                    break;
                case ("END", "VEVENT") when open is not null && inner == 0:
                    if (events++ == HolidayFile.Most)
                    {
                        return HolidayReading.Refused("calendar.import-many");
                    }

                    Take(new IcsEvent(begun, open));
                    open = null;
                    break;
                case ("END", _) when inner > 0:
                    inner--;
                    break;
                default:
                    if (open is not null && inner == 0)
                    {
                        open.Add(property);
                    }

                    break;
            }
        }

        if (open is not null)
        {
            bad.Add(HolidayFile.Bad(begun, "BEGIN:VEVENT", "calendar.import-open-event"));
        }

        return events == 0 && open is null
            ? HolidayReading.Refused("calendar.import-no-events")
            : new HolidayReading(found, bad);

        void Take(IcsEvent happening)
        {
            var (holidays, problem) = happening.Read();
            if (problem is null)
            {
                found.AddRange(holidays.Select(holiday => new ReadHoliday(happening.Line, holiday)));
            }
            else
            {
                bad.Add(problem);
            }
        }
    }
}
