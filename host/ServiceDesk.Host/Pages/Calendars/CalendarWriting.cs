using System.Globalization;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>Something wrong with what was typed.</summary>
/// <param name="Field">The name of the input; empty for the whole.</param>
/// <param name="Code">The text key of the sentence.</param>
/// <param name="Arguments">What fills the sentence's places.</param>
public sealed record CalendarMistake(string Field, string Code, ValueList<string> Arguments)
{
    public static CalendarMistake At(string field, string code, params ReadOnlySpan<string> arguments) =>
        new(field, code, ValueList.Create(arguments));
}

/// <summary>Makes a document of what was typed, and says of what is wrong in the document in which input it stands.</summary>
internal sealed class CalendarWriting
{
    private readonly CalendarDraft draft;
    private readonly List<CalendarMistake> mistakes = [];

    public CalendarWriting(CalendarDraft draft)
    {
        this.draft = draft;
        Document = draft.Rest with
        {
            Id = draft.Id.Length > 0 ? draft.Id : RuleIds.From(draft.NameEn, "calendar"),
            Name = CalendarDraft.Words(draft.NameEn, draft.NameKo, draft.Rest.Name) ?? LocalizedText.Of(""),
            Zone = draft.Zone,
            Hours = Hours(),
            Sets = Sets(),
            Holidays = draft.Holidays.Select(Holiday).Concat(Dates()).ToValueList(),
            Exceptions = draft.Exceptions.Select(Exception).ToValueList(),
        };
        if (draft.NameEn.Length == 0 && draft.NameKo.Length == 0)
        {
            mistakes.Add(CalendarMistake.At("name-en", "calendar.name-missing"));
        }
    }

    public CalendarDocument Document { get; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<CalendarMistake> Mistakes => mistakes;

    /// <summary>The input of a problem of the document.</summary>
    public CalendarMistake Of(DocumentProblem problem)
    {
        var parts = problem.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var field = parts switch
        {
            ["name", ..] => "name-en",
            ["id" or "zone", ..] => parts[0],
            ["hours", var day, ..] => $"hours.{day}",
            ["hours"] => "hours.monday",
            ["sets", var index, ..] when Number(index) < Document.Sets.Count =>
                $"set.{Document.Sets[Number(index)].Set}",
            ["holidays", var index, ..] when Number(index) >= draft.Holidays.Count => "dates",
            ["holidays" or "exceptions", var index, ..] => $"{parts[0]}.{index}",
            _ => "",
        };
        return new CalendarMistake(field, problem.Code, problem.Arguments);
    }

    private ValueMap<ValueList<WorkSpan>> Hours()
    {
        var hours = ValueMap<ValueList<WorkSpan>>.Empty;
        foreach (var (day, text) in CalendarWeekdays.Days.Zip(draft.Hours))
        {
            var spans = Spans(text, $"hours.{day}");
            if (spans.Count > 0)
            {
                hours = hours.SetItem(day, spans);
            }
        }

        return hours;
    }

    private ValueList<HolidaySetReference> Sets() =>
        draft
            .Sets.Where(set => set.Value.Length > 0)
            .Select(set => new HolidaySetReference(set.Key, Number(set.Value)))
            .ToValueList();

    private Holiday Holiday(DraftDay day, int number)
    {
        var before = draft.Rest.Holidays.ElementAtOrDefault(day.Drawn) ?? new Holiday();
        return day.Into(before, part => Wrong($"holidays.{number}", part)) with
        {
            Substitute = SubstituteWords.Rule(day.Substitute, before.Substitute),
        };
    }

    private CalendarException Exception(DraftDay day, int number)
    {
        var before = draft.Rest.Exceptions.ElementAtOrDefault(day.Drawn) ?? new CalendarException();
        return day.Into(before, part => Wrong($"exceptions.{number}", part)) with
        {
            Hours = Spans(day.Hours, $"exceptions.{number}"),
        };
    }

    private IEnumerable<Holiday> Dates()
    {
        var reading = DateLines.Read(draft.Dates);
        if (reading.Refusal is { } refusal)
        {
            mistakes.Add(CalendarMistake.At("dates", refusal));
        }

        foreach (var line in reading.Bad)
        {
            var number = line.Line.ToString(CultureInfo.InvariantCulture);
            mistakes.Add(CalendarMistake.At("dates", "calendar.line-wrong", number, line.Text));
        }

        return reading.Holidays.Select(read => read.Holiday);
    }

    private ValueList<WorkSpan> Spans(string text, string field)
    {
        var (spans, wrong) = SpanText.Read(text);
        if (wrong is not null)
        {
            mistakes.Add(CalendarMistake.At(field, "calendar.spans-wrong", wrong));
        }

        return spans;
    }

    private void Wrong(string field, string part) => mistakes.Add(CalendarMistake.At(field, $"calendar.wrong-{part}"));

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
