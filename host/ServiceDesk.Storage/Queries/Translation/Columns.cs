using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>Which column of a ticket's row a slot reads. Slots of child rows are not among them.</summary>
internal static class Columns
{
    public static Expression<Func<TicketRow, string?>> Text(TextColumn column) =>
        column switch
        {
            TextColumn.Desk => ticket => ticket.Desk,
            TextColumn.Type => ticket => ticket.Type,
            TextColumn.RequestType => ticket => ticket.RequestType,
            TextColumn.Status => ticket => ticket.Status,
            TextColumn.Resolution => ticket => ticket.Resolution,
            TextColumn.ExternalId => ticket => ticket.ExternalIdFolded,
            _ => throw new InvalidOperationException($"{column} is no column."),
        };

    public static Expression<Func<TicketRow, int>> Number(NumberColumn column) =>
        column switch
        {
            NumberColumn.KeyNumber => ticket => ticket.Number,
            NumberColumn.Category => ticket => ticket.Category,
            NumberColumn.Priority => ticket => ticket.Priority,
            NumberColumn.Channel => ticket => ticket.Channel,
            NumberColumn.Reopens => ticket => ticket.ReopenCount,
            NumberColumn.PublicComments => ticket => ticket.PublicComments,
            NumberColumn.InternalNotes => ticket => ticket.InternalNotes,
            NumberColumn.Attachments => ticket => ticket.Attachments,
            _ => throw new InvalidOperationException($"{column} is no column."),
        };

    public static Expression<Func<TicketRow, long?>> Id(IdColumn column) =>
        column switch
        {
            IdColumn.Requester => ticket => ticket.RequesterId,
            IdColumn.Organization => ticket => ticket.OrganizationId,
            IdColumn.Assignee => ticket => ticket.AssigneeId,
            IdColumn.Team => ticket => ticket.TeamId,
            _ => throw new InvalidOperationException($"{column} is no column."),
        };

    public static LambdaExpression Moment(MomentColumn column)
    {
        Expression<Func<TicketRow, long>> Always(Expression<Func<TicketRow, long>> of) => of;
        Expression<Func<TicketRow, long?>> Perhaps(Expression<Func<TicketRow, long?>> of) => of;
        return column switch
        {
            MomentColumn.Created => Always(ticket => ticket.CreatedAt),
            MomentColumn.PublicUpdated => Always(ticket => ticket.PublicUpdatedAt),
            MomentColumn.Updated => Always(ticket => ticket.UpdatedAt),
            MomentColumn.StatusSince => Always(ticket => ticket.StatusSince),
            MomentColumn.Resolved => Perhaps(ticket => ticket.ResolvedAt),
            MomentColumn.Closed => Perhaps(ticket => ticket.ClosedAt),
            _ => throw new InvalidOperationException($"{column} is no column."),
        };
    }

    /// <summary>The column, when it can be empty; null for columns that always have a value.</summary>
    public static LambdaExpression? Nullable(QuerySlot slot) =>
        slot switch
        {
            TextSlot { Column: TextColumn.RequestType or TextColumn.Resolution or TextColumn.ExternalId } text => Text(
                text.Column
            ),
            IdSlot { Column: IdColumn.Organization or IdColumn.Assignee or IdColumn.Team } id => Id(id.Column),
            MomentSlot { Column: MomentColumn.Resolved or MomentColumn.Closed } moment => Moment(moment.Column),
            _ => null,
        };
}
