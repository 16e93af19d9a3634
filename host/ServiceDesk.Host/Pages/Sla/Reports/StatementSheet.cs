using NodaTime.Text;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Sla.Reports;

/// <summary>A statement as a file: its goals, then its broken promises.</summary>
internal static class StatementSheet
{
    public static CsvSheet Of(Statement statement, PromiseWords words, ITexts texts, Func<ListedPromise, string> reason)
    {
        string[] headings =
        [
            texts["sla-report.what"],
            texts["sla-trial.metric"],
            texts["sla-report.target-hours"],
            texts["sla-report.state-met"],
            texts["sla-report.state-breached"],
            texts["sla-report.share"],
            texts["sla-report.elapsed-hours"],
            texts["sla-report.decided-at"],
            texts["sla-report.longest"],
        ];
        return new CsvSheet(
            headings,
            statement
                .Goals.Select(goal =>
                    (object?[])
                        [
                            words.Policy(goal.Goal.Policy),
                            words.Metric(goal.Goal.Policy, goal.Goal.Metric),
                            PromiseWords.Hours(goal.Goal.Target),
                            goal.Met,
                            goal.Breached,
                            goal.ShareMet is { } share ? Math.Round(share, 4) : null,
                            PromiseWords.Hours(goal.Elapsed),
                            null,
                            null,
                        ]
                )
                .Concat(
                    statement.Breached.Select(one =>
                        (object?[])
                            [
                                $"{one.Ticket.State.Key} {one.Ticket.State.Summary}",
                                words.Metric(one.Line.Goal.Policy, one.Line.Metric),
                                PromiseWords.Hours(one.Line.Goal.Target),
                                0,
                                1,
                                null,
                                PromiseWords.Hours(one.Line.Elapsed),
                                one.Line.DecidedAt is { } at
                                    ? OffsetDateTimePattern.GeneralIso.Format(
                                        at.InZone(statement.Month.Zone).ToOffsetDateTime()
                                    )
                                    : null,
                                reason(one),
                            ]
                    )
                )
        );
    }
}
