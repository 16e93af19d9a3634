using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Configuration;

/// <summary>Something wrong in a configuration document.</summary>
/// <param name="Path">Where, as a JSON pointer into the document (<c>/metrics/0/goals/1/calendar</c>); empty for the whole.</param>
/// <param name="Code">The text key of the sentence, <c>configuration.*</c> or that of a query error.</param>
/// <param name="Arguments">What fills the sentence's places.</param>
public sealed record DocumentProblem(string Path, string Code, ValueList<string> Arguments)
{
    /// <summary>A problem at a place.</summary>
    public static DocumentProblem At(string path, string code, params ReadOnlySpan<string> arguments) =>
        new(path, code, ValueList.Create(arguments));

    /// <summary>The same problem seen from the outside, under <paramref name="prefix"/>.</summary>
    public DocumentProblem Under(string prefix) => this with { Path = prefix + Path };
}

/// <summary>
/// A check of meaning that the schema of a kind can't express: a workflow that never ends, a calendar whose spans overlap,
/// a query that doesn't parse. Owned by the part that works with the documents.
/// </summary>
public interface IDocumentCheck
{
    /// <summary>The problems of a document in a configuration that already contains it.</summary>
    IEnumerable<DocumentProblem> Check(ConfigurationDocument document, IConfiguration configuration);
}

/// <summary>A check of one kind of document.</summary>
public abstract class DocumentCheck<T> : IDocumentCheck
    where T : ConfigurationDocument
{
    /// <inheritdoc/>
    public IEnumerable<DocumentProblem> Check(ConfigurationDocument document, IConfiguration configuration) =>
        document is T typed ? Check(typed, configuration) : [];

    /// <summary>The problems of a document in a configuration that already contains it.</summary>
    protected abstract IEnumerable<DocumentProblem> Check(T document, IConfiguration configuration);
}
