using System.Globalization;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Crm.Reading;

/// <summary>Accounts that the search box finds, by key and name: of those that the viewer may see.</summary>
public sealed class AccountSearch(CrmReader reader) : ISearchSource
{
    /// <summary>The group.</summary>
    public static SearchSourceDefinition Definition { get; } =
        new("crm.accounts", "crm.accounts.title", "building-community", 30) { Permission = CrmPlugin.SeePermission };

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation)
    {
        var words = string.Join(' ', question.Words);
        var found = await reader.AccountsAsync(question.Viewer, words, 1, cancellation, question.Limit);
        return
        [
            .. found.Items.Select(account => new SearchHit(
                account.Name,
                string.Create(CultureInfo.InvariantCulture, $"/plugins/crm/account?account={account.Id}")
            )
            {
                Detail = account.Key,
            }),
        ];
    }
}
