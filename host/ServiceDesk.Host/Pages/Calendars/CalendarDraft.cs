using System.Globalization;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>A calendar as it is typed: what cannot be read stays as it stands.</summary>
public sealed record CalendarDraft
{
    public string Id { get; init; } = "";

    public string NameEn { get; init; } = "";

    public string NameKo { get; init; } = "";

    public string Zone { get; init; } = "";

    /// <summary>The hours of each weekday on one line, from Monday.</summary>
    public IReadOnlyList<string> Hours { get; init; } = ["", "", "", "", "", "", ""];

    /// <summary>The edition of each set that was chosen; empty for none.</summary>
    public IReadOnlyDictionary<string, string> Sets { get; init; } = new Dictionary<string, string>();

    /// <summary>Holidays that return, and those that are more than a date and a name.</summary>
    public IReadOnlyList<DraftDay> Holidays { get; init; } = [];

    /// <summary>Holidays that are a date and a name, one a line.</summary>
    public string Dates { get; init; } = "";

    public IReadOnlyList<DraftDay> Exceptions { get; init; } = [];

    /// <summary>What the form was drawn from: it keeps what the form does not show.</summary>
    public required CalendarDocument Rest { get; init; }

    /// <summary>A calendar that says nothing yet.</summary>
    public static CalendarDocument Blank(string zone) =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Zone = zone,
            Hours = ValueMap<ValueList<WorkSpan>>.From(
                CalendarWeekdays
                    .Days.Take(5)
                    .Select(day =>
                        KeyValuePair.Create<string, ValueList<WorkSpan>>(day, [new WorkSpan("09:00", "18:00")])
                    )
            ),
        };

    /// <summary>A document as it is typed.</summary>
    public static CalendarDraft Of(CalendarDocument document) =>
        new()
        {
            Id = document.Id,
            NameEn = document.Name.Texts.Find("en") ?? "",
            NameKo = document.Name.Texts.Find("ko") ?? "",
            Zone = document.Zone,
            Hours = [.. CalendarWeekdays.Days.Select(day => SpanText.Write(document.Hours.Find(day) ?? []))],
            Sets = document
                .Sets.GroupBy(set => set.Set, StringComparer.Ordinal)
                .ToDictionary(set => set.Key, set => $"{set.First().Edition}", StringComparer.Ordinal),
            Holidays =
            [
                .. document
                    .Holidays.Index()
                    .Where(entry => !DateLines.Has(entry.Item))
                    .Select(entry => DraftDay.Of(entry.Item, entry.Index)),
            ],
            Dates = DateLines.Write(document.Holidays.Where(DateLines.Has)),
            Exceptions = [.. document.Exceptions.Select(DraftDay.Of)],
            Rest = document,
        };

    /// <summary>What a button of the form asks for.</summary>
    public CalendarDraft Apply(string? asked)
    {
        var parts = (asked ?? "").Split('.');
        var number = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var read) ? read : -1;
        return parts[0] switch
        {
            "add-holiday" => this with { Holidays = [.. Holidays, new DraftDay { Form = DraftDay.EachYear }] },
            "remove-holiday" => this with { Holidays = Without(Holidays, number) },
            "add-exception" => this with { Exceptions = [.. Exceptions, new DraftDay()] },
            "remove-exception" => this with { Exceptions = Without(Exceptions, number) },
            "copy-monday" => this with { Hours = [.. Hours.Select((hours, day) => day < 5 ? Hours[0] : hours)] },
            _ => this,
        };
    }

    /// <summary>Words in English and Korean; other languages stay. Null when there are none.</summary>
    internal static LocalizedText? Words(string english, string korean, LocalizedText? before)
    {
        var texts = before?.Texts ?? ValueMap<string>.Empty;
        texts = english.Length > 0 ? texts.SetItem("en", english) : texts.Remove("en");
        texts = korean.Length > 0 ? texts.SetItem("ko", korean) : texts.Remove("ko");
        return texts.Count > 0 ? new LocalizedText(texts) : null;
    }

    private static IReadOnlyList<DraftDay> Without(IReadOnlyList<DraftDay> days, int number) =>
        [.. days.Where((_, index) => index != number)];
}
