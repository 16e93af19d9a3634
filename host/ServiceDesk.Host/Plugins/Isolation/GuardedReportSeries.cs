using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>A series that throws has no value for the event.</summary>
internal static class GuardedReportSeries
{
    public static ReportSeriesDefinition Around(ReportSeriesDefinition series, PluginHealth health)
    {
        var handler = $"report series {series.Id}";
        return series with
        {
            Read = recorded =>
            {
                if (health.IsSwitchedOff)
                {
                    return null;
                }

                try
                {
                    var value = series.Read(recorded);
                    health.Succeeded(handler);
                    return value;
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

/// <inheritdoc cref="IReportSeries"/>
internal sealed class PluginReportSeries(PluginCatalog catalog) : IReportSeries
{
    public ValueList<ReportSeriesDefinition> All =>
        catalog
            .Loaded.Where(plugin => plugin.IsActive)
            .SelectMany(plugin => plugin.Contents!.ReportSeries)
            .ToValueList();
}
