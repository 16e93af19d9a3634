using NodaTime;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Storage.Automation;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Forgets why rules did what they did, long after.</summary>
public sealed class ForgetRuleRuns(IRuleRuns runs, IClock clock) : IUpkeepTask
{
    /// <summary>How long it is kept.</summary>
    public static readonly Duration Kept = Duration.FromDays(90);

    public string Name => "records of rules";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        runs.ForgetAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
