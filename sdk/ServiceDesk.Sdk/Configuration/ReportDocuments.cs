using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>How long a stretch of time is for which a report has one figure.</summary>
public enum ReportStep
{
    /// <summary>A day of the report's zone.</summary>
    Day = 1,

    /// <summary>A week from Monday.</summary>
    Week = 2,

    /// <summary>A month.</summary>
    Month = 3,

    /// <summary>The whole period has one figure for each group.</summary>
    Whole = 4,
}

/// <summary>A question to the figures, with how its answer is shown.</summary>
public sealed record ReportDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>What it is good for.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>The id of the series that is counted, such as <c>created-resolved</c>.</summary>
    public required string Series { get; init; }

    /// <summary>Which tickets count, as they are today; empty means all.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>
    /// By what figures are told apart: <c>priority</c>, <c>type</c>, <c>desk</c>, <c>request-type</c>, <c>assignee</c>, <c>team</c>,
    /// <c>organization</c>, <c>channel</c>, or <c>field:</c> and the id of a field that holds a choice, a flag, a person, an
    /// organization or a team; null for not.
    /// </summary>
    public string? GroupBy { get; init; }

    /// <summary>How many days up to today the report shows at first.</summary>
    public int Days { get; init; } = 30;

    /// <summary>For how long a stretch there is one figure.</summary>
    public ReportStep Step { get; init; } = ReportStep.Day;

    /// <summary>The IANA zone in which days begin; null for the reader's.</summary>
    public string? Zone { get; init; }

    /// <summary>The calendar on which durations are counted; null counts all time.</summary>
    public string? Calendar { get; init; }

    /// <summary>The SLA metric whose promises count; null for all.</summary>
    public string? Metric { get; init; }

    /// <summary>
    /// The id of a script of the use <see cref="ScriptUse.ReportSeries"/> that works the figures out anew; null shows them as they
    /// were counted. It finds <c>argument.columns</c> and <c>argument.rows</c>, each with <c>title</c>, <c>from</c>, <c>to</c> and
    /// <c>cells</c> of <c>line</c>, <c>group</c>, <c>value</c> and <c>count</c>, and <c>argument.total</c>, and returns
    /// <c>{ rows: [[number or null, …], …], total: [ … ] }</c> of the same size.
    /// </summary>
    public string? Script { get; init; }

    /// <summary>Place among the reports.</summary>
    public int Order { get; init; } = 100;
}

/// <summary>How a gadget shows its report.</summary>
public enum GadgetShow
{
    /// <summary>The chart.</summary>
    Chart = 1,

    /// <summary>The figure of the whole period alone.</summary>
    Figure = 2,

    /// <summary>The table.</summary>
    Table = 3,
}

/// <summary>A report on a dashboard.</summary>
/// <param name="Report">The report's id.</param>
/// <param name="Show">How it is shown.</param>
/// <param name="Wide">Whether it takes the whole width.</param>
/// <param name="Days">Another number of days than the report's; null for the same.</param>
public sealed record DashboardGadget(
    string Report,
    GadgetShow Show = GadgetShow.Chart,
    bool Wide = false,
    int? Days = null
);

/// <summary>Reports at one glance, for everybody who sees reports, a team or a person.</summary>
public sealed record DashboardDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>What stands on it, in order.</summary>
    public ValueList<DashboardGadget> Gadgets { get; init; } = [];

    /// <summary>The name of the team that sees it; null for no team.</summary>
    public string? Team { get; init; }

    /// <summary>The e-mail address of the person who sees it; null for nobody in particular. Without team and person everybody who sees reports does.</summary>
    public string? Person { get; init; }

    /// <summary>Place among the dashboards.</summary>
    public int Order { get; init; } = 100;
}
