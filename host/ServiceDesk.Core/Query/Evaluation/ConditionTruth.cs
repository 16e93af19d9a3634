using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Evaluation;

/// <summary>How a part of a condition is put together.</summary>
public enum ConditionPart
{
    /// <summary>Every part must hold.</summary>
    All = 1,

    /// <summary>Some part must hold.</summary>
    Any = 2,

    /// <summary>The part must not hold.</summary>
    Not = 3,

    /// <summary>A comparison.</summary>
    Comparison = 4,
}

/// <summary>Whether a part of a condition held for a ticket, and why: a tree in the shape of the text.</summary>
/// <param name="Kind">How it is put together.</param>
/// <param name="Start">Index of its first character in the condition's text.</param>
/// <param name="Length">Number of its characters.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Subject">For a comparison, the name of what was compared, as the query language has it; null otherwise.</param>
/// <param name="Actual">For a comparison, the values the ticket had: ids, digits of identities, ISO 8601 instants, or words; cut where they are long.</param>
/// <param name="Parts">The parts.</param>
public sealed record ConditionTruth(
    ConditionPart Kind,
    int Start,
    int Length,
    bool Holds,
    string? Subject,
    ValueList<string> Actual,
    ValueList<ConditionTruth> Parts
);
