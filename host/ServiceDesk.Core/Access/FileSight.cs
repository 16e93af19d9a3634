using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>
/// Which files of a ticket somebody sees, besides what their visibility says: a file that stands or once stood in fields is seen by
/// who sees one of them. One that never stood in a field is hidden from nobody here.
/// </summary>
public static class FileSight
{
    private static readonly HashSet<long> None = [];

    /// <summary>Ids of the files that are hidden from the viewer.</summary>
    /// <param name="ticket">The ticket, also as the viewer sees it.</param>
    public static IReadOnlySet<long> HiddenFrom(Viewer viewer, TicketState ticket, IConfiguration configuration)
    {
        if (ticket.FieldFiles.Count == 0)
        {
            return None;
        }

        Func<string, bool> sees =
            viewer.Person.Role.Length == 0 || viewer.WorksOn(ticket.Desk)
                ? field => FieldSight.Sees(viewer, field, ticket.Status, configuration)
                : CustomerViews.FieldsFor(viewer, ticket, configuration);
        return ticket
            .FieldFiles.GroupBy(one => one.File)
            .Where(file => !file.Any(one => sees(one.Field)))
            .Select(file => file.Key)
            .ToHashSet();
    }

    /// <summary>What happened, without hidden files; null when nothing else happened.</summary>
    public static TicketEvent? Shown(IReadOnlySet<long> hidden, TicketEvent happened) =>
        hidden.Count == 0
            ? happened
            : happened switch
            {
                PublicCommentAdded e when Hides(hidden, e.Files) => e with { Files = Seen(hidden, e.Files) },
                InternalNoteAdded e when Hides(hidden, e.Files) => e with { Files = Seen(hidden, e.Files) },
                FilesAttached e when Hides(hidden, e.Files) => Seen(hidden, e.Files) is { Count: > 0 } seen
                    ? e with
                    {
                        Files = seen,
                    }
                    : null,
                FileRedacted e when hidden.Contains(e.File) => null,
                _ => happened,
            };

    private static bool Hides(IReadOnlySet<long> hidden, ValueList<AttachedFile> files) =>
        files.Any(file => hidden.Contains(file.Id));

    private static ValueList<AttachedFile> Seen(IReadOnlySet<long> hidden, ValueList<AttachedFile> files) =>
        files.Where(file => !hidden.Contains(file.Id)).ToValueList();
}
