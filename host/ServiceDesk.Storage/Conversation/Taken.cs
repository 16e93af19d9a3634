using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Conversation;

/// <summary>What was taken out of a ticket for good, by where it was.</summary>
internal sealed class Taken
{
    private readonly IReadOnlyList<RedactionRow> rows;
    private readonly bool withReasons;

    private Taken(IReadOnlyList<RedactionRow> rows, bool withReasons) =>
        (this.rows, this.withReasons) = (rows, withReasons);

    /// <summary>Nothing was taken out.</summary>
    public static Taken Nothing { get; } = new([], false);

    /// <summary>Reads it.</summary>
    /// <param name="withReasons">Whether it is for agents.</param>
    public static async Task<Taken> OfAsync(
        ServiceDeskDb db,
        TicketId ticket,
        bool withReasons,
        CancellationToken cancellation
    ) =>
        new(
            await Reading.AvailableAsync(() =>
                db
                    .Redactions.AsNoTracking()
                    .Where(row => row.TicketId == ticket.Value)
                    .OrderBy(row => row.Version)
                    .ToListAsync(cancellation)
            ),
            withReasons
        );

    /// <summary>Who took a file's content away; null while it is there.</summary>
    public RedactionMark? File(long id) => rows.FirstOrDefault(row => row.FileId == id) is { } row ? Mark(row) : null;

    /// <summary>What was taken out of the words of a comment.</summary>
    public ValueList<RedactionMark> OutOf(long comment) =>
        rows.Where(row => row.Part == RedactionRow.Comment && row.Source == comment).Select(Mark).ToValueList();

    /// <summary>What was taken out of summary and description, as they are or once were: each redaction once.</summary>
    public ValueList<RedactionMark> OutOfOpening() =>
        rows.Where(row => row.Part == RedactionRow.OwnWords).DistinctBy(row => row.Version).Select(Mark).ToValueList();

    private RedactionMark Mark(RedactionRow row) =>
        new(
            Instant.FromUnixTimeTicks(row.At),
            row.PersonId is { } person ? new PersonId(person) : null,
            withReasons ? row.Reason : ""
        );
}
