using System.Globalization;
using System.Text.Json;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Macros;

/// <summary>Reads a macro from the editor's form, whether of a desk or of a person. What the form does not show stays.</summary>
public sealed class MacroForm(IFormCollection form, RuleVocabulary vocabulary) : EditorForm(form)
{
    /// <summary>A macro that says nothing yet.</summary>
    public static MacroDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Do = [NewAction()],
        };

    /// <summary>The macro as it is written; it need not be valid.</summary>
    /// <param name="id">Its id; null makes one of its name.</param>
    public MacroDocument Read(string? id)
    {
        var rest = Rest();
        return rest with
        {
            Id = id ?? RuleIds.From(Text("name-en"), "macro"),
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Description = Given("description"),
            Enabled = IsTicked("enabled"),
            Group = Words("group", rest.Group),
            Order = Has("order") ? Number("order") ?? rest.Order : rest.Order,
            Desks = Many("desks"),
            Do = new RuleForm(Form, vocabulary).Actions("do", rest.Do),
        };
    }

    /// <summary>What a button of the form asks for, on what was read: <c>add</c>, or <c>remove</c>, <c>up</c> and <c>down</c> with a place.</summary>
    public static MacroDocument Apply(MacroDocument macro, string? asked)
    {
        var parts = (asked ?? "").Split('.');
        var place = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var n) ? n : -1;
        return parts[0] switch
        {
            "add" => macro with { Do = macro.Do.Add(NewAction()) },
            "remove" => macro with { Do = macro.Do.Where((_, at) => at != place).ToValueList() },
            "up" => macro with { Do = Swapped(macro.Do, place - 1) },
            "down" => macro with { Do = Swapped(macro.Do, place) },
            _ => macro,
        };
    }

    private MacroDocument Rest()
    {
        try
        {
            if (Text("rest") is { Length: > 0 } json)
            {
                return (MacroDocument)DocumentText.FromStored(DocumentKinds.Macro, json);
            }
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
        }

        return Blank();
    }

    private static RuleAction NewAction() => new() { Do = ActionWords.Comment, Visibility = Visibility.Public };

    private static ValueList<RuleAction> Swapped(ValueList<RuleAction> actions, int first)
    {
        var list = actions.ToList();
        if (first >= 0 && first + 1 < list.Count)
        {
            (list[first], list[first + 1]) = (list[first + 1], list[first]);
        }

        return list.ToValueList();
    }
}
