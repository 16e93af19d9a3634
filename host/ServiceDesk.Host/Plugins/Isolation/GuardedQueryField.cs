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
        };
    }
}
