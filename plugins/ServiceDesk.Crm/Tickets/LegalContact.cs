using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Tickets;

/// <summary>Whom the contract that covers a ticket names for legal matters, as it says now.</summary>
public sealed class LegalContact(IPluginTables<CrmTables> tables) : IRecipientSource
{
    /// <summary>The word, as rules and escalation levels name it.</summary>
    public static RecipientDefinition Recipient { get; } = new("crm.legal", "crm.recipient.legal");

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyCollection<PersonId>> FindAsync(TicketState ticket, CancellationToken cancellation)
    {
        if (ticket.Cover().Contract is not { } contract)
        {
            return [];
        }

        var legal = await tables.ReadAsync(
            (db, token) =>
                db.Contracts.Where(row => row.Id == contract).Select(row => row.LegalId).FirstOrDefaultAsync(token),
            cancellation
        );
        return legal is { } person ? [new PersonId(person)] : [];
    }
}
