namespace ServiceDesk.Host.Reactions.Timers;

/// <summary>
/// Whether this server is bringing in history. Meanwhile no timer that was due in it is fired: the next row may tell what
/// happened before, and a ticket never goes back.
/// </summary>
public sealed class HistoryUnderWay
{
    private int imports;

    /// <summary>Whether there is any.</summary>
    public bool Is => Volatile.Read(ref imports) > 0;

    /// <summary>Begins; the end of what is returned ends it.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref imports);
        return new Import(this);
    }

    private sealed class Import(HistoryUnderWay under) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                Interlocked.Decrement(ref under.imports);
            }
        }
    }
}
