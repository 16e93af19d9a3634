using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Pages;

/// <summary>An account: its contacts, contracts, parts and open tickets.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class AccountModel(CrmReader reader, ITicketQueries queries, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>The account.</summary>
    public AccountDetail Found { get; private set; } = null!;

    /// <summary>Its open tickets that the viewer may see, the newest first.</summary>
    public IReadOnlyList<TicketState> Tickets { get; private set; } = [];

    /// <summary>The query of all its tickets.</summary>
    public string TicketQuery => $"account = \"{Found.Key}\" ORDER BY created DESC";

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(long account, CancellationToken cancellation)
    {
        if (await reader.AccountAsync(Viewer, account, cancellation) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        var open = $"account = \"{Found.Key}\" AND category != done ORDER BY created DESC";
        var page = await queries.FindAsync(Viewer, open, 20, null, cancellation);
        Tickets = [.. page.Items.Select(item => item.State)];
        return Page();
    }
}
