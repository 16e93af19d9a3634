using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Storage.Queries;

/// <summary>Counts several queries in as few statements as the database takes gladly.</summary>
internal static class QueueCounts
{
    private const int PerStatement = 16;

    public static async Task<IReadOnlyList<QueueCount>> CountAsync(
        ServiceDeskDb db,
        ITextSearch search,
        QueryReader reader,
        Viewer viewer,
        IReadOnlyList<string> queries,
        CancellationToken cancellation
    )
    {
        var counts = new QueueCount[queries.Count];
        var ready = new List<(int Place, ReadyQuery Query)>();
        for (var place = 0; place < queries.Count; place++)
        {
            counts[place] = new QueueCount(0, null);
            try
            {
                ready.Add((place, await reader.ReadAsync(db, viewer, queries[place], cancellation)));
            }
            catch (QueryException exception)
            {
                counts[place] = new QueueCount(0, exception.Error);
            }
        }

        foreach (var some in ready.Chunk(PerStatement))
        {
            var union = some.Select(one => Counted(db, search, one.Place, one.Query)).Aggregate(Queryable.Concat);
            foreach (var row in await union.ToListAsync(cancellation))
            {
                counts[row.Place] = new QueueCount(row.Count, null);
            }
        }

        return counts;
    }

    private static IQueryable<Counted> Counted(ServiceDeskDb db, ITextSearch search, int place, ReadyQuery query) =>
        query
            .Rows(db, search)
            .GroupBy(_ => place)
            .Select(group => new Counted { Place = group.Key, Count = group.Count() });
}

/// <summary>A row of the answer.</summary>
internal sealed class Counted
{
    public int Place { get; set; }
    public int Count { get; set; }
}
