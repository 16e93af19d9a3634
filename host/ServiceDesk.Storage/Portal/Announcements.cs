using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Portal;

/// <inheritdoc cref="IAnnouncements"/>
public sealed class Announcements(IDatabase database) : IAnnouncements
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Announcement>> StandingAsync(
        IReadOnlyCollection<string> desks,
        Instant at,
        CancellationToken cancellation = default
    )
    {
        var now = at.ToUnixTimeTicks();
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            For(db, desks)
                .Where(row => row.FromAt <= now && (row.UntilAt == null || row.UntilAt > now))
                .OrderByDescending(row => row.Level)
                .ThenByDescending(row => row.FromAt)
                .ThenByDescending(row => row.Id)
                .Take(IAnnouncements.Most)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Of)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Announcement>> OfAsync(
        IReadOnlyCollection<string> desks,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            For(db, desks)
                .OrderByDescending(row => row.FromAt)
                .ThenByDescending(row => row.Id)
                .Take(IAnnouncements.Most)
                .ToListAsync(cancellation)
        );
        return [.. rows.Select(Of)];
    }

    /// <inheritdoc/>
    public async Task<Announcement?> FindAsync(long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var found = await Reading.AvailableAsync(() =>
            db.Announcements.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation)
        );
        return found is null ? null : Of(found);
    }

    /// <inheritdoc/>
    public Task<Announcement> AddAsync(
        AnnouncementText text,
        PersonId by,
        Instant at,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var row = new AnnouncementRow();
                Write(row, text, by, at);
                db.Announcements.Add(row);
                await db.SaveChangesAsync(token);
                return Of(row);
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Announcement?> ChangeAsync(
        long id,
        int version,
        AnnouncementText text,
        PersonId by,
        Instant at,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync<Announcement?>(
            async (db, token) =>
            {
                var row = new AnnouncementRow { Id = id, Version = version };
                Write(row, text, by, at);
                var written = await db
                    .Announcements.Where(old => old.Id == id && old.Version == version)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(old => old.Version, row.Version)
                                .SetProperty(old => old.Desk, row.Desk)
                                .SetProperty(old => old.Level, row.Level)
                                .SetProperty(old => old.Title, row.Title)
                                .SetProperty(old => old.Body, row.Body)
                                .SetProperty(old => old.FromAt, row.FromAt)
                                .SetProperty(old => old.UntilAt, row.UntilAt)
                                .SetProperty(old => old.PersonId, row.PersonId)
                                .SetProperty(old => old.ChangedAt, row.ChangedAt),
                        token
                    );
                return written > 0 ? Of(row) : null;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(long id, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async (db, token) => await db.Announcements.Where(row => row.Id == id).ExecuteDeleteAsync(token) > 0,
            cancellation
        );

    private static IQueryable<AnnouncementRow> For(ServiceDeskDb db, IReadOnlyCollection<string> desks) =>
        db.Announcements.AsNoTracking().Where(row => row.Desk == null || desks.Contains(row.Desk));

    private static void Write(AnnouncementRow row, AnnouncementText text, PersonId by, Instant at)
    {
        row.Version++;
        row.Desk = text.Desk;
        row.Level = (int)text.Level;
        row.Title = Json(text.Title);
        row.Body = text.Body is { } body ? Json(body) : null;
        row.FromAt = text.From.ToUnixTimeTicks();
        row.UntilAt = text.Until?.ToUnixTimeTicks();
        row.PersonId = by.Value;
        row.ChangedAt = at.ToUnixTimeTicks();
    }

    private static Announcement Of(AnnouncementRow row) =>
        new(
            row.Id,
            row.Version,
            new AnnouncementText(
                row.Desk,
                (AnnouncementLevel)row.Level,
                Text(row.Title),
                row.Body is { } body ? Text(body) : null,
                Instant.FromUnixTimeTicks(row.FromAt),
                row.UntilAt is { } until ? Instant.FromUnixTimeTicks(until) : null
            ),
            new PersonId(row.PersonId),
            Instant.FromUnixTimeTicks(row.ChangedAt)
        );

    private static string Json(LocalizedText text) => JsonSerializer.Serialize(text, ServiceDeskJson.Stored);

    private static LocalizedText Text(string json) =>
        JsonSerializer.Deserialize<LocalizedText>(json, ServiceDeskJson.Stored)!;
}
