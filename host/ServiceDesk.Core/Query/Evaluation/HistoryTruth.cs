using ServiceDesk.Core.Query.Binding;

namespace ServiceDesk.Core.Query.Evaluation;

/// <summary>Conditions on the changes of a ticket, in memory.</summary>
internal static class HistoryTruth
{
    public static bool Holds(HasChanged changed, QuerySubject ticket, QueryContext context)
    {
        var (since, until) = changed.Window.Resolve(context);
        var by = changed.By?.SelectMany(one => one.Resolve(context)).ToHashSet();
        var (from, to) = (changed.From?.Resolve(context), changed.To?.Resolve(context));
        return ticket
            .Changes(changed.Field)
            .Any(change =>
                (since is null || change.At >= since)
                && (until is null || change.At < until)
                && (from is null || Is(change.From, from, changed.From!.IsEmpty))
                && (to is null || Is(change.To, to, changed.To!.IsEmpty))
                && (by is null || (change.By is { } person && by.Contains(person)))
            );
    }

    /// <summary>A value that ended in a change began with the change before it, or when the ticket was opened.</summary>
    public static bool Holds(HadBefore had, QuerySubject ticket, QueryContext context)
    {
        var (since, until) = had.Window.Resolve(context);
        if (until is not null && ticket.CreatedAt >= until)
        {
            return false;
        }

        var values = had.Values.Resolve(context);
        var changes = ticket.Changes(had.Field).ToList();
        return changes.Exists(change =>
            Is(change.From, values, had.Values.IsEmpty)
            && (since is null || change.At > since)
            && (until is null || !changes.Exists(other => other.Version < change.Version && other.At >= until))
        );
    }

    private static bool Is(string? value, IReadOnlySet<string> values, bool isEmpty) =>
        value is null ? isEmpty : values.Contains(value);
}
