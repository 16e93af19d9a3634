using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Backtests;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>A draft of the policy for incidents that promises twice as quick solutions, tried on what happened.</summary>
internal sealed class DemoDraft(SlaDrafts drafts, Backtests backtests, ICurrentConfiguration configuration)
{
    private const int Months = 3;

    /// <summary>Writes the draft and begins its trial, which runs on its own.</summary>
    public async Task WriteAsync(Viewer administrator, CancellationToken cancellation)
    {
        if (!configuration.Snapshot.TryGet<SlaPolicyDocument>("incident", out var policy))
        {
            return;
        }

        var stricter = policy with { Metrics = policy.Metrics.Select(Stricter).ToValueList() };
        var version = configuration.Snapshot.VersionOf<SlaPolicyDocument>(policy.Id);
        await drafts.SaveAsync(stricter, version, administrator.Person.Id, cancellation);
        await backtests.StartAsync([stricter], Months, administrator, cancellation);
    }

    private static SlaMetric Stricter(SlaMetric metric) =>
        metric.Id != "time-to-resolution"
            ? metric
            : metric with
            {
                Goals = metric
                    .Goals.Select(goal => goal with { Target = goal.Target / 2, InternalTarget = null, Reminders = [] })
                    .ToValueList(),
            };
}
