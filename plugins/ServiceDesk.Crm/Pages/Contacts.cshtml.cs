using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>The contacts.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class ContactsModel(CrmReader reader, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>What is searched for.</summary>
    public string Q { get; private set; } = "";

    /// <summary>The contacts.</summary>
    public Listing<ContactDetail> Found { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? q, int? page, CancellationToken cancellation)
    {
        Q = (q ?? "").Trim();
        Found = await reader.ContactsAsync(Viewer, Q, page ?? 1, cancellation);
    }

    /// <summary>The contacts as a table, a line for each account.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        var all = await reader.ContactsAsync(Viewer, "", 1, cancellation, 100_000);
        return Sheet(
            "contacts",
            AccountsModel.Headers(ImportKind.Contacts, ["name", "email", "phone", "account", "title", "external-id"]),
            all.Items.SelectMany(one =>
                one.Accounts.Select(at =>
                    new[] { one.Name, one.Email, one.Phone, at.Account.Key, at.Title, one.ExternalId }
                )
            )
        );
    }
}
