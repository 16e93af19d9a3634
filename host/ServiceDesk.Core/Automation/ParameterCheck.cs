using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>Whether a document gives a plugin's trigger or action the parameters that it takes.</summary>
internal static class ParameterCheck
{
    /// <summary>What is missing, unknown, or none of the choices.</summary>
    /// <param name="known">The parameters of the part; null for one that has none.</param>
    /// <param name="given">What the document says.</param>
    /// <param name="path">Where the part stands.</param>
    /// <param name="configuration">What choices are made of.</param>
    public static IEnumerable<DocumentProblem> Of(
        ValueList<RuleParameter>? known,
        ValueMap<string> given,
        string path,
        IConfiguration configuration
    )
    {
        var missing = (known ?? []).Where(parameter => parameter.IsRequired && !given.ContainsKey(parameter.Name));
        var unknown = given.Keys.Except((known ?? []).Select(parameter => parameter.Name), StringComparer.Ordinal);
        return missing
            .Select(parameter => DocumentProblem.At($"{path}/with", "configuration.schema-missing", parameter.Name))
            .Concat((known ?? []).SelectMany(parameter => Chosen(parameter, given, path, configuration)))
            .Concat(
                unknown.Select(name =>
                    DocumentProblem.At(
                        $"{path}/with/{JsonPointer.Escape(name)}",
                        "configuration.rule-parameter-unknown",
                        name
                    )
                )
            );
    }

    private static IEnumerable<DocumentProblem> Chosen(
        RuleParameter parameter,
        ValueMap<string> given,
        string path,
        IConfiguration configuration
    ) =>
        parameter.Choices is { } choices
        && given.TryGetValue(parameter.Name, out var value)
        && choices(configuration).All(choice => choice.Value != value)
            ?
            [
                DocumentProblem.At(
                    $"{path}/with/{JsonPointer.Escape(parameter.Name)}",
                    "configuration.rule-choice-unknown",
                    value
                ),
            ]
            : [];
}
