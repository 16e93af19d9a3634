using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A plugin's name in the query language: what throws is an empty value, counted.</summary>
internal static class GuardedQueryField
{
    public static QueryFieldDefinition Around(QueryFieldDefinition field, PluginHealth health)
    {
        var handler = $"query field {field.Name}";
        return field with
        {
            Read = ticket =>
            {
                try
                {
                    return field.Read(ticket);
                }
                catch (Exception exception)
                {
                    health.Count(handler, exception);
                    return null;
                }
            },
            Suggest = field.Suggest is { } suggest ? Around(suggest, handler, health) : null,
        };
    }

    private static Func<
        IServiceProvider,
        Viewer,
        string,
        CancellationToken,
        Task<IReadOnlyList<SuggestedValue>>
    > Around(
        Func<IServiceProvider, Viewer, string, CancellationToken, Task<IReadOnlyList<SuggestedValue>>> suggest,
        string handler,
        PluginHealth health
    ) =>
        async (services, viewer, prefix, cancellation) =>
        {
            try
            {
                return health.IsSwitchedOff ? [] : await suggest(services, viewer, prefix, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                health.Count(handler, exception);
                return [];
            }
        };
}
