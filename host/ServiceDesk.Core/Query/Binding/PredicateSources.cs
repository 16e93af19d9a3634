namespace ServiceDesk.Core.Query.Binding;

/// <summary>What predicates read besides the ticket.</summary>
internal static class PredicateSources
{
    /// <summary>Whether a part reads a clock.</summary>
    public static bool ReadsClock(Predicate predicate) =>
        predicate switch
        {
            AllOf all => all.Parts.Any(ReadsClock),
            AnyOf any => any.Parts.Any(ReadsClock),
            Negation not => ReadsClock(not.Part),
            HasClock or ClockIs or ClockLeft => true,
            HasValue has => has.Slot is MomentSlot { Column: MomentColumn.Due },
            MomentCompare moment => moment.Slot.Column == MomentColumn.Due,
            _ => false,
        };

    /// <summary>Whether all parts compare with a moment that moves on with the present.</summary>
    public static bool ReadsTimeAlone(Predicate predicate) =>
        predicate switch
        {
            AllOf all => all.Parts.Count > 0 && all.Parts.All(ReadsTimeAlone),
            AnyOf any => any.Parts.Count > 0 && any.Parts.All(ReadsTimeAlone),
            Negation not => ReadsTimeAlone(not.Part),
            MomentCompare moment => moment.Operand is FromNow or CalendarEdge,
            DateCompare date => date.Operand is FromNow or CalendarEdge,
            _ => false,
        };
}
