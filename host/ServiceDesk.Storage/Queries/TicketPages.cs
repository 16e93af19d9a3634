using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Queries.Paging;

namespace ServiceDesk.Storage.Queries;

/// <summary>Finds which tickets stand on a page, by identity alone; what is shown of them is read afterwards.</summary>
internal static class TicketPages
{
    /// <summary>Most tickets on a page.</summary>
    public const int MaxLimit = 200;

    /// <summary>The identities of a page in order, and the cursor of the next one.</summary>
    /// <exception cref="QueryException">The limit or cursor is wrong.</exception>
    public static async Task<(IReadOnlyList<long> Ids, string? Next)> FindAsync(
        ServiceDeskDb db,
        ITextSearch search,
        ReadyQuery query,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        if (page.Limit is < 1 or > MaxLimit)
        {
            throw QueryMistake("query.wrong-limit", $"{MaxLimit}");
        }

        var keyset = new Keyset(new SortColumns(db).Of(query.Query.Order));
        var list = $"{query.Viewer.Person.Id}\n{page.Text}";
        var after = page.Cursor is null
            ? null
            : QueryCursor.Read(page.Cursor, list, keyset.Types) ?? throw QueryMistake("query.wrong-cursor");

        if (await TextWalk.FindAsync(db, search, query, keyset, after, page.Limit, cancellation) is { } walked)
        {
            return PageOf(walked, page, list);
        }

        var rows = query.Rows(db, search);
        var found = new List<(object?[] Values, bool IsTail)>();
        foreach (var isTail in keyset.HasTail ? new[] { false, true } : [false])
        {
            if (found.Count > page.Limit || (after is { IsInTail: true } && !isTail))
            {
                continue;
            }

            var stretch = keyset
                .Stretch(rows, isTail, after)
                .Select(keyset.Values())
                .Take(page.Limit + 1 - found.Count);
            found.AddRange((await stretch.ToListAsync(cancellation)).Select(values => (values, isTail)));
        }

        return PageOf(found, page, list);
    }

    private static (IReadOnlyList<long> Ids, string? Next) PageOf(
        List<(object?[] Values, bool IsTail)> found,
        PageRequest page,
        string list
    )
    {
        var ids = found.Take(page.Limit).Select(row => (long)row.Values[^1]!).ToList();
        var next =
            found.Count <= page.Limit
                ? null
                : new QueryCursor(found[page.Limit - 1].IsTail, found[page.Limit - 1].Values).Write(list);
        return (ids, next);
    }

    private static QueryException QueryMistake(string code, params ReadOnlySpan<string> arguments) =>
        new(new QueryError(code, Sdk.Values.ValueList.Create(arguments), 0, 0));
}

/// <summary>Which page is wanted.</summary>
/// <param name="Text">The query's text.</param>
/// <param name="Limit">1 to <see cref="TicketPages.MaxLimit"/>.</param>
/// <param name="Cursor">Where the page before ended; null for the first.</param>
internal sealed record PageRequest(string Text, int Limit, string? Cursor);
