using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Queries.Searching;

/// <summary>People by a part of name or address, or by initial consonants: of those whom the viewer may look up. A hit leads to what the person asked for.</summary>
public sealed class PeopleSource(IPeopleStore people, ICurrentConfiguration configuration) : ISearchSource
{
    public static SearchSourceDefinition Definition { get; } =
        new("people", "search.people", "user", 10) { Permission = Permissions.WorkTickets };

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation)
    {
        var filter = new PeopleFilter
        {
            Text = string.Join(' ', question.Words),
            KnownTo = Acquaintances.Of(question.Viewer, configuration.Snapshot),
            OnlyActive = false,
        };
        var page = await people.ListAsync(filter, question.Limit, null, cancellation);
        return
        [
            .. page.Items.Select(person => new SearchHit(
                person.Name,
                SearchAddress.Of("from", person.Email.Length > 0 ? person.Email : person.Name)
            )
            {
                Detail = person.Email.Length > 0 ? person.Email : null,
            }),
        ];
    }
}
