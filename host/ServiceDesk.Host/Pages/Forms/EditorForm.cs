using System.Globalization;
using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>
/// Reads a document from an editor's form: values by name, parts in rows that are numbered from 0 (<c>when.0.on</c>). What
/// cannot be read at all is a problem, so that nothing that was typed is lost unseen.
/// </summary>
public abstract class EditorForm(IFormCollection form)
{
    // As many as a document may name of anything.
    private const int MostParts = 500;

    private const int LastPlace = 1_000_000;

    /// <summary>The form, for parts that read themselves.</summary>
    protected IFormCollection Form => form;

    private readonly List<DocumentProblem> problems = [];

    /// <summary>What could not be read at all.</summary>
    public IReadOnlyList<DocumentProblem> Problems => problems;

    /// <summary>Whether the form has the name.</summary>
    protected bool Has(string name) => form.ContainsKey(name);

    /// <summary>Tells of something that cannot be read.</summary>
    protected void Refuse(string name, string code, params IEnumerable<string> arguments) =>
        problems.Add(new DocumentProblem(name, code, arguments.ToValueList()));

    /// <summary>The text of a name, trimmed; empty when there is none.</summary>
    protected string Text(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim();

    /// <summary>The text of a name; null when it is empty.</summary>
    protected string? Given(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>Whether a box is ticked.</summary>
    protected bool IsTicked(string name) => form[name].Contains("true");

    /// <summary>All values of a name, each once.</summary>
    protected ValueList<string> Many(string name) =>
        form[name]
            .OfType<string>()
            .Select(value => value.Trim())
            .Where(value => value.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();

    /// <summary>What is written with commas between.</summary>
    protected ValueList<string> List(string name) =>
        Text(name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToValueList();

    /// <summary>Two columns of rows: names with values.</summary>
    protected IEnumerable<(string Name, string Value)> Pairs(string names, string values) =>
        form[names].Zip(form[values]).Select(pair => ((pair.First ?? "").Trim(), pair.Second ?? ""));

    /// <summary>One of the words; null for none of them.</summary>
    protected T? Word<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(name), ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : null;

    /// <summary>A whole number; null for none.</summary>
    protected int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A place among others (<c>order</c>); 0, and a problem, for one that is none.</summary>
    protected int Place()
    {
        if (Number("order") is { } place and >= 0 and <= LastPlace)
        {
            return place;
        }

        Refuse("/order", "forms.order-wrong", $"{LastPlace}");
        return 0;
    }

    /// <summary>The rows of a part, as long as each has its mark.</summary>
    protected ValueList<T> Parts<T>(string name, string mark, Func<string, T> read)
    {
        var parts = new List<T>();
        for (var number = 0; number < MostParts && Has($"{name}.{number}.{mark}"); number++)
        {
            parts.Add(read($"{name}.{number}"));
        }

        if (Has($"{name}.{MostParts}.{mark}"))
        {
            Refuse(name, "forms.too-many", MostParts.ToString(CultureInfo.InvariantCulture));
        }

        return parts.ToValueList();
    }

    /// <summary>A text in each language (<c>NAME-en</c>, <c>NAME-ko</c>); others that were there stay. Null when there is none.</summary>
    protected LocalizedText? Words(string name, LocalizedText? before)
    {
        var texts = before?.Texts ?? ValueMap<string>.Empty;
        foreach (var language in Texts.Languages.All)
        {
            var text = Text($"{name}-{language}");
            texts = text.Length > 0 ? texts.SetItem(language, text) : texts.Remove(language);
        }

        return texts.Count > 0 ? new LocalizedText(texts) : null;
    }

    /// <summary>A stretch of time as people write it; null, and a problem, for one that cannot be read or is none.</summary>
    protected Duration? Time(string name)
    {
        if (Given(name) is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var time) && time > Duration.Zero)
        {
            return time;
        }

        Refuse(name, "rule.edit-time-wrong", text);
        return null;
    }

    /// <summary>The document as the form carries it along (<c>rest</c>); the blank one when there is none.</summary>
    protected T Rest<T>(T blank)
        where T : ConfigurationDocument
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (T)DocumentText.FromStored(DocumentTypes.KindOf(blank), json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return blank;
    }

    /// <summary>The list without the one at the place.</summary>
    protected static ValueList<T> Without<T>(ValueList<T> list, int number) =>
        list.Where((_, index) => index != number).ToValueList();

    /// <summary>The one at the place and the one behind it change places.</summary>
    protected static ValueList<T> Swapped<T>(ValueList<T> list, int number) =>
        number < 0 || number + 1 >= list.Count
            ? list
            : list.SetItem(number, list[number + 1]).SetItem(number + 1, list[number]);

    /// <summary>What was chosen into a list: its rows, and what stands in the choice of one more.</summary>
    protected ValueList<string> Chosen(string part) =>
        Parts(part, "id", path => Text($"{path}.id"))
            .Append(Text($"add-{part}"))
            .Where(id => id.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();

    /// <summary>The list after a button of one of its rows: <c>up-PART.3</c>, <c>down-PART.3</c>, <c>remove-PART.3</c>, <c>move-PART.3.0</c>.</summary>
    protected static ValueList<TItem> Arranged<TItem>(ValueList<TItem> list, string? asked, string part)
    {
        var words = (asked ?? "").Split('.');
        var (row, to) = (Numbered(words.ElementAtOrDefault(1)), Numbered(words.ElementAtOrDefault(2)));
        return words[0] == $"up-{part}" ? Swapped(list, row - 1)
            : words[0] == $"down-{part}" ? Swapped(list, row)
            : words[0] == $"remove-{part}" ? Without(list, row)
            : words[0] == $"move-{part}" && row >= 0 && row < list.Count && to >= 0 && to < list.Count
                ? Moved(list, row, to)
            : list;
    }

    /// <summary>A whole number from 0; -1 for anything else.</summary>
    protected static int Numbered(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static ValueList<TItem> Moved<TItem>(ValueList<TItem> list, int from, int to)
    {
        var items = list.ToList();
        var moving = items[from];
        items.RemoveAt(from);
        items.Insert(to, moving);
        return items.ToValueList();
    }
}
