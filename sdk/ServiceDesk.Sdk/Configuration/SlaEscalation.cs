using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>A level of an SLA goal: what is done, once in a cycle, when its clock comes so far.</summary>
public sealed record SlaEscalation
{
    /// <summary>When: a share of the target (<c>75%</c>, <c>100%</c>, <c>150%</c>), working time left (<c>PT30M</c>), or working time after the target (<c>+PT1H</c>). Unique in the goal.</summary>
    public required string At { get; init; }

    /// <summary>Whether what is told reaches people also in their quiet hours.</summary>
    public bool Urgent { get; init; }

    /// <summary>What is done, in order: <c>notify</c>, <c>assign</c>, <c>raise</c>, <c>priority</c>, <c>watch</c>, <c>comment</c> (internal), <c>rule</c>, <c>script</c>.</summary>
    public ValueList<RuleAction> Do { get; init; } = [];
}
