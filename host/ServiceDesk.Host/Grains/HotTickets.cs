using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Grains;

/// <summary>
/// Tickets kept in memory, and the turn of each: whoever holds a ticket's turn is alone with it. Tickets that nobody used
/// for a while, and the longest unused ones above the memory limit, are forgotten; one in use never is.
/// </summary>
public sealed class HotTickets : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<TicketId, Seat> seats = [];

    // Seats that nobody holds or waits for, the longest unused first.
    private readonly LinkedList<Seat> idle = [];
    private readonly TimeProvider time;
    private readonly TimeSpan idleLimit;
    private readonly long memoryLimit;
    private readonly ITimer sweep;
    private long memory;

    public HotTickets(HostOptions options, TimeProvider time)
    {
        this.time = time;
        idleLimit = options.GrainIdle.ToTimeSpan();
        memoryLimit = options.GrainMemory;
        var period = TimeSpan.FromTicks(Math.Max(idleLimit.Ticks / 4, TimeSpan.TicksPerSecond));
        sweep = time.CreateTimer(_ => ForgetIdle(), state: null, period, period);
    }

    /// <summary>How many tickets are in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return seats.Count;
            }
        }
    }

    /// <summary>Roughly how many bytes they take.</summary>
    public long Memory
    {
        get
        {
            lock (gate)
            {
                return memory;
            }
        }
    }

    /// <summary>Waits for the ticket's turn. Dispose the turn to pass it on.</summary>
    public async Task<Turn> EnterAsync(TicketId ticket, CancellationToken cancellation)
    {
        Seat? seat;
        lock (gate)
        {
            if (!seats.TryGetValue(ticket, out seat))
            {
                seat = new Seat(ticket);
                seats.Add(ticket, seat);
            }

            seat.Users++;
            RemoveFromIdle(seat);
        }

        try
        {
            await seat.Entrance.WaitAsync(cancellation);
        }
        catch
        {
            Leave(seat);
            throw;
        }

        return new Turn(this, seat);
    }

    /// <summary>Whether a ticket is in memory or in use.</summary>
    public bool Knows(TicketId ticket)
    {
        lock (gate)
        {
            return seats.ContainsKey(ticket);
        }
    }

    /// <summary>Remembers a ticket that was just read, unless it is in memory or in use.</summary>
    public void Offer(TicketSnapshot snapshot)
    {
        lock (gate)
        {
            if (seats.ContainsKey(snapshot.State.Id))
            {
                return;
            }

            var seat = new Seat(snapshot.State.Id) { Users = 1 };
            seats.Add(seat.Ticket, seat);
            Remember(seat, snapshot);
            Leave(seat);
        }
    }

    public void Dispose() => sweep.Dispose();

    private void Leave(Seat seat)
    {
        lock (gate)
        {
            seat.Users--;
            if (seat.Users > 0)
            {
                return;
            }

            if (seat.Snapshot is null)
            {
                Forget(seat);
                return;
            }

            seat.UnusedSince = time.GetTimestamp();
            seat.IdlePlace = idle.AddLast(seat);
            while (memory > memoryLimit && idle.First is { } longestUnused)
            {
                Forget(longestUnused.Value);
            }
        }
    }

    private void ForgetIdle()
    {
        lock (gate)
        {
            while (idle.First is { } first && time.GetElapsedTime(first.Value.UnusedSince) >= idleLimit)
            {
                Forget(first.Value);
            }
        }
    }

    private void Forget(Seat seat)
    {
        RemoveFromIdle(seat);
        seats.Remove(seat.Ticket);
        memory -= seat.Size;
        seat.Entrance.Dispose();
    }

    private void RemoveFromIdle(Seat seat)
    {
        if (seat.IdlePlace is { } place)
        {
            idle.Remove(place);
            seat.IdlePlace = null;
        }
    }

    private void Remember(Seat seat, TicketSnapshot? snapshot)
    {
        var size = snapshot is null ? 0 : SnapshotSize.Of(snapshot);
        lock (gate)
        {
            memory += size - seat.Size;
            seat.Size = size;
            seat.Snapshot = snapshot;
        }
    }

    /// <summary>The right to be alone with a ticket.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly HotTickets tickets;
        private readonly Seat seat;

        internal Turn(HotTickets tickets, Seat seat)
        {
            this.tickets = tickets;
            this.seat = seat;
        }

        /// <summary>The ticket as it was remembered; another node may have changed it since. Null when it must be loaded.</summary>
        public TicketSnapshot? Snapshot
        {
            get => seat.Snapshot;
            set => tickets.Remember(seat, value);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            seat.Entrance.Release();
            tickets.Leave(seat);
        }
    }

    internal sealed class Seat(TicketId ticket)
    {
        public TicketId Ticket { get; } = ticket;

        /// <summary>Lets one in at a time, in the order of arrival.</summary>
        public SemaphoreSlim Entrance { get; } = new(1, 1);

        public int Users { get; set; }
        public TicketSnapshot? Snapshot { get; set; }
        public long Size { get; set; }
        public long UnusedSince { get; set; }
        public LinkedListNode<Seat>? IdlePlace { get; set; }
    }
}
