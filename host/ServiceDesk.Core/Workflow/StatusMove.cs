using System.Text.RegularExpressions;

namespace ServiceDesk.Core.Workflow;

/// <summary>Where tickets go whose status a change of the configuration takes away.</summary>
/// <param name="Workflow">The id of the workflow that they then have; null for every one that lacks the status.</param>
/// <param name="From">The id of the status in which they are.</param>
/// <param name="To">The id of a status of that workflow.</param>
public sealed partial record StatusMove(string? Workflow, string From, string To)
{
    /// <summary>Reads <c>waiting:in-progress</c> or <c>incident/waiting:in-progress</c>; null for other text.</summary>
    public static StatusMove? Parse(string? text) =>
        Written().Match(text ?? "") is { Success: true } read
            ? new StatusMove(
                read.Groups["workflow"] is { Success: true } workflow ? workflow.Value : null,
                read.Groups["from"].Value,
                read.Groups["to"].Value
            )
            : null;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Workflow is null ? $"{From}:{To}" : $"{Workflow}/{From}:{To}";

    [GeneratedRegex(
        @"^((?<workflow>[a-z0-9-]{1,100})/)?(?<from>[a-z0-9-]{1,100}):(?<to>[a-z0-9-]{1,100})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Written();
}
