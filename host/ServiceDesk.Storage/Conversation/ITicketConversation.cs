using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Conversation;

/// <summary>
/// Comments and attachments of a ticket. What a customer may read and what an agent may read are different methods with
/// different types, so that an internal text has no way to a customer. Ask only for tickets that were shown.
/// </summary>
public interface ITicketConversation
{
    /// <summary>For the requester and participants: public comments in order. Files attached without a comment stand in <see cref="PublicConversation.Files"/>.</summary>
    Task<PublicConversation> ReadPublicAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>For agents of the desk: everything in order.</summary>
    Task<FullConversation> ReadFullAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>For who is only asked for an approval: the public files with which the ticket was opened. What came later is an answer, also without words.</summary>
    Task<ValueList<PublicAttachment>> ReadOpeningFilesAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>What the files of a ticket have together, in bytes; those whose content was taken away count nothing.</summary>
    Task<long> BytesAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>Ids of all files that a ticket has or had, and whether the content was taken away.</summary>
    Task<ValueList<KnownFile>> FileIdsAsync(TicketId ticket, CancellationToken cancellation = default);

    /// <summary>A public attachment; null when the ticket has none such, or its content was taken away.</summary>
    Task<PublicAttachment?> FindPublicAttachmentAsync(
        TicketId ticket,
        long fileId,
        CancellationToken cancellation = default
    );

    /// <summary>An attachment, public or internal; null when the ticket has none such, or its content was taken away.</summary>
    Task<Attachment?> FindAttachmentAsync(TicketId ticket, long fileId, CancellationToken cancellation = default);
}

/// <summary>That something was taken out for good.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who did it; null for the product.</param>
/// <param name="Reason">Why, for agents; empty for customers.</param>
public sealed record RedactionMark(Instant At, PersonId? By, string Reason);

/// <summary>What a customer may read.</summary>
public sealed record PublicConversation(ValueList<PublicComment> Comments, ValueList<PublicAttachment> Files)
{
    /// <summary>What was taken out of summary and description.</summary>
    public ValueList<RedactionMark> Redactions { get; init; } = [];
}

/// <summary>A public comment.</summary>
/// <param name="Id">Unique in the ticket.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Body">Markdown.</param>
/// <param name="At">When.</param>
/// <param name="ByCustomer">Whether the requester or a participant wrote it.</param>
/// <param name="Channel">Phone or mail; null when it was written here.</param>
/// <param name="Files">Files that came with it.</param>
public sealed record PublicComment(
    long Id,
    Actor Author,
    string Body,
    Instant At,
    bool ByCustomer,
    Channel? Channel,
    ValueList<PublicAttachment> Files
)
{
    /// <summary>What was taken out of its words.</summary>
    public ValueList<RedactionMark> Redactions { get; init; } = [];
}

/// <summary>A public file.</summary>
public sealed record PublicAttachment(AttachedFile File, PersonId? Author, Instant At)
{
    /// <summary>When and by whom its content was taken away; null while it is there.</summary>
    public RedactionMark? Removed { get; init; }
}

/// <summary>What an agent may read.</summary>
public sealed record FullConversation(ValueList<Comment> Comments, ValueList<Attachment> Files)
{
    /// <summary>What was taken out of summary and description.</summary>
    public ValueList<RedactionMark> Redactions { get; init; } = [];
}

/// <summary>A comment, public or internal.</summary>
/// <param name="Id">Unique in the ticket.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Body">Markdown.</param>
/// <param name="At">When.</param>
/// <param name="ByCustomer">Whether the requester or a participant wrote it.</param>
/// <param name="Channel">Phone or mail; null when it was written here.</param>
/// <param name="Files">Files that came with it; they have its visibility.</param>
public sealed record Comment(
    long Id,
    Visibility Visibility,
    Actor Author,
    string Body,
    Instant At,
    bool ByCustomer,
    Channel? Channel,
    ValueList<Attachment> Files
)
{
    /// <summary>What was taken out of its words.</summary>
    public ValueList<RedactionMark> Redactions { get; init; } = [];
}

/// <summary>A file, public or internal.</summary>
public sealed record Attachment(AttachedFile File, Visibility Visibility, PersonId? Author, Instant At)
{
    /// <summary>Who took its content away, when and why; null while it is there.</summary>
    public RedactionMark? Removed { get; init; }
}
