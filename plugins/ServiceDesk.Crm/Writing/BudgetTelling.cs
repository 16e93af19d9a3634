using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>Tells the owners of contracts that a budget is nearly or wholly spent: once for each time that it comes so far.</summary>
public sealed class BudgetTelling(
    IPluginTables<CrmTables> tables,
    CrmWriter writer,
    INotifications notifications,
    CrmWords words
)
{
    /// <summary>Tells of one contract, where there is something that was not told yet.</summary>
    public async Task TellAsync(long contract, CancellationToken cancellation)
    {
        var found = await tables.ReadAsync(
            async (db, token) =>
                await db.Contracts.FirstOrDefaultAsync(row => row.Id == contract, token) is { } row
                    ? (Row: row, Balance: await Balances.OfAsync(db, row, token))
                    : default,
            cancellation
        );
        if (found.Row is not { OwnerId: { } owner } contractRow || contractRow.BudgetLevel <= contractRow.BudgetTold)
        {
            return;
        }

        await notifications.SendAsync(Notice(contractRow, found.Balance), [new PersonId(owner)], cancellation);
        await writer.WriteAsync(
            async (change, token) =>
            {
                if (await change.Db.Contracts.FirstOrDefaultAsync(row => row.Id == contract, token) is { } row)
                {
                    row.BudgetTold =
                        contractRow.BudgetLevel < row.BudgetLevel ? contractRow.BudgetLevel : row.BudgetLevel;
                    change.Note("contract", contract, $"told-{contractRow.BudgetLevel.ToString().ToLowerInvariant()}");
                }

                return Written.Done(contract);
            },
            cancellation
        );
    }

    private Notification Notice(ContractRow row, Balance balance)
    {
        var level = row.BudgetLevel.ToString().ToLowerInvariant();
        var share = balance.Share.ToString(CultureInfo.InvariantCulture);
        LocalizedText text = words.InBoth($"crm.notice.budget-{level}", row.Number, row.Name, share);
        return new Notification($"crm:budget:{row.Id}:{level}:{row.BudgetLevelEntry}", text, null, Visibility.Internal);
    }
}
