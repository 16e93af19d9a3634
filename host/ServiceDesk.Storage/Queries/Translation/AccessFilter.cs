using System.Linq.Expressions;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries.Translation;

/// <summary>
/// The one filter that every read of tickets passes: <c>TicketAccess.MaySee</c> in SQL. A viewer sees a ticket as an agent
/// of its desk, as its requester or participant, as one who is asked for an approval or has answered one, or as a member of its
/// organization where organization and desk share.
/// </summary>
public static class AccessFilter
{
    private const int Seen = 1;
    private const int Hidden = 0;

    // A watcher sees no more for it; participants and those who are or were asked for an approval do.
    private static readonly int[] Seeing = [1, TicketPersonRow.Approver, TicketPersonRow.Answerer];

    /// <summary>The tickets that the viewer may see.</summary>
    /// <param name="db">The context that the filter will be used in.</param>
    public static Expression<Func<TicketRow, bool>> For(ServiceDeskDb db, Viewer viewer)
    {
        var person = viewer.Person.Id.Value;
        var parts = new List<Expression<Func<TicketRow, bool>>>
        {
            ticket => ticket.RequesterId == person,
            ticket =>
                db.TicketPeople.Where(one => one.PersonId == person && Seeing.Contains(one.Relation))
                    .Select(one => one.TicketId)
                    .Contains(ticket.Id),
        };
        if (viewer.Desks.Count > 0)
        {
            parts.Insert(0, Expressions.In(ticket => ticket.Desk, viewer.Desks));
        }

        if (viewer.SharedOrganizations.Count > 0 && viewer.SharingDesks.Count > 0)
        {
            parts.Add(
                Expressions.All([
                    Expressions.In(
                        ticket => ticket.OrganizationId,
                        [.. viewer.SharedOrganizations.Select(one => (long?)one.Value)]
                    ),
                    Expressions.In(ticket => ticket.Desk, viewer.SharingDesks),
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
    internal static Expression<Func<TicketRow, bool>> OfFound(ServiceDeskDb db, Viewer viewer) =>
        Expressions.Condition(
            Expression.Equal(
                Expression.Condition(
                    Expressions.Body(For(db, viewer)),
                    Expression.Constant(Seen),
                    Expression.Constant(Hidden)
                ),
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
}
