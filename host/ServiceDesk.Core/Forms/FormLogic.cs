using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Forms;

/// <summary>
/// Which places of a request type's form are asked for, given the answers so far. The page that shows the form and the ticket
/// that decides about it ask here, so that what was not asked for is neither required nor taken.
/// </summary>
public static class FormLogic
{
    /// <summary>The place of the ticket's summary.</summary>
    public const string Summary = "summary";

    /// <summary>The place of the ticket's description.</summary>
    public const string Description = "description";

    /// <summary>The place of files.</summary>
    public const string Attachments = "attachments";

    /// <summary>Whether a place is one of the product's own, not a field.</summary>
    public static bool IsOwn(string place) => place is Summary or Description or Attachments;

    /// <summary>The places in the order in which they are met: those outside of sections, then section by section.</summary>
    public static IEnumerable<FormField> InOrder(RequestTypeDocument type) =>
        type
            .Form.Where(place => SectionOf(type, place) is null)
            .Concat(type.Sections.SelectMany(section => type.Form.Where(place => place.Section == section.Id)));

    /// <summary>The form with conditions that name, beside each choice, those below it: whoever answers Seoul answered Korea.</summary>
    public static RequestTypeDocument Widened(RequestTypeDocument type, IConfiguration configuration)
    {
        return type with
        {
            Form = type.Form.Select(place => place with { When = Wide(place.When) }).ToValueList(),
            Sections = type.Sections.Select(section => section with { When = Wide(section.When) }).ToValueList(),
        };

        ValueList<FormCondition> Wide(ValueList<FormCondition> conditions) =>
            conditions
                .Select(one =>
                    configuration.TryGet<FieldDocument>(one.Field, out var field)
                        ? one with
                        {
                            Is = one.Is.SelectMany(field.WithBelow).Distinct(StringComparer.Ordinal).ToValueList(),
                        }
                        : one
                )
                .ToValueList();
    }

    /// <summary>The form as people fill it who are not signed in: they bring no files, and choose nobody.</summary>
    public static RequestTypeDocument ForStrangers(RequestTypeDocument type, IConfiguration configuration) =>
        type with
        {
            Form = type
                .Form.Where(place =>
                    place.Field != Attachments
                    && !(
                        configuration.TryGet<FieldDocument>(place.Field, out var field)
                        && field.Kind is FieldKind.Person or FieldKind.Organization or FieldKind.Team
                    )
                )
                .ToValueList(),
        };

    /// <summary>The places that are asked for, in order. A condition sees the answers of places before it that are asked for themselves.</summary>
    /// <param name="type">The request type.</param>
    /// <param name="answers">The answer of a field; null for none.</param>
    public static IReadOnlyList<FormField> Asked(RequestTypeDocument type, Func<string, FieldValue?> answers)
    {
        var asked = new List<FormField>();
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in InOrder(type))
        {
            var conditions = place.When.Concat(SectionOf(type, place)?.When ?? []);
            if (conditions.All(one => fields.Contains(one.Field) && Holds(one, answers(one.Field))))
            {
                asked.Add(place);
                fields.Add(place.Field);
            }
        }

        return asked;
    }

    /// <summary>The section of a place; null for none.</summary>
    public static FormSection? SectionOf(RequestTypeDocument type, FormField place) =>
        place.Section is { } id ? type.Sections.FirstOrDefault(section => section.Id == id) : null;

    /// <summary>Whether a condition holds with an answer.</summary>
    public static bool Holds(FormCondition condition, FieldValue? answer) => IsMet(condition, answer) != condition.Not;

    private static bool IsMet(FormCondition condition, FieldValue? answer) =>
        answer switch
        {
            null or FlagValue { IsSet: false } => false,
            _ when condition.Is.Count == 0 => true,
            ChoicesValue several => several.Choices.Any(condition.Is.Contains),
            _ => condition.Is.Contains(PlainFields.Write(answer)),
        };
}
