using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Incidents.Major;

/// <summary>Major incidents in rules: declare one, and end it.</summary>
internal static class MajorAutomation
{
    private const string Notice = "notice";

    /// <summary>Declares the incident a major one. Without words for customers those that it has stay.</summary>
    public static RuleActionDefinition Declare { get; } =
        new(
            "incidents.declare-major",
            "incidents.rule.declare-major",
            [new RuleParameter(Notice, "incidents.rule.notice")],
            (found, with) => [new DeclareMajor(with.Find(Notice) ?? found.State.Major()?.Notice ?? string.Empty)]
        );

    /// <summary>Says that it is no longer a major one. Nothing where it is none.</summary>
    public static RuleActionDefinition Withdraw { get; } =
        new(
            "incidents.withdraw-major",
            "incidents.rule.withdraw-major",
            [],
            (found, _) => found.State.Major() is null ? [] : [new WithdrawMajor()]
        );
}
