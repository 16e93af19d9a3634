using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>
/// Conditions on the values of fields. Each is "the ticket is among those that have such a row", so that the database may
/// begin with either side.
/// </summary>
internal sealed class FieldTranslator(ServiceDeskDb db)
{
    public Expression<Func<TicketRow, bool>> HasText(string field) =>
        Among(row => row.Field == field && row.Text != null);

    public Expression<Func<TicketRow, bool>> HasNumber(string field) =>
        Among(row => row.Field == field && row.Number != null);

    public Expression<Func<TicketRow, bool>> HasMoment(string field) =>
        Among(row => row.Field == field && row.Moment != null);

    public Expression<Func<TicketRow, bool>> TextIn(string field, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
        {
            var value = values[0];
            return Among(row => row.Field == field && row.Text == value);
        }

        var list = values.ToArray();
        return Among(row => row.Field == field && row.Text != null && list.Contains(row.Text));
    }

    public Expression<Func<TicketRow, bool>> TextHas(string field, string term) =>
        Among(row => row.Field == field && row.Text != null && row.Text.Contains(term));

    public Expression<Func<TicketRow, bool>> NumberIn(string field, IReadOnlyList<double> values)
    {
        var list = values.Select(value => (double?)value).ToArray();
        return Among(row => row.Field == field && row.Number != null && list.Contains(row.Number));
    }

    public Expression<Func<TicketRow, bool>> Number(string field, Comparison comparison, double value) =>
        comparison switch
        {
            Comparison.Less => Among(row => row.Field == field && row.Number < value),
            Comparison.LessOrEqual => Among(row => row.Field == field && row.Number <= value),
            Comparison.Greater => Among(row => row.Field == field && row.Number > value),
            _ => Among(row => row.Field == field && row.Number >= value),
        };

    public Expression<Func<TicketRow, bool>> Moment(string field, bool isBefore, long edge) =>
        isBefore
            ? Among(row => row.Field == field && row.Moment < edge)
            : Among(row => row.Field == field && row.Moment >= edge);

    public Expression<Func<TicketRow, bool>> Date(string field, bool isBefore, string edge) =>
        isBefore
            ? Among(row => row.Field == field && string.Compare(row.Text, edge) < 0)
            : Among(row => row.Field == field && string.Compare(row.Text, edge) >= 0);

    private Expression<Func<TicketRow, bool>> Among(Expression<Func<TicketFieldRow, bool>> row)
    {
        var tickets = db.TicketFields.Where(row).Select(one => one.TicketId);
        return ticket => tickets.Contains(ticket.Id);
    }
}
