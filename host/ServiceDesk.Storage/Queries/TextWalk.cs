using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Queries.Paging;

namespace ServiceDesk.Storage.Queries;

/// <summary>
/// Finds a page of a search for common words. An index gives all texts with a word, in no order that people want, so that a
/// word in every third ticket costs a third of all tickets, for fifty lines. Here the list is walked in its order instead,
/// and each ticket's texts are read, as far as a limit: common words fill the page within it, and what does not is rare
/// enough for the index.
/// </summary>
internal static class TextWalk
{
    private const int Short = 400;
    private const int Long = 4_000;

    /// <summary>One more than the limit, in order; null when the walk did not get that far or is no use for the query.</summary>
    public static async Task<List<(object?[] Values, bool IsTail)>?> FindAsync(
        ServiceDeskDb db,
        ITextSearch search,
        ReadyQuery query,
        Keyset keyset,
        QueryCursor? after,
        int limit,
        CancellationToken cancellation
    )
    {
        if (!IsInOrderOfAnIndex(query.Query.Order) || !HasTexts(query.Query.Filter))
        {
            return null;
        }

        var found = await WalkAsync(Short);
        if (found.Count <= limit && found.Count * (Long / Short) > limit)
        {
            found = await WalkAsync(Long);
        }

        return found.Count > limit ? found.ConvertAll(values => (values, false)) : null;

        async Task<List<object?[]>> WalkAsync(int length)
        {
            var first = keyset.Stretch(db.Tickets.AsNoTracking(), isTail: false, after).Take(length);
            return await keyset
                .Stretch(query.Among(first, db, search), isTail: false, after: null)
                .Select(keyset.Values())
                .Take(limit + 1)
                .ToListAsync(cancellation);
        }
    }

    private static bool IsInOrderOfAnIndex(ValueList<SortKey> order) =>
        order
            is []
                or [
                    { OnlyOnDesks: null, Slot: MomentSlot { Column: MomentColumn.Created or MomentColumn.Updated } },
                    ..,
                ];

    private static bool HasTexts(Predicate predicate) =>
        predicate switch
        {
            Mentions => true,
            AllOf all => all.Parts.Any(HasTexts),
            AnyOf any => any.Parts.Any(HasTexts),
            Negation not => HasTexts(not.Part),
            _ => false,
        };
}
