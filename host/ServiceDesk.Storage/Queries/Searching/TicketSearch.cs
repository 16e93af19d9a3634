using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Queries.Searching;

/// <inheritdoc cref="ITicketSearch"/>
/// <param name="current">The configuration that is current.</param>
public sealed class TicketSearch(
    IDatabase database,
    QueryLanguage language,
    ITicketLists lists,
    SnapshotJson json,
    Func<IConfiguration> current,
    IClock clock
) : ITicketSearch
{
    private readonly QueryReader reader = new(language, current, clock);

    /// <inheritdoc/>
    public async Task<ReadSearch> ReadAsync(
        Viewer viewer,
        string typed,
        bool onlyWords = false,
        CancellationToken cancellation = default
    )
    {
        var configuration = current();
        var catalog = language.Catalog(configuration);
        if (TicketKey.TryParse(typed.Trim(), out var key))
        {
            return OfKey(key);
        }

        if (!onlyWords && SearchQueries.IsQuery(typed, catalog))
        {
            var written = SearchPlan.Of(QueryParser.Parse(typed), catalog);
            return new ReadSearch(typed.Trim(), [.. written.Bands(catalog)], written.Terms, [], [], IsQuery: true);
        }

        var search = SearchParser.Parse(typed);
        var scope = QueryScope.Of(viewer, configuration);
        var known = Acquaintances.Of(viewer, configuration);
        var names = await ReadAsync(
            db =>
                SearchedNames.LookUpAsync(
                    db,
                    SearchTranslator.NamesIn(search, catalog, scope),
                    known,
                    // Of colleagues whose requests they do not see customers find out nothing, nor of those who left.
                    scope.IsCustomer
                        ? known with
                        {
                            Organizations = viewer.SharedOrganizations,
                        }
                        : known,
                    onlyActive: scope.IsCustomer,
                    cancellation
                ),
            cancellation
        );
        var plan = SearchTranslator.Plan(search, catalog, scope, names);
        return new ReadSearch(
            plan.Text,
            [.. plan.Bands(catalog)],
            plan.Terms,
            plan.Words,
            !onlyWords && SearchQueries.Mistake(typed, catalog) is { } mistake ? [mistake, .. plan.Notes] : plan.Notes,
            IsQuery: false
        );
    }

    /// <inheritdoc/>
    public async Task<Page<TicketHit>> FindAsync(
        Viewer viewer,
        ReadSearch search,
        string? within,
        int limit,
        string? cursor,
        CancellationToken cancellation = default
    )
    {
        var (list, inner) = Place(cursor, search.Lists.Count);
        var items = new List<TicketListItem>();
        string? next = null;
        while (items.Count < limit && list < search.Lists.Count)
        {
            var query = QueryText.Narrow(search.Lists[list], within ?? "");
            var page = await lists.ListAsync(viewer, query, limit - items.Count, inner, cancellation);
            items.AddRange(page.Items);
            list += page.Next is null ? 1 : 0;
            inner = page.Next;
            next = list < search.Lists.Count ? $"{list}.{inner}" : null;
        }

        // The list behind a full one may be empty: nobody is sent to a page with nothing on it.
        if (next is not null && inner is null && !await HasAnyAsync(viewer, search, within, list, cancellation))
        {
            next = null;
        }

        var texts = await ReadAsync(
            db => new FoundTexts(db, viewer, json).OfAsync(items, search.Terms, cancellation),
            cancellation
        );
        return new Page<TicketHit>(
            [
                .. items.Select(item => new TicketHit(
                    item,
                    Highlights.Of(item.Summary, search.Terms),
                    texts.GetValueOrDefault(item.Id.Value)
                )),
            ],
            next
        );
    }

    /// <inheritdoc/>
    public Task<int> CountAsync(Viewer viewer, ReadSearch search, CancellationToken cancellation = default) =>
        ReadAsync(
            async db =>
            {
                var count = 0;
                foreach (var list in search.Lists)
                {
                    var ready = await reader.ReadAsync(db, viewer, list, cancellation);
                    count += await ready
                        .Rows(db, database.Dialect.TextSearch)
                        .Select(ticket => ticket.Id)
                        .Take(ITicketSearch.MostCounted + 1)
                        .CountAsync(cancellation);
                }

                return Math.Min(count, ITicketSearch.MostCounted + 1);
            },
            cancellation
        );

    private async Task<bool> HasAnyAsync(
        Viewer viewer,
        ReadSearch search,
        string? within,
        int list,
        CancellationToken cancellation
    )
    {
        var query = QueryText.Narrow(search.Lists[list], within ?? "");
        return (await lists.ListAsync(viewer, query, 1, null, cancellation)).Items.Count > 0;
    }

    // The ticket itself first, then those that speak of it.
    private static ReadSearch OfKey(TicketKey key)
    {
        var word = QueryText.Quote(Folding.Fold(key.ToString()));
        return new ReadSearch(
            $"key = {key} OR text ~ {word}",
            [$"key = {key}", $"text ~ {word} AND NOT key = {key}"],
            [Folding.Fold(key.ToString())],
            [Folding.Fold(key.ToString())],
            [],
            IsQuery: false
        );
    }

    // "1.CURSOR" goes on in the second list, "1." begins it.
    private static (int List, string? Inner) Place(string? cursor, int lists)
    {
        if (cursor is null)
        {
            return (0, null);
        }

        return cursor.Length > 1 && cursor[1] == '.' && char.IsAsciiDigit(cursor[0]) && cursor[0] - '0' < lists
            ? (cursor[0] - '0', cursor.Length == 2 ? null : cursor[2..])
            : throw new QueryException(new QueryError("query.wrong-cursor", [], 0, 0));
    }

    private Task<T> ReadAsync<T>(Func<ServiceDeskDb, Task<T>> read, CancellationToken cancellation) =>
        Reading.AvailableAsync(async () =>
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            return await read(db);
        });
}
