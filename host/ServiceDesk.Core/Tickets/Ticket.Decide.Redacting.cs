using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

// Taking words and files out for good. What goes is told by the command alone, never by an event.
public static partial class Ticket
{
    private const int LongestPassage = 10_000;

    private static Decision Redact(TicketQuestion asked, RedactText command)
    {
        var redaction = Redaction.Of(command)!;
        var (passage, reason) = (redaction.Passage!, command.Reason.Trim());
        if (MayRedact(asked, reason) is { Count: > 0 } refusals)
        {
            return Decision.Refuse(refusals);
        }

        if (TextRules.Text(passage, "passage", required: true, LongestPassage) is { } wrong)
        {
            return Decision.Refuse(wrong);
        }

        var places = asked.Facts.Log.Where(one => redaction.IsIn(one.Event)).ToList();
        return Rules.Unless(
            [
                Redaction.IsTooLittle(passage) ? Refusal.Invalid(RefusalCodes.RedactionTooLittle, "passage")
                : places.Count == 0 ? Refusal.Invalid(RefusalCodes.RedactionNotThere, "passage")
                : null,
                reason.Contains(passage, StringComparison.Ordinal)
                    ? Refusal.Invalid(RefusalCodes.RedactionReasonTells, "reason")
                    : null,
            ],
            () =>
                [
                    new TextRedacted(
                        places.Select(one => CommentOf(one.Event)).OfType<long>().ToValueList(),
                        Changed(asked.Ticket.Summary),
                        Changed(asked.Ticket.Description),
                        passage.Length,
                        places.All(one => one.Event is InternalNoteAdded) ? Visibility.Internal : Visibility.Public,
                        reason
                    ),
                ]
        );

        string? Changed(string text) => redaction.Without(text) is var without && without != text ? without : null;
    }

    private static Decision Redact(TicketQuestion asked, RedactFile command)
    {
        var reason = command.Reason.Trim();
        if (MayRedact(asked, reason) is { Count: > 0 } refusals)
        {
            return Decision.Refuse(refusals);
        }

        // A file that somebody does not see is not there for them.
        var isHidden =
            asked.Viewer is { } viewer
            && FileSight.HiddenFrom(viewer, asked.Ticket, asked.Configuration).Contains(command.File);
        var places = asked
            .Facts.Log.Where(one => !isHidden && Redaction.FilesOf(one.Event).Any(file => file.Id == command.File))
            .ToList();
        var isGone = asked.Facts.Log.Any(one => one.Event is FileRedacted e && e.File == command.File);
        var name = Redaction.Named(command);
        return Rules.Unless(
            [
                places.Count == 0 ? Refusal.NotFound(RefusalCodes.FileNotThere) : null,
                isGone ? Refusal.Conflict(RefusalCodes.FileRedacted) : null,
                name is null ? null : TextRules.Line(name, "name", required: true),
            ],
            () =>
                [
                    new FileRedacted(
                        command.File,
                        name
                            ?? places
                                .SelectMany(one => Redaction.FilesOf(one.Event))
                                .First(file => file.Id == command.File)
                                .Name,
                        places.Sum(one => Redaction.FilesOf(one.Event).Count(file => file.Id == command.File)),
                        places.All(one => IsInternal(one.Event)) ? Visibility.Internal : Visibility.Public,
                        reason
                    ),
                ]
        );
    }

    private static ValueList<Refusal> MayRedact(TicketQuestion asked, string reason) =>
        new[]
        {
            Rules.OnlyAgents(asked)
                ?? (
                    asked.Viewer?.May(Permissions.Redact) == false
                        ? Refusal.Forbidden(RefusalCodes.RedactionPermission)
                        : null
                ),
            TextRules.Line(reason, "reason", required: true),
        }
            .OfType<Refusal>()
            .ToValueList();

    private static long? CommentOf(TicketEvent @event) =>
        @event switch
        {
            PublicCommentAdded e => e.CommentId,
            InternalNoteAdded e => e.CommentId,
            _ => null,
        };

    private static bool IsInternal(TicketEvent @event) =>
        @event is InternalNoteAdded or FilesAttached { Visibility: Visibility.Internal };
}
