using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>
/// Reads a field from the editor's form. What the form does not show stays as it stood in the document that the form was drawn
/// from. Few choices are rows; many are lines of text, so that no form grows beyond what a browser sends.
/// </summary>
public sealed class FieldDocumentForm(IFormCollection form) : EditorForm(form)
{
    /// <summary>So many choices are shown as rows; more of them as lines.</summary>
    public const int MostRows = 60;

    private const string Lines = "choice-lines";

    /// <summary>Ids of the ticket types that shall have the field.</summary>
    public ValueList<string> Types => Many("types");

    /// <summary>A text to try the field with.</summary>
    public string Tried => Text("tried");

    /// <summary>A field that holds a line of text.</summary>
    public static FieldDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Kind = FieldKind.Text,
        };

    /// <summary>Whether fields of the kind are filled by choosing.</summary>
    public static bool HasChoices(FieldKind kind) => kind is FieldKind.Choice or FieldKind.Choices;

    /// <summary>Whether fields of the kind hold typed text, which has a length and a pattern.</summary>
    public static bool IsText(FieldKind kind) => kind is FieldKind.Text or FieldKind.LongText or FieldKind.Url;

    /// <summary>The field as it is written; it need not be valid.</summary>
    public FieldDocument Read()
    {
        var rest = Rest();
        var kind = Word<FieldKind>("type") ?? rest.Kind;
        return rest with
        {
            Id = Given("id") ?? rest.Id,
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Description = Words("description", rest.Description),
            Kind = kind,
            Choices = HasChoices(kind) ? Choices(rest.Choices) : [],
            Default = Given("default"),
            Limits = Limits(kind, rest.Limits),
            CustomersSee = IsTicked("customersSee"),
            LockedIn = Many("lockedIn"),
            RequiredIn = Many("requiredIn"),
            EditableBy = Many("editableBy"),
            Access = Parts(
                "access",
                "access",
                path => new FieldAccessRule
                {
                    Roles = Many($"{path}.roles"),
                    Statuses = Many($"{path}.statuses"),
                    Access = Word<FieldAccess>($"{path}.access") ?? FieldAccess.See,
                }
            ),
            Script = Given("script"),
        };
    }

    /// <summary>What a button of the form asks for, on what was read.</summary>
    public FieldDocument Apply(FieldDocument field, string? asked)
    {
        var parts = (asked ?? "").Split('.');
        var (at, second) = (Numbered(parts.ElementAtOrDefault(1)), Numbered(parts.ElementAtOrDefault(2)));
        return field with
        {
            Choices = parts[0] switch
            {
                "add-choice" => field.Choices.Add(new FieldChoice("", LocalizedText.Of(""))),
                "add-choices" => field.Choices.Concat(ReadLines(Text("more-choices"), [])).ToValueList(),
                "remove-choice" => Without(field.Choices, at),
                "up-choice" => Swapped(field.Choices, at - 1),
                "down-choice" => Swapped(field.Choices, at),
                "move-choice" => Moved(field.Choices, at, second),
                _ => field.Choices,
            },
            Access = parts[0] switch
            {
                "add-access" => field.Access.Add(new FieldAccessRule { Access = FieldAccess.See }),
                "remove-access" => Without(field.Access, at),
                "up-access" => Swapped(field.Access, at - 1),
                "down-access" => Swapped(field.Access, at),
                _ => field.Access,
            },
        };
    }

    /// <summary>The field with an id, and each of its choices with one: made of the English name where somebody gave none.</summary>
    public static FieldDocument Identified(FieldDocument field)
    {
        var taken = field.Choices.Select(choice => choice.Id).ToHashSet(StringComparer.Ordinal);
        return field with
        {
            Id = field.Id.Length > 0 ? field.Id : RuleIds.From(field.Name.Texts.Find("en") ?? "", "field"),
            Choices = field
                .Choices.Select(choice => choice.Id.Length > 0 ? choice : choice with { Id = Free(choice, taken) })
                .ToValueList(),
        };
    }

    /// <summary>Choices as lines: id, English and Korean name with tabs between.</summary>
    public static string Written(ValueList<FieldChoice> choices) =>
        string.Join(
            '\n',
            choices.Select(choice =>
                string.Join('\t', choice.Id, choice.Name.Texts.Find("en"), choice.Name.Texts.Find("ko")).TrimEnd('\t')
            )
        );

    private static string Free(FieldChoice choice, HashSet<string> taken)
    {
        var made = RuleIds.From(choice.Name.Texts.Find("en") ?? "", "choice");
        var id = made;
        for (var number = 2; !taken.Add(id); number++)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            id = made[..Math.Min(made.Length, 60 - end.Length)].TrimEnd('-') + end;
        }

        return id;
    }

    private ValueList<FieldChoice> Choices(ValueList<FieldChoice> before) =>
        Has(Lines)
            ? ReadLines(Text(Lines), before, withIds: true)
            : Parts(
                "choice",
                "id",
                path =>
                {
                    var id = Text($"{path}.id");
                    return new FieldChoice(id, Words($"{path}.name", Named(before, id)) ?? LocalizedText.Of(""));
                }
            );

    // A line from a spreadsheet has tabs, one that somebody writes has bars.
    private static ValueList<FieldChoice> ReadLines(string text, ValueList<FieldChoice> before, bool withIds = false) =>
        text.Split('\n')
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.Split(line.Contains('\t', StringComparison.Ordinal) ? '\t' : '|'))
            .Select(cells => cells.Select(cell => cell.Trim()).ToList())
            .Select(cells => withIds && cells.Count > 1 ? cells : cells.Prepend("").ToList())
            .Select(cells => Choice(cells, before))
            .ToValueList();

    private static FieldChoice Choice(List<string> cells, ValueList<FieldChoice> before)
    {
        var names = Named(before, cells[0])?.Texts ?? ValueMap<string>.Empty;
        foreach (var (language, place) in new[] { ("en", 1), ("ko", 2) })
        {
            var name = cells.ElementAtOrDefault(place) ?? "";
            names = name.Length > 0 ? names.SetItem(language, name) : names.Remove(language);
        }

        return new FieldChoice(cells[0], names.Count > 0 ? new LocalizedText(names) : LocalizedText.Of(""));
    }

    private static LocalizedText? Named(ValueList<FieldChoice> choices, string id) =>
        id.Length == 0 ? null : choices.FirstOrDefault(choice => choice.Id == id)?.Name;

    private FieldLimits? Limits(FieldKind kind, FieldLimits? before)
    {
        var limits = kind switch
        {
            FieldKind.Number => new FieldLimits { Min = Decimal("min"), Max = Decimal("max") },
            _ when IsText(kind) => new FieldLimits
            {
                MinLength = Whole("minLength"),
                MaxLength = Whole("maxLength"),
                Pattern = Given("pattern"),
                Sentence = Words("sentence", before?.Sentence),
            },
            _ => new FieldLimits(),
        };
        return limits == new FieldLimits() ? null : limits;
    }

    private decimal? Decimal(string name)
    {
        if (Given(name) is not { } text)
        {
            return null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(name, "fields.number-wrong", text);
        return null;
    }

    private int? Whole(string name)
    {
        if (Given(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(name, "fields.number-wrong", text);
        return null;
    }

    private FieldDocument Rest()
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (FieldDocument)DocumentText.FromStored(DocumentKinds.Field, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return Blank();
    }

    private static ValueList<T> Moved<T>(ValueList<T> list, int from, int to)
    {
        if (from < 0 || to < 0 || from >= list.Count || to >= list.Count)
        {
            return list;
        }

        var moved = list.ToList();
        moved.RemoveAt(from);
        moved.Insert(to, list[from]);
        return moved.ToValueList();
    }

    private static int Numbered(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
