using ServiceDesk.Core.Access;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Comparisons with a field that is hidden from who asks on tickets of some statuses: there they answer as for an empty field.</summary>
internal static class HiddenFields
{
    /// <param name="comparison">A comparison that reads nothing but the field.</param>
    /// <param name="hidden">In which statuses the field is hidden.</param>
    public static Predicate Guard(Predicate comparison, StatusRange hidden)
    {
        if (hidden.IsNone)
        {
            return comparison;
        }

        var named = new TextIn(new TextSlot(TextColumn.Status), hidden.Named);
        var isHidden = hidden.Elsewhere ? new Negation(named) : (Predicate)named;
        var isSeen = hidden.Elsewhere ? (Predicate)named : new Negation(named);
        return HoldsWhenEmpty(comparison) ? new AnyOf([isHidden, comparison]) : new AllOf([isSeen, comparison]);
    }

    // What compares with a value is false where there is none.
    private static bool HoldsWhenEmpty(Predicate predicate) =>
        predicate switch
        {
            AllOf all => all.Parts.All(HoldsWhenEmpty),
            AnyOf any => any.Parts.Any(HoldsWhenEmpty),
            Negation not => !HoldsWhenEmpty(not.Part),
            _ => false,
        };
}
