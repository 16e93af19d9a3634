using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query;

/// <summary>Which part of a ticket a searchable text is.</summary>
public enum TextPart
{
    /// <summary>The summary.</summary>
    Summary = 1,

    /// <summary>The description.</summary>
    Description = 2,

    /// <summary>A public comment or an internal note.</summary>
    Comment = 3,
}

/// <summary>A text of a ticket that searches read.</summary>
/// <param name="Part">Which part it is.</param>
/// <param name="Source">The comment's id; 0 for summary and description.</param>
/// <param name="Visibility">Who may find the ticket by it.</param>
/// <param name="Text">The folded text.</param>
public sealed record SearchableText(TextPart Part, long Source, Visibility Visibility, string Text)
{
    /// <summary>The texts that the state itself holds. An empty description has none.</summary>
    public static IEnumerable<SearchableText> Of(TicketState ticket)
    {
        yield return new SearchableText(TextPart.Summary, 0, Visibility.Public, Folding.Fold(ticket.Summary));
        if (ticket.Description.Length > 0)
        {
            yield return new SearchableText(
                TextPart.Description,
                0,
                Visibility.Public,
                Folding.Fold(ticket.Description)
            );
        }
    }

    /// <summary>The texts that an event adds and nothing takes away again.</summary>
    public static IEnumerable<SearchableText> Of(TicketEvent @event) =>
        @event switch
        {
            PublicCommentAdded comment =>
            [
                new(TextPart.Comment, comment.CommentId, Visibility.Public, Folding.Fold(comment.Body)),
            ],
            InternalNoteAdded note =>
            [
                new(TextPart.Comment, note.CommentId, Visibility.Internal, Folding.Fold(note.Body)),
            ],
            _ => ValueList<SearchableText>.Empty,
        };
}
