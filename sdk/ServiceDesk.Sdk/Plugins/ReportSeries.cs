using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>How the values of a series become one figure.</summary>
public enum ReportMeasure
{
    /// <summary>How many there are.</summary>
    Count = 1,

    /// <summary>Their sum.</summary>
    Sum = 2,

    /// <summary>Their average.</summary>
    Average = 3,
}

/// <summary>Something that reports can count, which a plugin reads from events: ratings of satisfaction, hours worked.</summary>
/// <param name="Id">Begins with the plugin's id and a dot; at most 60 characters.</param>
/// <param name="NameKey">The text key of its name.</param>
/// <param name="Measure">How values become one figure.</param>
/// <param name="Read">The value of an event, kept to three decimals; null when it has none. Pure. What it throws is counted and has no value. Figures of a new series begin with the next events; a rebuild brings the earlier ones.</param>
public sealed record ReportSeriesDefinition(
    string Id,
    string NameKey,
    ReportMeasure Measure,
    Func<RecordedEvent, decimal?> Read
);

/// <summary>The series that plugins bring.</summary>
public interface IReportSeries
{
    /// <summary>Those of the plugins that are switched on.</summary>
    ValueList<ReportSeriesDefinition> All { get; }
}
