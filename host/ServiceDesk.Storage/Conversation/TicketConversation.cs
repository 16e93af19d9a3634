using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Conversation;

/// <inheritdoc cref="ITicketConversation"/>
public sealed class TicketConversation(IDatabase database) : ITicketConversation
{
    private static readonly Expression<Func<CommentRow, bool>> PublicComments = row =>
        row.Visibility == (int)Visibility.Public;

    private static readonly Expression<Func<AttachmentRow, bool>> PublicFiles = row =>
        row.Visibility == (int)Visibility.Public;

    /// <inheritdoc/>
    public async Task<PublicConversation> ReadPublicAsync(TicketId ticket, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var comments = await Reading.AvailableAsync(() =>
            CommentsOf(db, ticket).Where(PublicComments).ToListAsync(cancellation)
        );
        var files = await Reading.AvailableAsync(() =>
            FilesOf(db, ticket).Where(PublicFiles).ToListAsync(cancellation)
        );
        var taken = await Taken.OfAsync(db, ticket, withReasons: false, cancellation);
        var byVersion = files.ToLookup(row => row.Version, row => ToPublic(row, taken));
        return new PublicConversation(
            comments
                .Select(row => new PublicComment(
                    row.Version,
                    Author(row),
                    row.Body,
                    Instant.FromUnixTimeTicks(row.At),
                    row.ByCustomer,
                    (Channel?)row.Channel,
                    byVersion[row.Version].ToValueList()
                )
                {
                    Redactions = taken.OutOf(row.Version),
                })
                .ToValueList(),
            Loose(files, comments.Select(row => row.Version), taken)
        )
        {
            Redactions = taken.OutOfOpening(),
        };
    }

    /// <inheritdoc/>
    public async Task<ValueList<PublicAttachment>> ReadOpeningFilesAsync(
        TicketId ticket,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        // Events of one act share its time.
        var files = await Reading.AvailableAsync(() =>
            FilesOf(db, ticket)
                .Where(PublicFiles)
                .Where(file =>
                    db.Events.Any(e => e.TicketId == file.TicketId && e.Version == 1 && e.At == file.At)
                    && !db.Comments.Any(c => c.TicketId == file.TicketId && c.Version == file.Version)
                )
                .ToListAsync(cancellation)
        );
        var taken = await Taken.OfAsync(db, ticket, withReasons: false, cancellation);
        return files.Select(row => ToPublic(row, taken)).ToValueList();
    }

    /// <inheritdoc/>
    public async Task<FullConversation> ReadFullAsync(TicketId ticket, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var comments = await Reading.AvailableAsync(() => CommentsOf(db, ticket).ToListAsync(cancellation));
        var files = await Reading.AvailableAsync(() => FilesOf(db, ticket).ToListAsync(cancellation));
        var taken = await Taken.OfAsync(db, ticket, withReasons: true, cancellation);
        var byVersion = files.ToLookup(row => row.Version, row => ToAttachment(row, taken));
        var versions = comments.Select(row => row.Version).ToHashSet();
        return new FullConversation(
            comments
                .Select(row => new Comment(
                    row.Version,
                    (Visibility)row.Visibility,
                    Author(row),
                    row.Body,
                    Instant.FromUnixTimeTicks(row.At),
                    row.ByCustomer,
                    (Channel?)row.Channel,
                    byVersion[row.Version].ToValueList()
                )
                {
                    Redactions = taken.OutOf(row.Version),
                })
                .ToValueList(),
            files.Where(row => !versions.Contains(row.Version)).Select(row => ToAttachment(row, taken)).ToValueList()
        )
        {
            Redactions = taken.OutOfOpening(),
        };
    }

    /// <inheritdoc/>
    public async Task<long> BytesAsync(TicketId ticket, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => Present(db, ticket).SumAsync(row => row.Size, cancellation));
    }

    /// <inheritdoc/>
    public async Task<ValueList<KnownFile>> FileIdsAsync(TicketId ticket, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var ids = await Reading.AvailableAsync(() =>
            db
                .Attachments.AsNoTracking()
                .Where(row => row.TicketId == ticket.Value)
                .Select(row => row.FileId)
                .Distinct()
                .ToListAsync(cancellation)
        );
        var taken = await Taken.OfAsync(db, ticket, withReasons: false, cancellation);
        return ids.Select(id => new KnownFile(id, taken.File(id) is not null)).ToValueList();
    }

    /// <inheritdoc/>
    public async Task<PublicAttachment?> FindPublicAttachmentAsync(
        TicketId ticket,
        long fileId,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            Present(db, ticket).Where(PublicFiles).FirstOrDefaultAsync(r => r.FileId == fileId, cancellation)
        );
        return row is null ? null : ToPublic(row, Taken.Nothing);
    }

    /// <inheritdoc/>
    public async Task<Attachment?> FindAttachmentAsync(
        TicketId ticket,
        long fileId,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            Present(db, ticket).FirstOrDefaultAsync(r => r.FileId == fileId, cancellation)
        );
        return row is null ? null : ToAttachment(row, Taken.Nothing);
    }

    private static IQueryable<CommentRow> CommentsOf(ServiceDeskDb db, TicketId ticket) =>
        db.Comments.AsNoTracking().Where(row => row.TicketId == ticket.Value).OrderBy(row => row.Version);

    private static IQueryable<AttachmentRow> FilesOf(ServiceDeskDb db, TicketId ticket) =>
        db
            .Attachments.AsNoTracking()
            .Where(row => row.TicketId == ticket.Value)
            .OrderBy(row => row.Version)
            .ThenBy(row => row.Ordinal);

    // Those whose content was not taken away.
    private static IQueryable<AttachmentRow> Present(ServiceDeskDb db, TicketId ticket) =>
        FilesOf(db, ticket)
            .Where(row => !db.Redactions.Any(gone => gone.TicketId == row.TicketId && gone.FileId == row.FileId));

    private static ValueList<PublicAttachment> Loose(
        IEnumerable<AttachmentRow> files,
        IEnumerable<long> comments,
        Taken taken
    )
    {
        var withWords = comments.ToHashSet();
        return files.Where(row => !withWords.Contains(row.Version)).Select(row => ToPublic(row, taken)).ToValueList();
    }

    private static Actor Author(CommentRow row) =>
        new((ActorKind)row.AuthorKind, row.AuthorId is { } person ? new PersonId(person) : null, row.AuthorName);

    private static PublicAttachment ToPublic(AttachmentRow row, Taken taken) =>
        new(File(row), Uploader(row), At(row)) { Removed = taken.File(row.FileId) };

    private static Attachment ToAttachment(AttachmentRow row, Taken taken) =>
        new(File(row), (Visibility)row.Visibility, Uploader(row), At(row)) { Removed = taken.File(row.FileId) };

    private static AttachedFile File(AttachmentRow row) =>
        new(row.FileId, row.Name, row.ContentType, row.Size, row.Sha256);

    private static PersonId? Uploader(AttachmentRow row) => row.AuthorId is { } author ? new PersonId(author) : null;

    private static Instant At(AttachmentRow row) => Instant.FromUnixTimeTicks(row.At);
}
