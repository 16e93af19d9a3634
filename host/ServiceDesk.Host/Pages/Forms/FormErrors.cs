using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>Why a form was refused: a sentence for each input, and those for the form as a whole.</summary>
public sealed class FormErrors(ITexts texts, IConfiguration? configuration = null)
{
    private const string FieldPrefix = "fields.";
    private readonly Dictionary<string, string> byField = new(StringComparer.Ordinal);
    private readonly List<string> general = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => byField.Count > 0 || general.Count > 0;

    /// <summary>Sentences that belong to no input of the page.</summary>
    public IReadOnlyList<string> General => general;

    /// <summary>The sentence for an input, or null.</summary>
    public string? this[string field] => byField.GetValueOrDefault(field);

    /// <summary>Adds a sentence by its key; of several for an input the first stays.</summary>
    public void Add(string? field, string key, params ReadOnlySpan<string> arguments)
    {
        var sentence = texts.Format(key, arguments);
        if (field is null)
        {
            general.Add(sentence);
        }
        else
        {
            byField.TryAdd(field, sentence);
        }
    }

    /// <summary>Adds refusals. One that names an input which the page does not have is told for the form as a whole.</summary>
    /// <param name="refusals">The reasons.</param>
    /// <param name="inputs">The names of the page's inputs.</param>
    public void Add(IEnumerable<Refusal> refusals, IReadOnlyCollection<string> inputs)
    {
        foreach (var refusal in refusals)
        {
            var field = refusal.Field is { } named && inputs.Contains(named) ? named : null;
            Add(field, refusal.Code, [.. Arguments(refusal, configuration)]);
        }
    }

    /// <summary>What fills a refusal's sentence: people know a field by its name, not by its id.</summary>
    public static IEnumerable<string> Arguments(Refusal refusal, IConfiguration? configuration) =>
        refusal.Arguments.Select(argument => Named(refusal, argument, configuration));

    private static string Named(Refusal refusal, string argument, IConfiguration? configuration) =>
        refusal.Field == FieldPrefix + argument
        // One that looks as if there were none has no name.
        && refusal.Code != RefusalCodes.FieldUnknown
        && configuration is not null
        && configuration.TryGet<FieldDocument>(argument, out var field)
            ? field.Name.ToString()
            : argument;
}
