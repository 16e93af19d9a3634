using ServiceDesk.Sdk.Queries;

namespace TestPlugins.Good;

/// <summary>One article, for everybody who looks for praise.</summary>
public sealed class Advice : ISearchSource
{
    public ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<SearchHit>>(
            question.Words.All(word => "how to praise a colleague".Contains(word, StringComparison.Ordinal))
                ? [new SearchHit("How to praise a colleague", "/plugins/good/hello")]
                : []
        );
}
