using System.Linq.Expressions;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Conditions on the changes of a ticket. Each is "the ticket is among those that have such a row".</summary>
internal sealed class HistoryTranslator(ServiceDeskDb db, QueryContext context)
{
    public Expression<Func<TicketRow, bool>> Translate(HasChanged changed)
    {
        var rows = Within(Rows(changed.Field), changed.Window);
        if (changed.From is { } from)
        {
            rows = From(rows, from);
        }

        if (changed.To is { } to)
        {
            rows = To(rows, to);
        }

        if (changed.By is { } people)
        {
            long?[] ids = [.. people.SelectMany(one => one.Resolve(context)).Distinct().Select(id => (long?)id)];
            rows = rows.Where(row => row.PersonId != null && ids.Contains(row.PersonId));
        }

        return Among(rows);
    }

    public Expression<Func<TicketRow, bool>> Translate(HadBefore had)
    {
        var (since, until) = had.Window.Resolve(context);
        var rows = From(Rows(had.Field), had.Values);
        if (since is { } first)
        {
            rows = rows.Where(row => row.At > first);
        }

        if (until is not { } last)
        {
            return Among(rows);
        }

        // It began before the end of the span when no change that lies before this one comes after that.
        var all = Rows(had.Field);
        rows = rows.Where(row =>
            !all.Any(other => other.TicketId == row.TicketId && other.Version < row.Version && other.At >= last)
        );
        return Expressions.All([ticket => ticket.CreatedAt < last, Among(rows)]);
    }

    private IQueryable<TicketChangeRow> Rows(HistoryField field)
    {
        var number = (int)field;
        return db.TicketChanges.Where(row => row.Field == number);
    }

    private IQueryable<TicketChangeRow> Within(IQueryable<TicketChangeRow> rows, HistoryWindow window)
    {
        var (since, until) = window.Resolve(context);
        if (since is { } first)
        {
            rows = rows.Where(row => row.At >= first);
        }

        return until is { } last ? rows.Where(row => row.At < last) : rows;
    }

    private IQueryable<TicketChangeRow> From(IQueryable<TicketChangeRow> rows, HistoryValues values)
    {
        string[] named = [.. values.Resolve(context)];
        return values.IsEmpty
            ? rows.Where(row => row.OldValue == null || named.Contains(row.OldValue))
            : rows.Where(row => row.OldValue != null && named.Contains(row.OldValue));
    }

    private IQueryable<TicketChangeRow> To(IQueryable<TicketChangeRow> rows, HistoryValues values)
    {
        string[] named = [.. values.Resolve(context)];
        return values.IsEmpty
            ? rows.Where(row => row.NewValue == null || named.Contains(row.NewValue))
            : rows.Where(row => row.NewValue != null && named.Contains(row.NewValue));
    }

    private static Expression<Func<TicketRow, bool>> Among(IQueryable<TicketChangeRow> rows)
    {
        var tickets = rows.Select(row => row.TicketId);
        return ticket => tickets.Contains(ticket.Id);
    }
}
