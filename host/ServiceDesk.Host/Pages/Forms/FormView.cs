using System.Text.Json;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>A form as a page draws it, with <c>_RequestForm</c>.</summary>
/// <param name="Parts">What stands outside of sections, then each section; those without a place are left out.</param>
public sealed record FormView(IReadOnlyList<PartView> Parts)
{
    /// <summary>The places that are shown, as a page without script sends them back; null when nothing depends on an answer.</summary>
    public string? Seen =>
        Parts.Any(part => part.When is not null || part.Places.Any(place => place.When is not null))
            ? string.Join(
                ' ',
                Parts.SelectMany(part => part.Places).Where(place => place.IsAsked).Select(place => place.Place.Field)
            )
            : null;

    /// <summary>The form with a text in one of its inputs.</summary>
    public FormView Filled(string name, string text) =>
        new([
            .. Parts.Select(part =>
                part with
                {
                    Places =
                    [
                        .. part.Places.Select(place =>
                            place.Input is FieldInput input && input.Name == name
                                ? place with
                                {
                                    Input = input with { Value = text },
                                }
                                : place
                        ),
                    ],
                }
            ),
        ]);
}

/// <summary>A section of a form.</summary>
/// <param name="Section">The section; null for what stands outside of all.</param>
/// <param name="Places">Its places.</param>
/// <param name="When">Its conditions for the page's script; null for none.</param>
public sealed record PartView(FormSection? Section, IReadOnlyList<PlaceView> Places, string? When)
{
    /// <summary>Whether any of it is asked for.</summary>
    public bool IsAsked => Places.Any(place => place.IsAsked);
}

/// <summary>A place of a form.</summary>
/// <param name="Place">The place.</param>
/// <param name="Input">A <c>FieldInput</c> or <c>FilesInput</c>.</param>
/// <param name="IsAsked">Whether it is asked for, by the answers so far.</param>
/// <param name="When">Its conditions for the page's script; null for none.</param>
public sealed record PlaceView(FormField Place, object Input, bool IsAsked, string? When);

/// <summary>Conditions as the page's script reads them.</summary>
internal static class ConditionView
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>The conditions as JSON; null for none.</summary>
    public static string? Write(ValueList<FormCondition> conditions) =>
        conditions.Count == 0
            ? null
            : JsonSerializer.Serialize(
                conditions.Select(one => new
                {
                    one.Field,
                    Is = one.Is.ToArray(),
                    one.Not,
                }),
                Camel
            );
}
