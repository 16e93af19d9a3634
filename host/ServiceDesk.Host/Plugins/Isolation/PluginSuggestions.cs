using ServiceDesk.Core.Query.Completion;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>Completes queries with values that plugins know. One that hangs or throws suggests nothing.</summary>
public sealed class PluginSuggestions(TicketExtensions extensions, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>The completion with the values of the plugin whose field is written there.</summary>
    public async Task<Completion> WithAsync(Completion completion, Viewer viewer, CancellationToken cancellation)
    {
        var field = extensions.QueryFields.FirstOrDefault(one => one.Name == completion.Field);
        if (field?.Suggest is not { } suggest)
        {
            return completion;
        }

        var found = await AskAsync(suggest, viewer, completion.Prefix, cancellation);
        return completion with
        {
            Suggestions = [.. completion.Suggestions.Concat(found.Select(Written)).Take(QueryCompletion.Most)],
        };
    }

    private async Task<IReadOnlyList<SuggestedValue>> AskAsync(
        Func<IServiceProvider, Viewer, string, CancellationToken, Task<IReadOnlyList<SuggestedValue>>> suggest,
        Viewer viewer,
        string prefix,
        CancellationToken cancellation
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var asked = suggest(scope.ServiceProvider, viewer, prefix, cancellation);
            return await asked.WaitAsync(Limit, time, cancellation);
        }
        catch (TimeoutException)
        {
            return [];
        }
    }

    private static Suggestion Written(SuggestedValue value) =>
        new(QueryCompletion.Written(value.Value), SuggestionKind.Value, value.Label);
}
