using System.Globalization;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Upkeep;

/// <summary>
/// Fills once, from the log, what queries read of the past of tickets: a database from before it was kept gets it beside its
/// work. How far it is is kept, so that a server that was stopped goes on there.
/// </summary>
public sealed class FillChanges(ChangesRebuild rebuild, ISettingStore settings) : IUpkeepTask
{
    private const string Owner = "host";
    private const string Setting = "changes-of-tickets";
    private const int StepsBetweenReports = 50;

    /// <summary>Every ticket: commits write those that come later.</summary>
    private const long All = long.MaxValue;

    public string Name => "changes of tickets";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var after = await ReadAsync(cancellation);
        var changed = 0;
        for (var step = 1; after != All; step++)
        {
            var (some, last) = await rebuild.StepAsync(after, cancellation);
            changed += some;
            after = last ?? All;
            if (after == All || step % StepsBetweenReports == 0)
            {
                var json = after.ToString(CultureInfo.InvariantCulture);
                await settings.SaveAsync(Owner, Setting, json, author: null, cancellation);
            }
        }

        return changed;
    }

    private async Task<long> ReadAsync(CancellationToken cancellation) =>
        long.TryParse(
            (await settings.FindAsync(Owner, Setting, cancellation))?.Json,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var after
        )
            ? after
            : 0;
}
