using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>Choices while they are edited: each is followed by those that stand under it, and moves together with them.</summary>
public static class ChoiceTree
{
    /// <summary>How far below the top a choice stands.</summary>
    public static int DepthOf(ValueList<FieldChoice> choices, FieldChoice choice)
    {
        var depth = 0;
        for (var under = choice.Under; under is not null && depth < choices.Count; depth++)
        {
            under = choices.FirstOrDefault(one => one.Id == under)?.Under;
        }

        return depth;
    }

    /// <summary>The choices with those below right after each. One that stands under none of them comes to the top.</summary>
    public static ValueList<FieldChoice> Ordered(ValueList<FieldChoice> choices)
    {
        var known = choices.Select(choice => choice.Id).ToHashSet(StringComparer.Ordinal);
        var rooted = choices
            .Select(one => one.Under is { } under && known.Contains(under) ? one : one with { Under = null })
            .ToList();
        var placed = new List<FieldChoice>();
        Place(null, 0);
        // What stands under itself was tampered with.
        return [.. placed, .. rooted.Except(placed).Select(one => one with { Under = null })];

        void Place(string? under, int depth)
        {
            foreach (var choice in rooted.Where(one => one.Under == under && depth <= choices.Count))
            {
                placed.Add(choice);
                if (choice.Id.Length > 0)
                {
                    Place(choice.Id, depth + 1);
                }
            }
        }
    }

    /// <summary>The choice under the one before it of the same level; as it was for the first of its level.</summary>
    public static ValueList<FieldChoice> Indented(ValueList<FieldChoice> choices, int at) =>
        Beside(choices, at, -1) is { } before ? Under(choices, at, before.Id) : choices;

    /// <summary>The choice beside the one that it stands under; as it was at the top.</summary>
    public static ValueList<FieldChoice> Outdented(ValueList<FieldChoice> choices, int at)
    {
        if (choices.ElementAtOrDefault(at) is not { Under: { } under } choice)
        {
            return choices;
        }

        var above = choices.First(one => one.Id == under);
        var without = choices.Where(one => one != choice).ToList();
        without.Insert(without.IndexOf(above) + 1, choice with { Under = above.Under });
        return Ordered(without.ToValueList());
    }

    /// <summary>The choice before or after its neighbour of the same level.</summary>
    /// <param name="step">-1 or 1.</param>
    public static ValueList<FieldChoice> Swapped(ValueList<FieldChoice> choices, int at, int step)
    {
        if (Beside(choices, at, step) is not { } other)
        {
            return choices;
        }

        var (one, swapped) = (choices[at], choices.ToList());
        (swapped[at], swapped[swapped.IndexOf(other)]) = (other, one);
        return Ordered(swapped.ToValueList());
    }

    /// <summary>The choice where another one stands, on that one's level; as it was when that one stands below it.</summary>
    public static ValueList<FieldChoice> Moved(ValueList<FieldChoice> choices, int from, int to)
    {
        if (choices.ElementAtOrDefault(from) is not { } choice || choices.ElementAtOrDefault(to) is not { } target)
        {
            return choices;
        }

        for (var above = target; above is not null; above = choices.FirstOrDefault(one => one.Id == above.Under))
        {
            if (above == choice)
            {
                return choices;
            }
        }

        var moved = choices.ToList();
        moved.RemoveAt(from);
        moved.Insert(to, choice with { Under = target.Under });
        return Ordered(moved.ToValueList());
    }

    /// <summary>The choices without one; those below it come up to its place.</summary>
    public static ValueList<FieldChoice> Without(ValueList<FieldChoice> choices, int at) =>
        choices.ElementAtOrDefault(at) is not { } gone
            ? choices
            : choices
                .Where((_, place) => place != at)
                .Select(one => gone.Id.Length > 0 && one.Under == gone.Id ? one with { Under = gone.Under } : one)
                .ToValueList();

    private static ValueList<FieldChoice> Under(ValueList<FieldChoice> choices, int at, string under) =>
        Ordered(choices.Select((one, place) => place == at ? one with { Under = under } : one).ToValueList());

    private static FieldChoice? Beside(ValueList<FieldChoice> choices, int at, int step)
    {
        var choice = choices.ElementAtOrDefault(at);
        var level = choices.Where(one => one.Under == choice?.Under).ToList();
        return choice is null ? null : level.ElementAtOrDefault(level.IndexOf(choice) + step);
    }
}
