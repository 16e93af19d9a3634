using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>Reads the editor's form.</summary>
internal static class CalendarForm
{
    // As many as a document may have.
    private const int MostDays = 1000;

    /// <summary>What was typed.</summary>
    public static CalendarDraft Read(IFormCollection form) =>
        new()
        {
            Id = Text(form, "id"),
            NameEn = Text(form, "name-en"),
            NameKo = Text(form, "name-ko"),
            Zone = Text(form, "zone"),
            Hours = [.. CalendarWeekdays.Days.Select(day => Text(form, $"hours.{day}"))],
            Sets = form
                .Keys.Where(key => key.StartsWith("set.", StringComparison.Ordinal))
                .ToDictionary(key => key["set.".Length..], key => Text(form, key), StringComparer.Ordinal),
            Holidays = Days(form, "holidays"),
            Dates = form["dates"].ToString().ReplaceLineEndings("\n").TrimEnd(),
            Exceptions = Days(form, "exceptions"),
            Rest = Rest(form),
        };

    private static CalendarDocument Rest(IFormCollection form)
    {
        try
        {
            if (Text(form, "rest") is { Length: > 0 } json)
            {
                return (CalendarDocument)DocumentText.FromStored(DocumentKinds.Calendar, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return CalendarDraft.Blank("");
    }

    private static List<DraftDay> Days(IFormCollection form, string name)
    {
        var days = new List<DraftDay>();
        for (var number = 0; number < MostDays && form.ContainsKey($"{name}.{number}.form"); number++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
            string Part(string part) => Text(form, $"{path}.{part}");
            days.Add(
                new DraftDay
                {
                    Form = DraftDay.Forms.Contains(Part("form")) ? Part("form") : DraftDay.Once,
                    Date = Part("date"),
                    Month = Part("month") is { Length: > 0 } month ? month : "1",
                    Day = Part("day"),
                    Weekday = Part("weekday") is { Length: > 0 } weekday ? weekday : "monday",
                    Nth = Part("nth") is { Length: > 0 } nth ? nth : "1",
                    Easter = Part("easter"),
                    Before = Part("before"),
                    After = Part("after"),
                    FromYear = Part("from-year"),
                    UntilYear = Part("until-year"),
                    NameEn = Part("name-en"),
                    NameKo = Part("name-ko"),
                    Substitute = Part("substitute"),
                    Hours = Part("hours"),
                    Drawn = int.TryParse(Part("drawn"), CultureInfo.InvariantCulture, out var drawn) ? drawn : -1,
                }
            );
        }

        return days;
    }

    private static string Text(IFormCollection form, string name) => form[name].ToString().Trim();
}
