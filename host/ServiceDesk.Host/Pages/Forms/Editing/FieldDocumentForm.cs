using System.Globalization;
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

    // Before the number that stands for the id of a choice until it is saved and named.
    private const char NewMark = '+';

    // Before a line of text whose choice stands under another one.
    private const char Below = '>';

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
        var rest = Rest(Blank());
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
                "add-choice" => field.Choices.Add(new FieldChoice(NewId(field.Choices, 1), LocalizedText.Of(""))),
                "add-choices" => field.Choices.Concat(ReadLines(Text("more-choices"), field.Choices)).ToValueList(),
                "remove-choice" => ChoiceTree.Without(field.Choices, at),
                "up-choice" => ChoiceTree.Swapped(field.Choices, at, -1),
                "down-choice" => ChoiceTree.Swapped(field.Choices, at, 1),
                "in-choice" => ChoiceTree.Indented(field.Choices, at),
                "out-choice" => ChoiceTree.Outdented(field.Choices, at),
                "move-choice" => ChoiceTree.Moved(field.Choices, at, second),
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
        var given = field
            .Choices.Where(IsNew)
            .DistinctBy(choice => choice.Id)
            .ToDictionary(choice => choice.Id, choice => Free(choice, taken));
        return field with
        {
            Id = field.Id.Length > 0 ? field.Id : RuleIds.From(field.Name.Texts.Find("en") ?? "", "field"),
            Choices = field
                .Choices.Select(choice =>
                    choice with
                    {
                        Id = given.GetValueOrDefault(choice.Id, choice.Id),
                        Under = choice.Under is { } under ? given.GetValueOrDefault(under, under) : null,
                    }
                )
                .ToValueList(),
        };
    }

    /// <summary>Whether a choice has no id of its own yet.</summary>
    public static bool IsNew(FieldChoice choice) => choice.Id is "" || choice.Id[0] == NewMark;

    /// <summary>Choices as lines: a <c>&gt;</c> for each level below the top, then id, English and Korean name with tabs between.</summary>
    public static string Written(ValueList<FieldChoice> choices) =>
        string.Join(
            '\n',
            choices.Select(choice =>
                new string(Below, ChoiceTree.DepthOf(choices, choice))
                + string.Join('\t', choice.Id, choice.Name.Texts.Find("en"), choice.Name.Texts.Find("ko")).TrimEnd('\t')
            )
        );

    private static string NewId(ValueList<FieldChoice> before, int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{NewMark}{before.Select(choice => IsNew(choice) ? Numbered(choice.Id.TrimStart(NewMark)) : 0).DefaultIfEmpty().Max() + number}"
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
                    return new FieldChoice(id, Words($"{path}.name", Named(before, id)) ?? LocalizedText.Of(""))
                    {
                        Under = Given($"{path}.under"),
                    };
                }
            );

    // A line from a spreadsheet has tabs, one that somebody writes has bars. One that begins with > stands under the last one with fewer of them.
    private static ValueList<FieldChoice> ReadLines(string text, ValueList<FieldChoice> before, bool withIds = false)
    {
        var read = new List<FieldChoice>();
        var above = new List<string>();
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        // Ids of choices that were not saved yet stand in the text too.
        var taken = before
            .Concat(
                lines
                    .Select(line => line.TrimStart(Below, ' ').Split('\t')[0].Trim())
                    .Where(id => id.Length > 1 && id[0] == NewMark)
                    .Select(id => new FieldChoice(id, LocalizedText.Of("")))
            )
            .ToValueList();
        foreach (var line in lines)
        {
            var words = line.TrimStart(Below, ' ');
            var depth = Math.Min(line[..^words.Length].Count(mark => mark == Below), above.Count);
            var cells = words
                .Split(words.Contains('\t', StringComparison.Ordinal) ? '\t' : '|')
                .Select(cell => cell.Trim())
                .ToList();
            var choice = Choice(withIds && cells.Count > 1 ? cells : [.. cells.Prepend("")], before);
            choice = choice with
            {
                Id = choice.Id.Length > 0 ? choice.Id : NewId(taken, read.Count + 1),
                Under = depth > 0 ? above[depth - 1] : null,
            };
            read.Add(choice);
            above = [.. above.Take(depth), choice.Id];
        }

        return read.ToValueList();
    }

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
            FieldKind.Attachment => new FieldLimits { MaxFiles = Whole("maxFiles"), FileTypes = Endings() },
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

    // With or without the dot, however they are separated.
    private ValueList<string> Endings() =>
        Text("fileTypes")
            .Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(ending => ending.TrimStart('.', '*').ToLowerInvariant())
            .Where(ending => ending.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToValueList();

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
}
