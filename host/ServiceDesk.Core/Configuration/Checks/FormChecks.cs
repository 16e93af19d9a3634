using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Sections exist, conditions look at questions asked before and at answers that these take, and defaults are values.</summary>
internal static class FormChecks
{
    /// <summary>What is wrong with the form of a request type.</summary>
    public static IEnumerable<DocumentProblem> Of(
        RequestTypeDocument document,
        TicketTypeDocument type,
        IConfiguration configuration
    ) =>
        References
            .Twice(document.Sections.Select(section => section.Id), "/sections", "/id")
            .Concat(References.Twice(document.AgentFields, "/agentFields"))
            .Concat(
                References.Missing(document.AgentFields, type.Fields, "/agentFields", "configuration.form-agent-field")
            )
            .Concat(Places(document, configuration))
            .Concat(Sections(document, configuration));

    private static IEnumerable<DocumentProblem> Places(RequestTypeDocument document, IConfiguration configuration)
    {
        var order = FormLogic.InOrder(document).Select(place => place.Field).ToList();
        foreach (var (index, place) in document.Form.Index())
        {
            var path = $"/form/{index}";
            var section = FormLogic.SectionOf(document, place);
            if (place.Section is { } id && section is null)
            {
                yield return DocumentProblem.At($"{path}/section", "configuration.no-such-section", id);
            }

            if (place.Required && WhoCannotAnswer(place.Field, document, configuration) is { } code)
            {
                yield return DocumentProblem.At($"{path}/required", code, place.Field);
            }

            if (place.Field == FormLogic.Summary && (place.When.Count > 0 || section?.When.Count > 0))
            {
                yield return DocumentProblem.At($"{path}/when", "configuration.form-summary-always");
            }

            var before = order.TakeWhile(field => field != place.Field).ToList();
            var problems = Conditions(place.When, $"{path}/when", before, configuration)
                .Concat(Default(place, path, configuration));
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    // Customers know no team, and strangers bring no files and know nobody: they could never send the form.
    private static string? WhoCannotAnswer(string place, RequestTypeDocument document, IConfiguration configuration)
    {
        var kind = configuration.TryGet<FieldDocument>(place, out var field) ? field.Kind : (FieldKind?)null;
        return kind == FieldKind.Team ? "configuration.form-team-required"
            : document.Anonymous
            && (place == FormLogic.Attachments || kind is FieldKind.Person or FieldKind.Organization)
                ? "configuration.form-anonymous-required"
            : null;
    }

    // The questions before a section are those before its first place.
    private static IEnumerable<DocumentProblem> Sections(RequestTypeDocument document, IConfiguration configuration)
    {
        var order = FormLogic.InOrder(document).ToList();
        return document
            .Sections.Index()
            .SelectMany(entry =>
                Conditions(
                    entry.Item.When,
                    $"/sections/{entry.Index}/when",
                    [.. order.TakeWhile(place => !IsFrom(document, place, entry.Index)).Select(place => place.Field)],
                    configuration
                )
            );
    }

    private static bool IsFrom(RequestTypeDocument document, FormField place, int section) =>
        document.Sections.Skip(section).Any(one => one.Id == place.Section);

    private static IEnumerable<DocumentProblem> Conditions(
        ValueList<FormCondition> conditions,
        string path,
        IReadOnlyCollection<string> before,
        IConfiguration configuration
    )
    {
        foreach (var (index, condition) in conditions.Index())
        {
            var at = $"{path}/{index}";
            if (
                FormLogic.IsOwn(condition.Field)
                || !before.Contains(condition.Field)
                || !configuration.TryGet<FieldDocument>(condition.Field, out var field)
            )
            {
                yield return DocumentProblem.At($"{at}/field", "configuration.condition-not-before", condition.Field);
                continue;
            }

            foreach (var (place, word) in condition.Is.Index().Where(entry => !IsAnswer(field, entry.Item)))
            {
                yield return DocumentProblem.At($"{at}/is/{place}", "configuration.condition-answer", word, field.Id);
            }
        }
    }

    // Only what is picked can be compared alike in a page and here.
    private static bool IsAnswer(FieldDocument field, string word) =>
        field.Kind switch
        {
            FieldKind.Flag => word == "true",
            FieldKind.Choice or FieldKind.Choices => field.Choices.Any(choice => choice.Id == word),
            _ => false,
        };

    private static IEnumerable<DocumentProblem> Default(FormField place, string path, IConfiguration configuration)
    {
        if (
            place.Default is { } text
            && (
                FormLogic.IsOwn(place.Field)
                    ? place.Field == FormLogic.Attachments
                    : configuration.TryGet<FieldDocument>(place.Field, out var field) && !FieldRules.Takes(field, text)
            )
        )
        {
            yield return DocumentProblem.At($"{path}/default", "configuration.preset-wrong", text, place.Field);
        }
    }
}
