using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>
/// A query after its names were looked up: the small language that memory and SQL both speak. Its logic has two values,
/// in both alike:
/// <list type="bullet">
/// <item>A comparison with an empty value is false, also <c>!=</c>, <c>NOT IN</c> and <c>!~</c>: those mean "has a value, and another one".</item>
/// <item><c>NOT</c> turns true into false and false into true. So <c>NOT assignee = kim</c> finds unassigned tickets and <c>assignee != kim</c> does not.</item>
/// <item>A subject with several values (labels, participants, choices) is equal when one of them is, and unequal when it has some and none is.</item>
/// <item>A flag that was never set is false.</item>
/// <item>Text is compared folded (<see cref="Folding"/>), character by character, without a culture.</item>
/// <item>Numbers are compared as 64-bit floating point, instants in ticks of 100 ns.</item>
/// <item>What the viewer may not see is empty.</item>
/// </list>
/// </summary>
public abstract record Predicate
{
    /// <summary>Holds for every ticket.</summary>
    public static Predicate Always { get; } = new AllOf([]);

    /// <summary>Holds for no ticket.</summary>
    public static Predicate Never { get; } = new AnyOf([]);
}

/// <summary>Every part holds; holds when there is none.</summary>
public sealed record AllOf(ValueList<Predicate> Parts) : Predicate;

/// <summary>Some part holds; does not hold when there is none.</summary>
public sealed record AnyOf(ValueList<Predicate> Parts) : Predicate;

/// <summary>The part does not hold.</summary>
public sealed record Negation(Predicate Part) : Predicate;

/// <summary>The slot has a value.</summary>
public sealed record HasValue(QuerySlot Slot) : Predicate;

/// <summary>A value of the slot is one of these, compared exactly.</summary>
public sealed record TextIn(TextSlot Slot, ValueList<string> Values) : Predicate;

/// <summary>The folded term stands somewhere in a value of the slot.</summary>
public sealed record TextHas(TextSlot Slot, string Term) : Predicate;

/// <summary>The slot's number is one of these.</summary>
public sealed record NumberIn(NumberSlot Slot, ValueList<double> Values) : Predicate;

/// <summary>The slot's number compares so.</summary>
public sealed record NumberCompare(NumberSlot Slot, Comparison Comparison, double Value) : Predicate;

/// <summary>An identity of the slot is one of these.</summary>
public sealed record IdIn(IdSlot Slot, ValueList<IdOperand> Values) : Predicate;

/// <summary>The person, team or organization in a configured field is one of these.</summary>
public sealed record IdentityFieldIn(string Field, ValueList<IdOperand> Values) : Predicate
{
    /// <summary>Where it stands.</summary>
    public TextSlot Slot => new(TextColumn.Field, Field);

    /// <summary>The ids as they are kept: in decimal digits.</summary>
    public IEnumerable<string> Digits(QueryContext context) =>
        Values.SelectMany(value => value.Resolve(context)).Select(id => id.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The slot's instant lies before an edge of the operand, or not before it.</summary>
public sealed record MomentCompare(MomentSlot Slot, bool IsBefore, MomentOperand Operand, MomentEdge Edge) : Predicate;

/// <summary>The field's date lies before an edge of the operand, or not before it.</summary>
public sealed record DateCompare(string Field, bool IsBefore, MomentOperand Operand, MomentEdge Edge) : Predicate
{
    /// <summary>Where the date stands.</summary>
    public TextSlot Slot => new(TextColumn.Field, Field);
}

/// <summary>The folded term stands somewhere in a text of the ticket.</summary>
/// <param name="Scope">In which texts.</param>
/// <param name="WithInternal">Whether internal notes count.</param>
public sealed record Mentions(TextScope Scope, bool WithInternal, string Term) : Predicate;

/// <summary>The newest cycle of one of the metrics exists.</summary>
public sealed record HasClock(ValueList<string> Metrics) : Predicate;

/// <summary>The newest cycle of one of the metrics is in this state.</summary>
public sealed record ClockIs(ValueList<string> Metrics, ClockQuestion State) : Predicate;

/// <summary>
/// The time left of the newest cycle of one of the metrics compares so. A running clock has left what lies between now and
/// its due instant, nights and holidays included; a paused one the working time up to its target; a stopped one nothing to
/// compare. Less than zero means breached.
/// </summary>
public sealed record ClockLeft(ValueList<string> Metrics, Comparison Comparison, Duration Left) : Predicate
{
    /// <summary>The time left in ticks.</summary>
    public long Ticks => Left.BclCompatibleTicks;

    /// <summary>When a running clock is due that has exactly this left, in Unix ticks.</summary>
    public long Due(QueryContext context) => context.Now.ToUnixTimeTicks() + Ticks;
}

/// <summary>The field changed so at least once. That the ticket was opened is no change.</summary>
/// <param name="From">The value before; null for any.</param>
/// <param name="To">The value after; null for any.</param>
/// <param name="By">Who did it; null for anybody.</param>
/// <param name="Window">When.</param>
public sealed record HasChanged(
    HistoryField Field,
    HistoryValues? From,
    HistoryValues? To,
    ValueList<IdOperand>? By,
    HistoryWindow Window
) : Predicate;

/// <summary>The field had one of the values, and no longer has it or has it again, at some moment of the window.</summary>
public sealed record HadBefore(HistoryField Field, HistoryValues Values, HistoryWindow Window) : Predicate;

/// <summary>Values as the history keeps them.</summary>
/// <param name="Texts">Ids, or numbers in digits.</param>
/// <param name="Ids">Identities, which the history keeps in digits.</param>
/// <param name="IsEmpty">Whether the empty value is among them.</param>
public sealed record HistoryValues(ValueList<string> Texts, ValueList<IdOperand> Ids, bool IsEmpty)
{
    /// <summary>The values.</summary>
    public IReadOnlySet<string> Resolve(QueryContext context) =>
        Texts
            .Concat(Ids.SelectMany(id => id.Resolve(context)).Select(id => id.ToString(CultureInfo.InvariantCulture)))
            .ToHashSet(StringComparer.Ordinal);
}

/// <summary>A span of time with open ends.</summary>
/// <param name="Since">Not before the latest of these.</param>
/// <param name="Until">Before the earliest of these.</param>
public sealed record HistoryWindow(ValueList<MomentBound> Since, ValueList<MomentBound> Until)
{
    /// <summary>Both ends in Unix ticks; null where it is open.</summary>
    public (long? Since, long? Until) Resolve(QueryContext context) =>
        (
            Since.Count == 0 ? null : Since.Max(bound => bound.Ticks(context)),
            Until.Count == 0 ? null : Until.Min(bound => bound.Ticks(context))
        );
}

/// <summary>An edge of a span of time.</summary>
public sealed record MomentBound(MomentOperand Operand, MomentEdge Edge)
{
    /// <summary>The edge in Unix ticks.</summary>
    public long Ticks(QueryContext context) => Operand.At(Edge, context).ToUnixTimeTicks();
}

/// <summary>An order relation.</summary>
public enum Comparison
{
    Less = 1,
    LessOrEqual = 2,
    Greater = 3,
    GreaterOrEqual = 4,
}

/// <summary>Which edge of a span of time: its first instant, or the first after it.</summary>
public enum MomentEdge
{
    Start = 1,
    End = 2,
}

/// <summary>Where a text search looks.</summary>
public enum TextScope
{
    Summary = 1,
    Description = 2,

    /// <summary>Summary, description and comments.</summary>
    Everything = 3,
}

/// <summary>What can be asked of a clock.</summary>
public enum ClockQuestion
{
    Running = 1,
    Paused = 2,
    Stopped = 3,
    Open = 4,
    Met = 5,
    Breached = 6,
}

/// <summary>A key of the order. Tickets without the value come last in either direction.</summary>
/// <param name="Slot">What it reads.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="Places">For choices: their ids in order, by whose place is sorted; empty otherwise.</param>
public sealed record SortKey(QuerySlot Slot, bool Descending, ValueList<string> Places)
{
    /// <summary>When not null: on tickets of other desks the viewer may not see the value, and <see cref="Elsewhere"/> counts.</summary>
    public ValueList<string>? OnlyOnDesks { get; init; }

    /// <summary>What counts on other desks; null for an empty value.</summary>
    public QuerySlot? Elsewhere { get; init; }

    /// <summary>When not null: the value is a person, an organization or a team, and the name is sorted by.</summary>
    public QueryValueKind? Named { get; init; }

    /// <summary>When not null: on tickets of these statuses the viewer may not see the value, and it is empty.</summary>
    public StatusRange? HiddenIn { get; init; }
}

/// <summary>A query that is ready to be asked.</summary>
/// <param name="Filter">Which tickets.</param>
/// <param name="Order">In which order; the ticket's identity settles ties.</param>
public sealed record BoundQuery(Predicate Filter, ValueList<SortKey> Order);
