using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Upkeep;

/// <summary>
/// What time brings to contracts: the owner is told that one ends, once for each last day; one whose period is over expires;
/// budgets of which nobody was told yet, because the server stopped in between; claims on budgets that came to nothing. What is
/// due stands in the rows, derived at each change; each step can be repeated.
/// </summary>
public sealed class CrmUpkeep(
    IPluginTables<CrmTables> tables,
    ContractWriting contracts,
    BudgetTelling telling,
    BudgetClaims claims,
    INotifications notifications,
    CrmWriter writer,
    CrmWords words,
    IClock clock
) : IJob
{
    private static readonly Duration UploadsKept = Duration.FromDays(1);
    private const int AtOnce = 200;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeTicks();
        await RemindAsync(now, cancellation);
        await ExpireAsync(now, cancellation);
        await TellAsync(cancellation);
        await claims.SettleAsync(cancellation);
        await ForgetAsync(cancellation);
    }

    private async Task RemindAsync(long now, CancellationToken cancellation)
    {
        var due = await FindAsync(db => db.Contracts.Where(row => row.RemindAt <= now), cancellation);
        foreach (var row in due)
        {
            var notice = new Notification(
                $"crm:renewal:{row.Id}:{row.EndsOn}",
                words.InBoth("crm.notice.renewal", row.Number, row.Name, row.EndsOn),
                null,
                Visibility.Internal
            );
            await notifications.SendAsync(notice, [new PersonId(row.OwnerId!.Value)], cancellation);
            await contracts.RemindedAsync(row.Id, row.EndsOn, cancellation);
        }
    }

    private async Task ExpireAsync(long now, CancellationToken cancellation)
    {
        foreach (var row in await FindAsync(db => db.Contracts.Where(row => row.ExpireAt <= now), cancellation))
        {
            await contracts.ExpireAsync(row.Id, cancellation);
        }
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        var untold = await FindAsync(
            db => db.Contracts.Where(row => row.BudgetLevel > row.BudgetTold && row.OwnerId != null),
            cancellation
        );
        foreach (var row in untold)
        {
            await telling.TellAsync(row.Id, cancellation);
        }
    }

    private Task<Written> ForgetAsync(CancellationToken cancellation) =>
        writer.WriteAsync(
            async (change, token) =>
            {
                var acts = (change.Now - CrmWriter.KeysKept).ToUnixTimeTicks();
                await change.Db.Acts.Where(row => row.At < acts).ExecuteDeleteAsync(token);
                var until = (change.Now - UploadsKept).ToUnixTimeTicks();
                var old = await change.Db.Uploads.Where(row => row.At < until).Select(row => row.Id).ToListAsync(token);
                foreach (var owner in old.Select(id => $"upload:{id}"))
                {
                    await change.Db.Pieces.Where(piece => piece.Owner == owner).ExecuteDeleteAsync(token);
                }

                await change.Db.Uploads.Where(row => row.At < until).ExecuteDeleteAsync(token);
                return Written.Done(0);
            },
            cancellation
        );

    private Task<List<ContractRow>> FindAsync(
        Func<CrmTables, IQueryable<ContractRow>> due,
        CancellationToken cancellation
    ) => tables.ReadAsync((db, token) => due(db).OrderBy(row => row.Id).Take(AtOnce).ToListAsync(token), cancellation);
}
