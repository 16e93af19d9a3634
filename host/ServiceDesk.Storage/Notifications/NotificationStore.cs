using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Notifications;

/// <inheritdoc cref="INotificationStore"/>
public sealed class NotificationStore : INotificationStore, IAsyncDisposable
{
    private const int MostAtOnce = 1000;

    private readonly IDatabase database;

    // When many promises break at once, each tells its people; those of nearly the same moment share one sync of the disk.
    private readonly Gathered<IReadOnlyCollection<NewNotification>, IReadOnlyList<PersonId>> additions;

    /// <summary>A store on the database.</summary>
    public NotificationStore(IDatabase database)
    {
        this.database = database;
        additions = new(TellAsync, error => error is DbUpdateException, Bytes);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PersonId>> AddAsync(
        IReadOnlyCollection<NewNotification> notifications,
        CancellationToken cancellation
    ) => notifications.Count == 0 ? [] : await additions.DoAsync(notifications, cancellation);

    /// <summary>Writes what waits, then ends. Can be repeated.</summary>
    public ValueTask DisposeAsync() => additions.DisposeAsync();

    /// <inheritdoc/>
    public Task HoldAsync(
        IReadOnlyCollection<(NewNotification Notification, Instant Until)> notifications,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                foreach (var (one, until) in notifications)
                {
                    if (!await IsKnownAsync(db, one.Person.Value, one.Key, token))
                    {
                        db.HeldNotifications.Add(
                            new HeldNotificationRow
                            {
                                PersonId = one.Person.Value,
                                Key = one.Key,
                                Text = one.Text,
                                TicketId = one.Ticket?.Value,
                                Visibility = (int)one.Visibility,
                                DueAt = until.ToUnixTimeTicks(),
                            }
                        );
                    }
                }

                return await db.SaveChangesAsync(token);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldNotification>> DueAsync(Instant now, int atMost, CancellationToken cancellation)
    {
        var ticks = now.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var due = await Reading.AvailableAsync(() =>
            db
                .HeldNotifications.AsNoTracking()
                .Where(row => row.DueAt <= ticks || !db.People.Any(p => p.Id == row.PersonId && p.QuietHours == true))
                .OrderBy(row => row.Id)
                .Take(atMost)
                .ToListAsync(cancellation)
        );
        return
        [
            .. due.Select(row => new HeldNotification(
                row.Id,
                row.Key,
                row.TicketId is { } ticket ? new TicketId(ticket) : null
            )),
        ];
    }

    /// <inheritdoc/>
    public Task DropAsync(IReadOnlyCollection<long> held, CancellationToken cancellation) =>
        held.Count == 0
            ? Task.CompletedTask
            : database.EnsureAsync(
                (db, token) => db.HeldNotifications.Where(row => held.Contains(row.Id)).ExecuteDeleteAsync(token),
                cancellation
            );

    /// <inheritdoc/>
    public Task<IReadOnlyList<PersonId>> ReleaseAsync(
        IReadOnlyCollection<long> held,
        Instant now,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync<IReadOnlyList<PersonId>>(
            async (db, token) =>
            {
                var ticks = now.ToUnixTimeTicks();
                var due = await db
                    .HeldNotifications.AsNoTracking()
                    .Where(row => held.Contains(row.Id))
                    .OrderBy(row => row.Id)
                    .ToListAsync(token);
                var told = new List<PersonId>();
                foreach (var row in due)
                {
                    // Whoever deletes it tells it; another node that saw it too finds it gone.
                    var taken = await db.HeldNotifications.Where(r => r.Id == row.Id).ExecuteDeleteAsync(token);
                    if (taken > 0)
                    {
                        db.Notifications.Add(ToRow(row, ticks));
                        told.Add(new PersonId(row.PersonId));
                    }
                }

                await db.SaveChangesAsync(token);
                return told;
            },
            cancellation
        );

    private Task<IReadOnlyList<IReadOnlyList<PersonId>>> TellAsync(
        IReadOnlyList<IReadOnlyCollection<NewNotification>> batch
    ) =>
        database.EnsureAsync<IReadOnlyList<IReadOnlyList<PersonId>>>(
            async (db, token) =>
            {
                var known = await KnownAsync(db, [.. batch.SelectMany(some => some)], token);
                var answers = batch
                    .Select(some => some.Where(one => known.Add((one.Person.Value, one.Key))).ToList())
                    .ToList();
                db.Notifications.AddRange(answers.SelectMany(some => some).Select(ToRow));
                await db.SaveChangesAsync(token);
                return [.. answers.Select(some => some.Select(one => one.Person).ToList())];
            },
            CancellationToken.None
        );

    private static int Bytes(IReadOnlyCollection<NewNotification> notifications) =>
        notifications.Sum(one => sizeof(char) * (one.Text.Length + one.Key.Length));

    // Which of these the people have already, at the bell or kept for them.
    private static async Task<HashSet<(long Person, string Key)>> KnownAsync(
        ServiceDeskDb db,
        IReadOnlyList<NewNotification> notifications,
        CancellationToken cancellation
    )
    {
        var people = notifications.Select(one => one.Person.Value).Distinct().ToList();
        var keys = notifications.Select(one => one.Key).Distinct(StringComparer.Ordinal).ToList();
        var atBell = await db
            .Notifications.Where(row => people.Contains(row.PersonId) && keys.Contains(row.Key))
            .Select(row => new { row.PersonId, row.Key })
            .ToListAsync(cancellation);
        var kept = await db
            .HeldNotifications.Where(row => people.Contains(row.PersonId) && keys.Contains(row.Key))
            .Select(row => new { row.PersonId, row.Key })
            .ToListAsync(cancellation);
        return [.. atBell.Concat(kept).Select(row => (row.PersonId, row.Key))];
    }

    private static async Task<bool> IsKnownAsync(
        ServiceDeskDb db,
        long person,
        string key,
        CancellationToken cancellation
    ) =>
        await db.Notifications.AnyAsync(row => row.PersonId == person && row.Key == key, cancellation)
        || await db.HeldNotifications.AnyAsync(row => row.PersonId == person && row.Key == key, cancellation);

    private static NotificationRow ToRow(HeldNotificationRow held, long at) =>
        new()
        {
            PersonId = held.PersonId,
            Key = held.Key,
            Text = held.Text,
            TicketId = held.TicketId,
            Visibility = held.Visibility,
            At = at,
        };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredNotification>> ListAsync(
        PersonId person,
        bool unreadOnly,
        int limit,
        long? before,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Notifications.AsNoTracking()
                .Where(row => row.PersonId == person.Value)
                .Where(row => !unreadOnly || !row.IsRead)
                .Where(row => before == null || row.Id < before)
                .OrderByDescending(row => row.Id)
                .Take(limit)
                .ToListAsync(cancellation)
        );
        return
        [
            .. rows.Select(row => new StoredNotification(
                row.Id,
                row.Key,
                row.Text,
                row.TicketId is { } ticket ? new TicketId(ticket) : null,
                (Visibility)row.Visibility,
                Instant.FromUnixTimeTicks(row.At),
                row.IsRead
            )),
        ];
    }

    /// <inheritdoc/>
    public async Task<int> CountUnreadAsync(PersonId person, int atMost, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db
                .Notifications.Where(row => row.PersonId == person.Value && !row.IsRead)
                .Take(atMost)
                .CountAsync(cancellation)
        );
    }

    /// <inheritdoc/>
    public Task<int> MarkAsync(PersonId person, long? id, bool isRead, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) =>
                db
                    .Notifications.Where(row => row.PersonId == person.Value && row.IsRead != isRead)
                    .Where(row => id == null || row.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsRead, isRead), token),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<bool> HasAsync(PersonId person, long id, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db.Notifications.AnyAsync(row => row.PersonId == person.Value && row.Id == id, cancellation)
        );
    }

    /// <inheritdoc/>
    public async Task<long> NewestAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => db.Notifications.MaxAsync(row => (long?)row.Id, cancellation)) ?? 0;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(long Id, PersonId Person)>> SinceAsync(long after, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Notifications.AsNoTracking()
                .Where(row => row.Id > after)
                .OrderBy(row => row.Id)
                .Take(MostAtOnce)
                .Select(row => new { row.Id, row.PersonId })
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(row => (row.Id, new PersonId(row.PersonId)))];
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(Instant before, CancellationToken cancellation)
    {
        var ticks = before.ToUnixTimeTicks();
        return database.WriteAsync(
            (db, token) => db.Notifications.Where(row => row.At < ticks).ExecuteDeleteAsync(token),
            cancellation
        );
    }

    private static NotificationRow ToRow(NewNotification one) =>
        new()
        {
            PersonId = one.Person.Value,
            Key = one.Key,
            Text = one.Text,
            TicketId = one.Ticket?.Value,
            Visibility = (int)one.Visibility,
            At = one.At.ToUnixTimeTicks(),
        };
}
