using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>The accounts as a tree, or those that a search finds.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
public sealed class AccountsModel(CrmReader reader, ITexts texts) : CrmPageModel(texts)
{
    private const int MostExported = 100_000;

    /// <summary>What is searched for.</summary>
    public string Q { get; private set; } = "";

    /// <summary>The accounts.</summary>
    public Listing<AccountItem> Found { get; private set; } = null!;

    /// <summary>The accounts with their depth in the tree.</summary>
    public IReadOnlyList<(AccountItem Account, int Depth)> Lines { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync(string? q, int? page, CancellationToken cancellation)
    {
        Q = (q ?? "").Trim();
        var size = Q.Length == 0 ? CrmReader.MostOfTree : CrmReader.PageSize;
        Found = await reader.AccountsAsync(Viewer, Q, page ?? 1, cancellation, size);
        Lines = Q.Length == 0 ? [.. Tree(Found.Items)] : [.. Found.Items.Select(one => (one, 0))];
    }

    /// <summary>The accounts as a table.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        var all = await reader.AccountsAsync(Viewer, "", 1, cancellation, MostExported);
        var keys = all.Items.ToDictionary(one => one.Id, one => one.Key);
        return Sheet(
            "accounts",
            Headers(ImportKind.Accounts, ["key", "name", "parent", "organization"]),
            all.Items.Select(one =>
                new[] { one.Key, one.Name, one.ParentId is { } id ? keys.GetValueOrDefault(id) : "", one.Organization }
            )
        );
    }

    // Over the columns stands what an import understands.
    internal static IEnumerable<string> Headers(ImportKind kind, IEnumerable<string> columns)
    {
        var isKorean = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";
        return columns.Select(column =>
        {
            var (english, korean) = ImportColumns.Header(kind, column);
            return isKorean ? korean : english;
        });
    }

    // An account whose parent stands on another page, or may not be seen, stands at the root.
    private static IEnumerable<(AccountItem Account, int Depth)> Tree(IReadOnlyList<AccountItem> all)
    {
        var known = all.Select(one => one.Id).ToHashSet();
        var below = all.ToLookup(one => one.ParentId is { } parent && known.Contains(parent) ? parent : 0);
        var waiting = new Stack<(AccountItem, int)>(below[0].Reverse().Select(one => (one, 0)));
        while (waiting.TryPop(out var next))
        {
            yield return next;
            foreach (var child in below[next.Item1.Id].Reverse())
            {
                waiting.Push((child, next.Item2 + 1));
            }
        }
    }
}
