using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>
/// The one filter that every read of tickets passes: <c>TicketAccess.MaySee</c> in SQL. A viewer sees a ticket as an agent
/// of its desk, as its requester or participant, as one who is asked for an approval or has answered one, or as a member of its
/// organization, unless it is private, or of one with which it is shared, where organization and desk share. Who is only asked for an approval does not read what people write to each
/// other, and so does not find the ticket by words of it, by who takes part or by how much is written.
/// </summary>
public static class AccessFilter
{
    private const int Seen = 1;
    private const int Hidden = 0;
    private const int TakesPart = 1;

    // A watcher sees no more for it; participants and those who are or were asked for an approval do.
    private static readonly int[] Seeing = [TakesPart, TicketPersonRow.Approver, TicketPersonRow.Answerer];
    private static readonly int[] Reading = [TakesPart];

    /// <summary>The tickets that the viewer may see.</summary>
    /// <param name="db">The context that the filter will be used in.</param>
    /// <param name="by">The query by which they are found; null for none.</param>
    public static Expression<Func<TicketRow, bool>> For(ServiceDeskDb db, Viewer viewer, BoundQuery? by = null) =>
        For(db, viewer, by is not null && LooksIntoTalk(by) ? Reading : Seeing);

    private static Expression<Func<TicketRow, bool>> For(ServiceDeskDb db, Viewer viewer, int[] relations)
    {
        var person = viewer.Person.Id.Value;
        var parts = new List<Expression<Func<TicketRow, bool>>>
        {
            ticket => ticket.RequesterId == person,
            ticket =>
                db.TicketPeople.Where(one => one.PersonId == person && relations.Contains(one.Relation))
                    .Select(one => one.TicketId)
                    .Contains(ticket.Id),
        };
        if (viewer.Desks.Count > 0)
        {
            parts.Insert(0, Expressions.In(ticket => ticket.Desk, viewer.Desks));
        }

        if (viewer.SharedOrganizations.Count > 0 && viewer.SharingDesks.Count > 0)
        {
            long[] organizations = [.. viewer.SharedOrganizations.Select(one => one.Value)];
            var onSharing = Expressions.In(ticket => ticket.Desk, viewer.SharingDesks);
            parts.Add(
                Expressions.All([
                    Expressions.In(ticket => ticket.OrganizationId, [.. organizations.Select(one => (long?)one)]),
                    ticket => ticket.IsPrivate == null,
                    onSharing,
                ])
            );
            parts.Add(
                Expressions.All([
                    ticket =>
                        db.TicketOrganizations.Where(one => organizations.Contains(one.OrganizationId))
                            .Select(one => one.TicketId)
                            .Contains(ticket.Id),
                    onSharing,
                ])
            );
        }

        return Expressions.Any(parts);
    }

    /// <summary>
    /// The same for rows that are found by other means, a few by their identity or by their place in an order: no database
    /// looks into the cases of a value to lead its search by them, as it would by the alternatives of <see cref="For"/>, of
    /// which one holds for most tickets.
    /// </summary>
    /// <param name="db">The context that the filter will be used in.</param>
    /// <param name="by">The query by which they are found; null for none.</param>
    internal static Expression<Func<TicketRow, bool>> OfFound(ServiceDeskDb db, Viewer viewer, BoundQuery? by = null) =>
        Cases(For(db, viewer, by));

    /// <summary>Of rows that are found by other means, those of tickets that the viewer may read: not those for which the viewer is only asked.</summary>
    /// <param name="db">The context that the filter will be used in.</param>
    internal static Expression<Func<TicketRow, bool>> OfRead(ServiceDeskDb db, Viewer viewer) =>
        Cases(For(db, viewer, Reading));

    private static Expression<Func<TicketRow, bool>> Cases(Expression<Func<TicketRow, bool>> filter) =>
        Expressions.Condition(
            Expression.Equal(
                Expression.Condition(Expressions.Body(filter), Expression.Constant(Seen), Expression.Constant(Hidden)),
                Expression.Constant(Seen)
            )
        );

    /// <summary>Whether whatever matches the predicate stands on a desk that the viewer works on, so that the filter would change nothing.</summary>
    internal static bool IsImplied(Predicate predicate, Viewer viewer) =>
        predicate switch
        {
            TextIn { Slot.Column: TextColumn.Desk } desks => desks.Values.All(viewer.WorksOn),
            AllOf all => all.Parts.Any(part => IsImplied(part, viewer)),
            AnyOf any => any.Parts.All(part => IsImplied(part, viewer)),
            _ => false,
        };

    /// <summary>Whether a query asks for what only those may know who read a ticket: what is written in it, how much, and who takes part.</summary>
    public static bool LooksIntoTalk(BoundQuery query) =>
        LooksIntoTalk(query.Filter) || query.Order.Any(key => IsOfTalk(key.Slot));

    private static bool LooksIntoTalk(Predicate predicate) =>
        predicate switch
        {
            Mentions { Scope: TextScope.Everything } => true,
            HasValue has => IsOfTalk(has.Slot),
            IdIn ids => IsOfTalk(ids.Slot),
            NumberIn numbers => IsOfTalk(numbers.Slot),
            NumberCompare number => IsOfTalk(number.Slot),
            AllOf all => all.Parts.Any(LooksIntoTalk),
            AnyOf any => any.Parts.Any(LooksIntoTalk),
            Negation not => LooksIntoTalk(not.Part),
            _ => false,
        };

    // Who takes part, and how much is written.
    private static bool IsOfTalk(QuerySlot slot) =>
        slot is IdSlot { Column: IdColumn.Participant } or NumberSlot { Column: NumberColumn.PublicComments };
}
