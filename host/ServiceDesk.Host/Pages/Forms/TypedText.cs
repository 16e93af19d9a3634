using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>A text of the ticket itself in a form: what it holds, what was typed, and whether somebody else wrote meanwhile, as <see cref="TypedFields"/> tells of fields.</summary>
/// <param name="input">The input as it is drawn, apart from what it holds.</param>
/// <param name="normal">The text as it is compared: two that are the same so are nobody's change.</param>
public sealed class TypedText(FieldInput input, Func<string, string> normal)
{
    private string text = "";
    private string? drawn;
    private string? newer;

    /// <summary>The form's name of it.</summary>
    public string Name => input.Name;

    /// <summary>Whether somebody else changed meanwhile what was typed.</summary>
    public bool HasNewer => newer is not null;

    /// <summary>Takes what the ticket holds, and marks it.</summary>
    public TypedText Draw(string held)
    {
        (text, drawn) = (held, MarkOf(held));
        return this;
    }

    /// <summary>
    /// What is to be written; null where nothing else was typed than the form was drawn with. What only somebody else changed shows as it is now;
    /// where both did, <paramref name="errors"/> say so, and sending it once more means it. A form that does not say what it was drawn with is taken as it is.
    /// </summary>
    /// <param name="sent">The form.</param>
    /// <param name="held">What the ticket holds now.</param>
    /// <param name="errors">Where it is told that both changed it.</param>
    public string? Change(IFormCollection sent, string held, FormErrors errors)
    {
        var typed = sent[Name].ToString().ReplaceLineEndings("\n");
        var mark = sent[DrawnMark.NameOf(Name)].ToString();
        var (now, wanted) = (MarkOf(held), MarkOf(typed));
        (text, drawn, newer) = (typed, mark.Length > 0 ? mark : now, null);
        if (mark.Length > 0 && wanted == mark)
        {
            Draw(held);
            return null;
        }

        if (mark.Length > 0 && now != mark && now != wanted)
        {
            (drawn, newer) = (now, held);
            errors.Add(Name, "workspace.field-changed-meanwhile");
            return null;
        }

        return now != wanted && (mark.Length > 0 || sent.ContainsKey(Name)) ? typed : null;
    }

    /// <summary>The input.</summary>
    public FieldInput Input(FormErrors errors) =>
        input with
        {
            Value = text,
            Drawn = drawn,
            Error = errors[Name],
            Newer = newer is null
                ? null
                : new NewerValue(
                    new FieldDocument
                    {
                        Id = Name,
                        Name = LocalizedText.Of(input.Label),
                        Kind = input.Kind,
                    },
                    newer.Length > 0 ? new TextValue(newer) : null
                ),
        };

    private string MarkOf(string words) => DrawnMark.Of(normal(words));
}
