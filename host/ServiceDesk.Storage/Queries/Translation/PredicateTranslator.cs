using System.Linq.Expressions;
using NodaTime.Text;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>
/// Writes a predicate as a condition on ticket rows with the two-valued logic of <see cref="Predicate"/>: every leaf is true
/// or false, never unknown, because each comparison with a column that may be null also asks that it is not.
/// </summary>
/// <param name="textsByRow">Whether texts are read ticket by ticket, instead of asking the index for all that match.</param>
internal sealed class PredicateTranslator(
    ServiceDeskDb db,
    ITextSearch search,
    QueryContext context,
    bool textsByRow = false
)
{
    private readonly FieldTranslator fields = new(db);
    private readonly ClockTranslator clocks = new(db, context);
    private readonly HistoryTranslator history = new(db, context);

    public Expression<Func<TicketRow, bool>> Translate(Predicate predicate) =>
        predicate switch
        {
            AllOf all => Expressions.All([.. all.Parts.Select(Translate)]),
            AnyOf any => Expressions.Any([.. any.Parts.Select(Translate)]),
            Negation not => Expressions.Not(Translate(not.Part)),
            HasValue has => Has(has.Slot),
            TextIn text => In(text),
            TextHas text => Has(text),
            NumberIn number => In(number),
            NumberCompare number => Compare(number),
            IdIn ids => In(ids.Slot.Column, [.. ids.Values.SelectMany(value => value.Resolve(context)).Distinct()]),
            IdentityFieldIn ids => fields.TextIn(ids.Field, [.. ids.Digits(context)]),
            MomentCompare moment => Compare(moment, moment.Operand.At(moment.Edge, context).ToUnixTimeTicks()),
            DateCompare date => fields.Date(
                date.Field,
                date.IsBefore,
                LocalDatePattern.Iso.Format(date.Operand.DateAt(date.Edge, context))
            ),
            Mentions mentions => Mentioned(mentions),
            HasChanged changed => history.Translate(changed),
            HadBefore had => history.Translate(had),
            HasClock or ClockIs or ClockLeft => clocks.Translate(predicate),
            _ => throw new InvalidOperationException($"No such predicate: {predicate.GetType().Name}"),
        };

    private Expression<Func<TicketRow, bool>> Has(QuerySlot slot) =>
        slot switch
        {
            TextSlot { Column: TextColumn.Label } => ticket =>
                db.TicketLabels.Select(label => label.TicketId).Contains(ticket.Id),
            TextSlot { Column: TextColumn.Field } text => fields.HasText(text.Field!),
            NumberSlot { Column: NumberColumn.Field } number => fields.HasNumber(number.Field!),
            MomentSlot { Column: MomentColumn.Field } moment => fields.HasMoment(moment.Field!),
            MomentSlot { Column: MomentColumn.Due } => ticket => ticket.NextDueAt != TicketRow.NoDue,
            IdSlot { Column: >= IdColumn.Participant } people => Related(people.Column, null),
            _ when Columns.Nullable(slot) is { } column => Expressions.Condition(
                Expression.NotEqual(Expressions.Body(column), Expression.Constant(null, column.ReturnType))
            ),
            _ => Expressions.Constant(true),
        };

    private Expression<Func<TicketRow, bool>> In(TextIn text) =>
        text.Slot.Column switch
        {
            TextColumn.Key => KeyIn(text.Values),
            TextColumn.Label => LabelIn([.. text.Values]),
            TextColumn.Field => fields.TextIn(text.Slot.Field!, text.Values),
            _ => Expressions.In(Columns.Text(text.Slot.Column), text.Values),
        };

    /// <summary>Former keys count too: they redirect.</summary>
    private Expression<Func<TicketRow, bool>> KeyIn(IEnumerable<string> keys)
    {
        var parsed = keys.Select(key => TicketKey.TryParse(key, out var one) ? one : default).ToList();
        return Expressions.Any([
            .. parsed.Select(key =>
                (Expression<Func<TicketRow, bool>>)(
                    ticket =>
                        db.TicketKeys.Where(row => row.Desk == key.Desk && row.Number == key.Number)
                            .Select(row => row.TicketId)
                            .Contains(ticket.Id)
                )
            ),
        ]);
    }

    private Expression<Func<TicketRow, bool>> LabelIn(string[] labels) =>
        ticket =>
            db.TicketLabels.Where(label => labels.Contains(label.Label))
                .Select(label => label.TicketId)
                .Contains(ticket.Id);

    private Expression<Func<TicketRow, bool>> Has(TextHas text)
    {
        var term = text.Term;
        return text.Slot.Column switch
        {
            TextColumn.ExternalId => ticket =>
                ticket.ExternalIdFolded != null && ticket.ExternalIdFolded.Contains(term),
            TextColumn.Label => ticket =>
                db.TicketLabels.Where(label => label.Label.Contains(term))
                    .Select(label => label.TicketId)
                    .Contains(ticket.Id),
            TextColumn.Field => fields.TextHas(text.Slot.Field!, term),
            _ => throw new InvalidOperationException($"{text.Slot.Column} is compared whole."),
        };
    }

    private Expression<Func<TicketRow, bool>> In(NumberIn number) =>
        number.Slot.Column == NumberColumn.Field
            ? fields.NumberIn(number.Slot.Field!, number.Values)
            : Expressions.In(
                Columns.Number(number.Slot.Column),
                [
                    .. number
                        .Values.Where(value =>
                            value == Math.Floor(value) && value is >= int.MinValue and <= int.MaxValue
                        )
                        .Select(value => (int)value),
                ]
            );

    private Expression<Func<TicketRow, bool>> Compare(NumberCompare number)
    {
        if (number.Slot.Column == NumberColumn.Field)
        {
            return fields.Number(number.Slot.Field!, number.Comparison, number.Value);
        }

        // A whole number is less than 2.5 when it is less than 3, and greater when it is greater than 2.
        var rounded = number.Comparison is Comparison.Less or Comparison.GreaterOrEqual
            ? Math.Ceiling(number.Value)
            : Math.Floor(number.Value);
        var column = Expression.Convert(Expressions.Body(Columns.Number(number.Slot.Column)), typeof(long));
        var bound = (long)Math.Clamp(rounded, -1e15, 1e15);
        return Expressions.Condition(Comparing.Of(number.Comparison, column, Expressions.Parameter(bound)));
    }

    private Expression<Func<TicketRow, bool>> In(IdColumn column, long[] ids) =>
        column switch
        {
            IdColumn.Requester => Expressions.In(ticket => ticket.RequesterId, ids),
            >= IdColumn.Participant => Related(column, ids),
            _ => Expressions.In(Columns.Id(column), [.. ids.Select(id => (long?)id)]),
        };

    private Expression<Func<TicketRow, bool>> Related(IdColumn column, long[]? ids)
    {
        if (column == IdColumn.SharedWith)
        {
            return Shared(ids);
        }

        var relation = column switch
        {
            IdColumn.Participant => 1,
            IdColumn.Watcher => 2,
            IdColumn.Approver => TicketPersonRow.Approver,
            IdColumn.TaskDoer => TicketPersonRow.TaskDoer,
            _ => TicketPersonRow.Answerer,
        };
        var related = db.TicketPeople.Where(one => one.Relation == relation);
        var wanted = ids is null ? related : related.Where(one => ids.Contains(one.PersonId));
        return ticket => wanted.Select(one => one.TicketId).Contains(ticket.Id);
    }

    private Expression<Func<TicketRow, bool>> Shared(long[]? ids)
    {
        var wanted = ids is null
            ? db.TicketOrganizations
            : db.TicketOrganizations.Where(one => ids.Contains(one.OrganizationId));
        return ticket => wanted.Select(one => one.TicketId).Contains(ticket.Id);
    }

    private Expression<Func<TicketRow, bool>> Compare(MomentCompare moment, long edge)
    {
        switch (moment.Slot.Column, moment.IsBefore)
        {
            case (MomentColumn.Field, _):
                return fields.Moment(moment.Slot.Field!, moment.IsBefore, edge);
            case (MomentColumn.Due, true):
                return ticket => ticket.NextDueAt < edge;
            case (MomentColumn.Due, false):
                return ticket => ticket.NextDueAt >= edge && ticket.NextDueAt != TicketRow.NoDue;
            default:
                var column = Expressions.Body(Columns.Moment(moment.Slot.Column));
                var comparison = moment.IsBefore ? Comparison.Less : Comparison.GreaterOrEqual;
                return Expressions.Condition(Comparing.Of(comparison, column, Expressions.Parameter(edge)));
        }
    }

    private Expression<Func<TicketRow, bool>> Mentioned(Mentions mentions)
    {
        var term = mentions.Term;
        var texts = textsByRow ? db.TicketTexts.Where(text => text.Text.Contains(term)) : search.Containing(db, term);
        var part = (int)mentions.Scope;
        var inScope = mentions.Scope == TextScope.Everything ? texts : texts.Where(text => text.Part == part);
        var visible = mentions.WithInternal ? inScope : inScope.Where(text => text.Visibility == 1);
        return textsByRow
            ? ticket => visible.Any(text => text.TicketId == ticket.Id)
            : ticket => visible.Select(text => text.TicketId).Contains(ticket.Id);
    }
}
