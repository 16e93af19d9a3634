using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>The conditions of a place or section of a form, drawn by <c>Forms/_Conditions</c>.</summary>
/// <param name="At">Where the editor is drawn anew.</param>
/// <param name="Path">Before the names of the controls: <c>place.2</c>.</param>
/// <param name="Kind">In the names of buttons: <c>place</c> or <c>section</c>.</param>
/// <param name="Number">Which place or section.</param>
/// <param name="When">The conditions.</param>
/// <param name="Before">The fields that are asked for before it.</param>
public sealed record ConditionRows(
    ShapePlace At,
    string Path,
    string Kind,
    int Number,
    ValueList<FormCondition> When,
    IReadOnlyList<FieldDocument> Before
)
{
    /// <summary>The field of a condition; null when it is not among those before.</summary>
    public FieldDocument? FieldOf(FormCondition condition) =>
        Before.FirstOrDefault(field => field.Id == condition.Field);

    /// <summary>How a condition is written: with answers or without, that way or the other.</summary>
    public static string ModeOf(FormCondition condition, FieldDocument? field) =>
        (HasAnswers(field) && condition.Is.Count > 0, condition.Not) switch
        {
            (true, false) => "is",
            (true, true) => "not",
            (false, false) => "any",
            (false, true) => "none",
        };

    /// <summary>Whether answers of the field can be named.</summary>
    public static bool HasAnswers(FieldDocument? field) =>
        field?.Kind is FieldKind.Choice or FieldKind.Choices or FieldKind.Flag;
}
