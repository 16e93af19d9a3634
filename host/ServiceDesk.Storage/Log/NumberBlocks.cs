using System.Collections.Concurrent;
using System.Globalization;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Log;

/// <summary>Numbers of series, taken from the database in blocks, so that most cost no write. Unique among all nodes.</summary>
internal sealed class NumberBlocks(Database database) : IAsyncDisposable
{
    private const int BlockSize = 20;

    private readonly ConcurrentDictionary<string, Series> all = new(StringComparer.Ordinal);

    /// <summary>The smallest number of the series that this node holds.</summary>
    public async Task<long> TakeAsync(string name, CancellationToken cancellation)
    {
        var series = all.GetOrAdd(name, _ => new Series());
        await series.Turn.WaitAsync(cancellation);
        try
        {
            lock (series.Free)
            {
                if (series.Free.Count > 0)
                {
                    return Smallest(series);
                }
            }

            var start = await ReserveAsync(name, BlockSize, cancellation);
            lock (series.Free)
            {
                for (var number = start; number < start + BlockSize; number++)
                {
                    series.Free.Add(number);
                }

                return Smallest(series);
            }
        }
        finally
        {
            series.Turn.Release();
        }
    }

    /// <summary>Gives a number back that was not used.</summary>
    public void Release(string name, long number)
    {
        var series = all.GetOrAdd(name, _ => new Series());
        lock (series.Free)
        {
            series.Free.Add(number);
        }
    }

    /// <summary>Gives back what no other node has taken after it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (name, series) in all)
        {
            long end;
            long start;
            lock (series.Free)
            {
                if (series.Free.Count == 0)
                {
                    continue;
                }

                end = series.Free.Max + 1;
                start = series.Free.Max;
                while (series.Free.Contains(start - 1))
                {
                    start--;
                }

                series.Free.Clear();
            }

            try
            {
                await database.WriteAsync(
                    async (turn, transaction, cancellation) =>
                        await turn.ExecuteAsync(
                            transaction,
                            [
                                new Statement(
                                    "UPDATE numbers SET next = @p0 WHERE series = @p1 AND next = @p2",
                                    start,
                                    name,
                                    end
                                ),
                            ],
                            cancellation
                        ),
                    CancellationToken.None
                );
            }
            catch (StorageUnavailableException)
            {
                // A database that is away keeps them reserved: there will be a gap, as after a crash.
            }

            series.Turn.Dispose();
        }
    }

    private static long Smallest(Series series)
    {
        var number = series.Free.Min;
        series.Free.Remove(number);
        return number;
    }

    private Task<long> ReserveAsync(string name, int count, CancellationToken cancellation) =>
        database.WriteAsync(
            async (turn, transaction, token) =>
            {
                await turn.ExecuteAsync(
                    transaction,
                    [
                        new Statement(database.Dialect.InsertIfMissing("numbers", "series, next", "@p0, 1"), name),
                        new Statement("UPDATE numbers SET next = next + @p1 WHERE series = @p0", name, (long)count),
                    ],
                    token
                );
                var rows = await turn.QueryAsync(
                    transaction,
                    new Statement("SELECT next FROM numbers WHERE series = @p0", name),
                    token
                );
                return Convert.ToInt64(rows[0][0], CultureInfo.InvariantCulture) - count;
            },
            cancellation
        );

    private sealed class Series
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public SortedSet<long> Free { get; } = [];
    }
}
