using System.Globalization;
using NodaTime.Text;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Sdk.Sla;

namespace ServiceDesk.Core.Query.Evaluation;

/// <summary>Whether a ticket matches. A pure function; the same answer as the translation to SQL gives.</summary>
public static class QueryEvaluator
{
    /// <summary>A function that decides a predicate; made once, called often.</summary>
    public static Func<QuerySubject, QueryContext, bool> Compile(Predicate predicate) =>
        predicate switch
        {
            AllOf all => All([.. all.Parts.Select(Compile)]),
            AnyOf any => Any([.. any.Parts.Select(Compile)]),
            Negation not => Not(Compile(not.Part)),
            HasValue has => (ticket, _) => ticket.Has(has.Slot),
            TextIn text => In(text),
            TextHas text => (ticket, _) =>
                ticket.Texts(text.Slot).Any(value => value.Contains(text.Term, StringComparison.Ordinal)),
            NumberIn number => (ticket, _) => ticket.Numbers(number.Slot).Any(number.Values.Contains),
            NumberCompare number => (ticket, _) =>
                ticket.Numbers(number.Slot).Any(value => number.Comparison.Holds(value.CompareTo(number.Value))),
            IdIn ids => (ticket, context) =>
                ids.Values.SelectMany(value => value.Resolve(context)).Intersect(ticket.Ids(ids.Slot)).Any(),
            IdentityFieldIn ids => (ticket, context) => ticket.Texts(ids.Slot).Intersect(ids.Digits(context)).Any(),
            MomentCompare moment => Compare(moment),
            DateCompare date => Compare(date),
            Mentions mentions => (ticket, _) => ticket.Mentions(mentions),
            HasClock clock => (ticket, _) => ticket.CurrentClocks(clock.Metrics).Any(),
            ClockIs clock => (ticket, _) => ticket.CurrentClocks(clock.Metrics).Any(one => Is(one, clock.State)),
            ClockLeft clock => Left(clock),
            HasChanged changed => (ticket, context) => HistoryTruth.Holds(changed, ticket, context),
            HadBefore had => (ticket, context) => HistoryTruth.Holds(had, ticket, context),
            _ => throw new InvalidOperationException($"No such predicate: {predicate.GetType().Name}"),
        };

    private static Func<QuerySubject, QueryContext, bool> All(Func<QuerySubject, QueryContext, bool>[] parts) =>
        (ticket, context) => Array.TrueForAll(parts, part => part(ticket, context));

    private static Func<QuerySubject, QueryContext, bool> Any(Func<QuerySubject, QueryContext, bool>[] parts) =>
        (ticket, context) => Array.Exists(parts, part => part(ticket, context));

    private static Func<QuerySubject, QueryContext, bool> Not(Func<QuerySubject, QueryContext, bool> part) =>
        (ticket, context) => !part(ticket, context);

    private static Func<QuerySubject, QueryContext, bool> In(TextIn text)
    {
        var values = text.Values.ToHashSet(StringComparer.Ordinal);
        return (ticket, _) => ticket.Texts(text.Slot).Any(values.Contains);
    }

    private static Func<QuerySubject, QueryContext, bool> Compare(MomentCompare moment) =>
        (ticket, context) =>
        {
            var edge = moment.Operand.At(moment.Edge, context).ToUnixTimeTicks();
            return ticket.Moments(moment.Slot).Any(value => moment.IsBefore ? value < edge : value >= edge);
        };

    private static Func<QuerySubject, QueryContext, bool> Compare(DateCompare date) =>
        (ticket, context) =>
        {
            var edge = LocalDatePattern.Iso.Format(date.Operand.DateAt(date.Edge, context));
            return ticket.Texts(date.Slot).Any(value => date.IsBefore == string.CompareOrdinal(value, edge) < 0);
        };

    private static Func<QuerySubject, QueryContext, bool> Left(ClockLeft left) =>
        (ticket, context) =>
            ticket
                .CurrentClocks(left.Metrics)
                .Any(clock =>
                    clock.Status switch
                    {
                        ClockStatus.Running => clock.DueAt is { } due
                            && left.Comparison.Holds(due.ToUnixTimeTicks().CompareTo(left.Due(context))),
                        ClockStatus.Paused => left.Comparison.Holds(Unspent(clock).CompareTo(left.Ticks)),
                        _ => false,
                    }
                );

    private static long Unspent(SlaClock clock) => clock.Target.BclCompatibleTicks - clock.Elapsed.BclCompatibleTicks;

    private static bool Is(SlaClock clock, ClockQuestion question) =>
        question switch
        {
            ClockQuestion.Running => clock.Status == ClockStatus.Running,
            ClockQuestion.Paused => clock.Status == ClockStatus.Paused,
            ClockQuestion.Stopped => clock.Status == ClockStatus.Stopped,
            ClockQuestion.Open => clock.Verdict == ClockVerdict.Open,
            ClockQuestion.Met => clock.Verdict == ClockVerdict.Met,
            _ => clock.Verdict == ClockVerdict.Breached,
        };
}
