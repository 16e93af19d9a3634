using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>The contracts, those that end soonest first.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class ContractsModel(CrmReader reader, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>What is searched for.</summary>
    public string Q { get; private set; } = "";

    /// <summary>Only of this state; null for all.</summary>
    public ContractState? State { get; private set; }

    /// <summary>Whether something is searched for.</summary>
    public bool IsFiltered => Q.Length > 0 || State is not null;

    /// <summary>The contracts.</summary>
    public Listing<ContractItem> Found { get; private set; } = null!;

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? q, string? state, int? page, CancellationToken cancellation)
    {
        Q = (q ?? "").Trim();
        State = Enum.GetValues<ContractState>()
            .Select(one => (ContractState?)one)
            .FirstOrDefault(one => string.Equals($"{one}", state, StringComparison.OrdinalIgnoreCase));
        Found = await reader.ContractsAsync(Viewer, new ContractFilter(Q, State), page ?? 1, cancellation);
    }

    /// <summary>The contracts as a table.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        var all = await reader.ContractsAsync(Viewer, new ContractFilter(), 1, cancellation, 100_000);
        return Sheet(
            "contracts",
            AccountsModel.Headers(
                ImportKind.Contracts,
                ["number", "name", "account", "state", "starts-on", "ends-on", "amount", "currency", "per"]
            ),
            all.Items.Select(one =>
                new[]
                {
                    one.Number,
                    one.Name,
                    one.Account.Key,
                    $"{one.State}".ToLowerInvariant(),
                    one.StartsOn,
                    one.EndsOn,
                    Api.Words.Of(one.Amount),
                    one.Currency,
                    $"{one.AmountPer}".ToLowerInvariant(),
                }
            )
        );
    }
}
