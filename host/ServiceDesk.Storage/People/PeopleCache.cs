using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.People;

/// <summary>
/// What was read of people, until the stamp that every change of people writes has another value. The stamp is read at most
/// twice a second, so that a change shows within a second on every node.
/// </summary>
internal sealed class PeopleCache(IDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(500);

    private Content content = new();
    private long checkedAt;
    private long? stamp;

    /// <summary>What is known now. Whoever reads from the database after this call may add to it.</summary>
    public async ValueTask<Content> CurrentAsync(CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        if (stamp is not null && time.GetElapsedTime(Volatile.Read(ref checkedAt), now) < Trust)
        {
            return content;
        }

        await using var db = database.CreateDbContext();
        var found = await Reading.AvailableAsync(() =>
            db.Stamps.Where(row => row.Name == StampRow.People).Select(row => row.Value).SingleAsync(cancellation)
        );
        lock (this)
        {
            if (found != stamp)
            {
                content = new Content();
                stamp = found;
            }

            Volatile.Write(ref checkedAt, now);
            return content;
        }
    }

    /// <summary>Forgets everything, after a change on this node.</summary>
    public void Forget()
    {
        lock (this)
        {
            content = new Content();
            stamp = null;
        }
    }

    /// <summary>People, organizations and teams by id; null where there is none.</summary>
    internal sealed class Content
    {
        public ConcurrentDictionary<long, Person?> People { get; } = new();

        public ConcurrentDictionary<long, Organization?> Organizations { get; } = new();

        public ConcurrentDictionary<long, Team?> Teams { get; } = new();

        /// <summary>First pages of people by what they have in common, which every ticket's page shows.</summary>
        public ConcurrentDictionary<(PeopleFilter Filter, int Limit), Page<Person>> Lists { get; } = new();

        /// <summary>Absences from some day on, with that day; null until somebody asked.</summary>
        public KnownAbsences? Absences { get; set; }

        /// <summary>All teams by name; null until somebody asked.</summary>
        public IReadOnlyList<Team>? AllTeams { get; set; }
    }
}
