using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Host.Configuration;

/// <summary>A document that tickets use goes only when somebody said so.</summary>
public sealed class DocumentUseCheck(DocumentUses uses) : IChangeCheck
{
    /// <summary>The problem that tickets use a document.</summary>
    public const string Used = "configuration.document-used";

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<ConfigurationProblem>> CheckAsync(
        ConfigurationSnapshot before,
        ConfigurationSnapshot after,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var problems = new List<ConfigurationProblem>();
        foreach (var gone in differences.Where(difference => difference.After is null && !author.RemovesUsed))
        {
            if (await uses.CountAsync(gone.Kind, gone.Id, cancellation) is > 0 and var count)
            {
                problems.Add(new(gone.Kind, gone.Id, DocumentProblem.At("", Used, gone.Id, $"{count}")));
            }
        }

        return problems;
    }
}
