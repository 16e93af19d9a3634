using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query.World;

/// <summary>A change in the life of a ticket.</summary>
/// <param name="What">0 status, 1 priority, 2 assignee and team.</param>
/// <param name="Value">Which value.</param>
/// <param name="Gap">How long after the change before it.</param>
/// <param name="By">Who did it; 0 for nobody.</param>
public sealed record WorldTurn(int What, int Value, Duration Gap, int By);

/// <summary>Random lives that lead to a given ticket.</summary>
public static class WorldLives
{
    /// <summary>A few changes of status, priority, assignee and team.</summary>
    public static Gen<WorldTurn[]> Turns() =>
        from count in Gen.Choose(0, 5)
        from turns in Turn().ArrayOf(count)
        select turns;

    private static Gen<WorldTurn> Turn() =>
        from what in Gen.Choose(0, 2)
        from value in Gen.Choose(0, 3)
        from gap in Gen.Elements(
            Duration.Zero,
            Duration.FromTicks(1),
            Duration.FromHours(9),
            Duration.FromDays(1),
            Duration.FromDays(4)
        )
        from person in Gen.Choose(0, 6)
        select new WorldTurn(what, value, gap, person);

    /// <summary>How many events a life has besides its opening: the moves, the turns, and those that lead to the end.</summary>
    public static int Count(WorldTurn[] turns, long id) => turns.Length + Moves(id) + 3;

    /// <summary>Every other ticket was on the other desks before.</summary>
    private static int Moves(long id) => id % 2 == 0 ? QueryWorld.Desks.Length - 1 : 0;

    /// <summary>The opening and all changes.</summary>
    public static ValueList<(TicketEvent Event, Instant At, Actor Actor)> Of(TicketState end, WorldTurn[] turns)
    {
        var at = end.CreatedAt;
        var actor = Actor.Of(end.Requester);
        var keys = end.FormerKeys.Append(end.Key).ToList();
        var first = turns.Length == 0 ? 0 : turns[^1].Value;
        var life = new List<(TicketEvent, Instant, Actor)> { (Opened(end, keys[0], first), at, actor) };
        var (status, priority) = (QueryWorld.Statuses[first], (Priority)(first + 1));
        foreach (var turn in turns)
        {
            at += turn.Gap;
            actor = turn.By == 0 ? Actor.System : Actor.Of(new PersonId(turn.By));
            life.Add((Changed(turn, status, priority), at, actor));
            status = turn.What == 0 ? QueryWorld.Statuses[turn.Value] : status;
            priority = turn.What == 1 ? (Priority)(turn.Value + 1) : priority;
        }

        foreach (var (from, to) in keys.Zip(keys.Skip(1)))
        {
            life.Add((new TicketMoved(from, to, end.Type, status, CategoryOf(status), false), at, actor));
        }

        life.Add((new StatusChanged("end", status, end.Status, end.Category, false, end.Resolution), at, actor));
        life.Add((new PriorityChanged(priority, end.Priority), at, actor));
        life.Add((new TicketAssigned(end.Assignee, end.Team), at, actor));
        return life.ToValueList();
    }

    private static TicketEvent Changed(WorldTurn turn, string status, Priority priority) =>
        turn.What switch
        {
            0 => Entered(status, QueryWorld.Statuses[turn.Value]),
            1 => new PriorityChanged(priority, (Priority)(turn.Value + 1)),
            _ => new TicketAssigned(
                turn.Value == 0 ? null : new PersonId(turn.Value),
                turn.Value == 3 ? null : new TeamId(turn.Value + 1)
            ),
        };

    private static StatusChanged Entered(string from, string to) =>
        new("turn", from, to, CategoryOf(to), false, to == "closed" ? "fixed" : null);

    private static StatusCategory CategoryOf(string status) =>
        (StatusCategory)(Array.IndexOf(QueryWorld.Statuses, status) + 1);

    private static TicketOpened Opened(TicketState end, TicketKey key, int first) =>
        new(
            end.Id,
            key,
            QueryWorld.Types[first % 2],
            end.RequestType,
            end.Summary,
            end.Description,
            QueryWorld.Statuses[first],
            (StatusCategory)(first + 1),
            (Priority)(first + 1),
            end.Requester,
            end.Organization,
            first == 0 ? null : new PersonId(first),
            first == 1 ? null : new TeamId(first == 0 ? 1 : first),
            end.Fields,
            end.Labels,
            end.Channel,
            end.ExternalId
        );
}
