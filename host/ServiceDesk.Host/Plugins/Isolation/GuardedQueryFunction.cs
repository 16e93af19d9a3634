using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A plugin's condition of the query language: what throws has no words and means none, counted.</summary>
internal static class GuardedQueryFunction
{
    public static QueryFunctionDefinition Around(QueryFunctionDefinition function, PluginHealth health)
    {
        var handler = $"query function {function.Name}";
        return function with
        {
            Read = ticket => Try(() => function.Read(ticket)),
            Mean = (configuration, text) => Try(() => function.Mean(configuration, text)),
            Suggest = configuration => Try(() => function.Suggest(configuration)),
        };

        ValueList<string> Try(Func<ValueList<string>> call)
        {
            try
            {
                return call();
            }
            catch (Exception exception)
            {
                health.Count(handler, exception);
                return [];
            }
        }
    }
}
