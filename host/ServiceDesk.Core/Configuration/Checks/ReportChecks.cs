using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>Calendar, metric and zone of a report exist. Its series may be that of a plugin which is switched off.</summary>
internal sealed class ReportCheck : DocumentCheck<ReportDocument>
{
    protected override IEnumerable<DocumentProblem> Check(ReportDocument document, IConfiguration configuration)
    {
        if (document.Calendar is { } calendar && !configuration.TryGet<CalendarDocument>(calendar, out _))
        {
            yield return DocumentProblem.At("/calendar", "configuration.no-such-calendar", calendar);
        }

        if (document.Zone is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            yield return DocumentProblem.At("/zone", "configuration.no-such-zone", zone);
        }

        if (document.GroupBy is { } group && ListChoices.FieldOf(group) is { } id)
        {
            if (!configuration.TryGet<FieldDocument>(id, out var field))
            {
                yield return DocumentProblem.At("/groupBy", "configuration.no-such-field", id);
            }
            else if (!ListChoices.HoldsWord(field))
            {
                yield return DocumentProblem.At("/groupBy", "configuration.report-no-words", id);
            }
        }

        var metrics = configuration.All<SlaPolicyDocument>().SelectMany(policy => policy.Metrics);
        if (document.Metric is { } wanted && !metrics.Any(metric => metric.Id == wanted))
        {
            yield return DocumentProblem.At("/metric", "configuration.no-such-metric", wanted);
        }

        var scripts = CalledScripts.Check(
            document.Script,
            "/script",
            ScriptUse.ReportSeries,
            "configuration.script-not-series",
            configuration
        );
        foreach (var problem in scripts)
        {
            yield return problem;
        }
    }
}

/// <summary>The reports of a dashboard exist, and it is not for a team and a person at once.</summary>
internal sealed class DashboardCheck : DocumentCheck<DashboardDocument>
{
    protected override IEnumerable<DocumentProblem> Check(DashboardDocument document, IConfiguration configuration)
    {
        var missing = document
            .Gadgets.Index()
            .SelectMany(entry =>
                References.Missing<ReportDocument>(entry.Item.Report, $"/gadgets/{entry.Index}/report", configuration)
            );
        return document is { Team: not null, Person: not null }
            ? missing.Append(DocumentProblem.At("/person", "configuration.team-or-person"))
            : missing;
    }
}
