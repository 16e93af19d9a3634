using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries.Paging;

/// <summary>Turns the keys of an order into columns. People, teams and organizations are ordered by name.</summary>
internal sealed class SortColumns(ServiceDeskDb db)
{
    /// <summary>The columns, with the ticket's identity last, so that no two rows are equal. Without keys: newest first.</summary>
    public IReadOnlyList<SortColumn> Of(ValueList<SortKey> order)
    {
        var keys = order.Count > 0 ? order : [new SortKey(new MomentSlot(MomentColumn.Created), Descending: true, [])];
        Expression<Func<TicketRow, long>> id = ticket => ticket.Id;
        return
        [
            .. keys.DistinctBy(key => key.Slot).Select(Column),
            new SortColumn(Expressions.Body(id), keys[0].Descending, IsNullable: false),
        ];
    }

    private SortColumn Column(SortKey key)
    {
        var (value, isNullable) = Value(key);
        if (key.HiddenIn is { } hidden)
        {
            var named = Expressions.Body(Expressions.In(ticket => ticket.Status, hidden.Named));
            (value, isNullable) = (Where(hidden.Elsewhere ? named : Expression.Not(named), value), true);
        }

        if (key.OnlyOnDesks is null)
        {
            return new SortColumn(value, key.Descending, isNullable);
        }

        if (key.Elsewhere is null)
        {
            return new SortColumn(Where(On(key.OnlyOnDesks), value), key.Descending, IsNullable: true);
        }

        var (elsewhere, _) = Value(key with { Slot = key.Elsewhere });
        return new SortColumn(
            key.OnlyOnDesks.Count == 0 ? elsewhere : Expression.Condition(On(key.OnlyOnDesks), value, elsewhere),
            key.Descending,
            IsNullable: false
        );
    }

    private static Expression On(ValueList<string> desks) =>
        Expressions.Body(Expressions.In(ticket => ticket.Desk, desks));

    private (Expression Value, bool IsNullable) Value(SortKey key) =>
        key.Slot switch
        {
            TextSlot { Column: TextColumn.Field } text when key.Named is { } kind => (NameIn(text.Field!, kind), true),
            TextSlot { Column: TextColumn.Field } text when key.Places.Count > 0 => (
                Place(text.Field!, key.Places),
                true
            ),
            TextSlot { Column: TextColumn.Field } text => (FieldText(text.Field!), true),
            NumberSlot { Column: NumberColumn.Field } number => (FieldNumber(number.Field!), true),
            MomentSlot { Column: MomentColumn.Field } moment => (FieldMoment(moment.Field!), true),
            MomentSlot { Column: MomentColumn.Due } => Due(key.Descending),
            IdSlot id => (Name(id.Column), true),
            _ when Columns.Nullable(key.Slot) is { } nullable => (Expressions.Body(nullable), true),
            TextSlot text => (Expressions.Body(Columns.Text(text.Column)), false),
            NumberSlot number => (Expressions.Body(Columns.Number(number.Column)), false),
            MomentSlot moment => (Expressions.Body(Columns.Moment(moment.Column)), false),
            _ => throw new InvalidOperationException($"No such slot: {key.Slot}"),
        };

    /// <summary>The stand-in for "no clock runs" is last by itself when the nearest comes first.</summary>
    private static (Expression Value, bool IsNullable) Due(bool descending)
    {
        Expression<Func<TicketRow, long>> stored = ticket => ticket.NextDueAt;
        Expression<Func<TicketRow, long?>> perhaps = ticket =>
            ticket.NextDueAt == TicketRow.NoDue ? null : ticket.NextDueAt;
        return descending ? (Expressions.Body(perhaps), true) : (Expressions.Body(stored), false);
    }

    /// <summary>The value where the condition holds, and none elsewhere.</summary>
    private static Expression Where(Expression condition, Expression value)
    {
        var type = value.Type.IsValueType
            ? typeof(Nullable<>).MakeGenericType(Nullable.GetUnderlyingType(value.Type) ?? value.Type)
            : value.Type;
        return Expression.Condition(
            condition,
            value.Type == type ? value : Expression.Convert(value, type),
            Expression.Constant(null, type)
        );
    }

    private Expression Name(IdColumn column) =>
        column switch
        {
            IdColumn.Organization => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.Organizations.Where(one => one.Id == ticket.OrganizationId)
                            .Select(one => one.Name)
                            .FirstOrDefault()
                )
            ),
            IdColumn.Team => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket => db.Teams.Where(one => one.Id == ticket.TeamId).Select(one => one.Name).FirstOrDefault()
                )
            ),
            IdColumn.Assignee => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.People.Where(one => one.Id == ticket.AssigneeId).Select(one => one.Name).FirstOrDefault()
                )
            ),
            _ => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.People.Where(one => one.Id == ticket.RequesterId).Select(one => one.Name).FirstOrDefault()
                )
            ),
        };

    /// <summary>The name of the person, organization or team in a field.</summary>
    private Expression NameIn(string field, QueryValueKind kind) =>
        kind switch
        {
            QueryValueKind.Organization => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field)
                            .Join(db.Organizations, row => (long?)row.Number, one => one.Id, (row, one) => one.Name)
                            .FirstOrDefault()
                )
            ),
            QueryValueKind.Team => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field)
                            .Join(db.Teams, row => (long?)row.Number, one => one.Id, (row, one) => one.Name)
                            .FirstOrDefault()
                )
            ),
            _ => Expressions.Body(
                (Expression<Func<TicketRow, string?>>)(
                    ticket =>
                        db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field)
                            .Join(db.People, row => (long?)row.Number, one => one.Id, (row, one) => one.Name)
                            .FirstOrDefault()
                )
            ),
        };

    private Expression FieldText(string field) =>
        Expressions.Body(
            (Expression<Func<TicketRow, string?>>)(
                ticket =>
                    db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field && row.Ordinal == 0)
                        .Select(row => row.Text)
                        .FirstOrDefault()
            )
        );

    private Expression FieldNumber(string field) =>
        Expressions.Body(
            (Expression<Func<TicketRow, double?>>)(
                ticket =>
                    db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field && row.Ordinal == 0)
                        .Select(row => row.Number)
                        .FirstOrDefault()
            )
        );

    private Expression FieldMoment(string field) =>
        Expressions.Body(
            (Expression<Func<TicketRow, long?>>)(
                ticket =>
                    db.TicketFields.Where(row => row.TicketId == ticket.Id && row.Field == field && row.Ordinal == 0)
                        .Select(row => row.Moment)
                        .FirstOrDefault()
            )
        );

    /// <summary>The place of the field's choice among the choices as they are configured now; one that is configured no more comes after them.</summary>
    private Expression Place(string field, ValueList<string> places)
    {
        var row = Expression.Parameter(typeof(TicketFieldRow), "f");
        var text = Expression.Property(row, nameof(TicketFieldRow.Text));
        Expression place = Expression.Constant(places.Count, typeof(int?));
        for (var i = places.Count - 1; i >= 0; i--)
        {
            place = Expression.Condition(
                Expression.Equal(text, Expressions.Parameter(places[i])),
                Expression.Constant(i, typeof(int?)),
                place
            );
        }

        var select = Expression.Lambda<Func<TicketFieldRow, int?>>(place, row);
        Expression<Func<TicketRow, IQueryable<TicketFieldRow>>> rows = ticket =>
            db.TicketFields.Where(one => one.TicketId == ticket.Id && one.Field == field && one.Ordinal == 0);
        var selected = Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [typeof(TicketFieldRow), typeof(int?)],
            Expressions.Body(rows),
            Expression.Quote(select)
        );
        return Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(int?)], selected);
    }
}
