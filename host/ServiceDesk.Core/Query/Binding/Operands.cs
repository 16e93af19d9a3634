using NodaTime;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>What a query may depend on besides the ticket.</summary>
/// <param name="Now">The present.</param>
/// <param name="Zone">In which days, weeks and months begin.</param>
/// <param name="Viewer">Who <c>currentUser()</c> is; null where nobody asks, and then it is nobody.</param>
public sealed record QueryContext(Instant Now, DateTimeZone Zone, Viewer? Viewer)
{
    /// <summary>For conditions of configuration: days begin in UTC and nobody asks.</summary>
    public static QueryContext Unattended(Instant now) => new(now, DateTimeZone.Utc, null);
}

/// <summary>An identity, or a group of them that depends on who asks.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Id">The identity, for <see cref="IdOperandKind.Fixed"/>.</param>
public sealed record IdOperand(IdOperandKind Kind, long Id = 0)
{
    /// <summary>The identities.</summary>
    public IEnumerable<long> Resolve(QueryContext context) =>
        (Kind, context.Viewer) switch
        {
            (IdOperandKind.Fixed, _) => [Id],
            (IdOperandKind.CurrentUser, { } viewer) => [viewer.Person.Id.Value],
            (IdOperandKind.MyTeams, { } viewer) => viewer.Person.Teams.Select(team => team.Value),
            (IdOperandKind.MyOrganizations, { } viewer) => viewer.Person.Organizations.Select(one => one.Value),
            _ => [],
        };
}

/// <summary>What an <see cref="IdOperand"/> stands for.</summary>
public enum IdOperandKind
{
    Fixed = 1,
    CurrentUser = 2,
    MyTeams = 3,
    MyOrganizations = 4,
}

/// <summary>A point or span of time, perhaps relative to now.</summary>
public abstract record MomentOperand
{
    /// <summary>The first instant of it and the first after it.</summary>
    public abstract (Instant Start, Instant End) Resolve(QueryContext context);

    /// <summary>The instant at an edge.</summary>
    public Instant At(MomentEdge edge, QueryContext context)
    {
        var (start, end) = Resolve(context);
        return edge == MomentEdge.Start ? start : end;
    }

    /// <summary>The date at an edge: of its first instant, or the day after the day of its last.</summary>
    public LocalDate DateAt(MomentEdge edge, QueryContext context)
    {
        var (start, end) = Resolve(context);
        return edge == MomentEdge.Start
            ? start.InZone(context.Zone).Date
            : (end - Duration.Epsilon).InZone(context.Zone).Date.PlusDays(1);
    }

    private protected static (Instant Start, Instant End) Point(Instant instant) =>
        (instant, instant + Duration.FromTicks(1));
}

/// <summary>An instant.</summary>
public sealed record FixedMoment(Instant Instant) : MomentOperand
{
    public override (Instant Start, Instant End) Resolve(QueryContext context) => Point(Instant);
}

/// <summary>A time of day on a date in the reader's zone; a time that a change to summer time skips is moved forward.</summary>
public sealed record LocalMoment(LocalDateTime Local) : MomentOperand
{
    public override (Instant Start, Instant End) Resolve(QueryContext context) =>
        Point(context.Zone.AtLeniently(Local).ToInstant());
}

/// <summary>A whole day in the reader's zone.</summary>
public sealed record WholeDay(LocalDate Date) : MomentOperand
{
    public override (Instant Start, Instant End) Resolve(QueryContext context) =>
        (context.Zone.AtStartOfDay(Date).ToInstant(), context.Zone.AtStartOfDay(Date.PlusDays(1)).ToInstant());
}

/// <summary>Now, or before or after it.</summary>
public sealed record FromNow(Duration Offset) : MomentOperand
{
    public override (Instant Start, Instant End) Resolve(QueryContext context) => Point(context.Now + Offset);
}

/// <summary>The first instant of the running day, week, month or year in the reader's zone, or the first after it.</summary>
/// <param name="Unit">Which span.</param>
/// <param name="IsEnd">Whether the first instant after it is meant.</param>
/// <param name="Units">How many spans later.</param>
/// <param name="Offset">How much later still.</param>
public sealed record CalendarEdge(CalendarUnit Unit, bool IsEnd, int Units, Duration Offset) : MomentOperand
{
    public override (Instant Start, Instant End) Resolve(QueryContext context)
    {
        var today = context.Now.InZone(context.Zone).Date;
        var units = IsEnd ? Units + 1 : Units;
        var date = Unit switch
        {
            CalendarUnit.Day => today.PlusDays(units),
            CalendarUnit.Week => today.PlusDays(1 - (int)today.DayOfWeek).PlusWeeks(units),
            CalendarUnit.Month => new LocalDate(today.Year, today.Month, 1).PlusMonths(units),
            _ => new LocalDate(today.Year, 1, 1).PlusYears(units),
        };
        return Point(context.Zone.AtStartOfDay(date).ToInstant() + Offset);
    }
}

/// <summary>A span that has a first instant. Weeks begin on Monday.</summary>
public enum CalendarUnit
{
    Day = 1,
    Week = 2,
    Month = 3,
    Year = 4,
}
