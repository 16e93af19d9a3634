using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Automation;

/// <summary>What macros may do, and where they are offered.</summary>
public static class Macros
{
    /// <summary>The product's actions that a macro may have, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        ActionWords.Comment,
        ActionWords.Transition,
        ActionWords.Assign,
        ActionWords.Priority,
        ActionWords.Edit,
        ActionWords.Raise,
        ActionWords.Watch,
        ActionWords.Rule,
    ];

    /// <summary>Names of places that its texts may have besides those of rules.</summary>
    public static IReadOnlyList<string> Places { get; } = [RuleScene.AgentName];

    /// <summary>Those of a configuration that are offered on tickets of a desk, in their order.</summary>
    public static IEnumerable<MacroDocument> For(string desk, IConfiguration configuration) =>
        InOrder(configuration).Where(macro => macro.Enabled && IsFor(macro, desk));

    /// <summary>All of a configuration, in their order.</summary>
    public static IEnumerable<MacroDocument> InOrder(IConfiguration configuration) =>
        configuration
            .All<MacroDocument>()
            .OrderBy(macro => macro.Order)
            .ThenBy(macro => macro.Id, StringComparer.Ordinal);

    /// <summary>Whether it is for tickets of the desk.</summary>
    public static bool IsFor(MacroDocument macro, string desk) => macro.Desks.Count == 0 || macro.Desks.Contains(desk);

    /// <summary>Whether a workflow has what it moves to; in which status the ticket is now does not matter.</summary>
    public static bool Fits(MacroDocument macro, WorkflowDocument? workflow) =>
        macro.Do.All(action =>
            action.To is not { } to
            || workflow is null
            || workflow.Status(to) is not null
            || workflow.Transitions.Any(way => way.Id == to)
        );

    /// <summary>The comment of a macro that does nothing but write a text; null when it does more.</summary>
    public static RuleAction? TextOf(MacroDocument macro) =>
        macro.Do is [{ Do: ActionWords.Comment, Text: not null, Files.Count: 0 } only] ? only : null;
}

/// <summary>A macro is for desks that there are, and does what macros may do, to the ticket itself.</summary>
/// <param name="rules">Checks the actions.</param>
/// <param name="vocabulary">What plugins add.</param>
public sealed class MacroCheck(RuleCheck rules, RuleVocabulary vocabulary) : DocumentCheck<MacroDocument>
{
    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(MacroDocument document, IConfiguration configuration) =>
        References
            .Missing<DeskDocument>(document.Desks, "/desks", configuration)
            .Concat(References.Twice(document.Desks, "/desks"))
            .Concat(Actions(document))
            .Concat(rules.Actions(document.Do, "/do", configuration, Macros.Places));

    /// <summary>What is wrong with the actions of one macro, of a desk or of a person.</summary>
    public IReadOnlyList<DocumentProblem> Problems(MacroDocument macro, IConfiguration configuration) =>
        [.. Check(macro, configuration)];

    private IEnumerable<DocumentProblem> Actions(MacroDocument document)
    {
        var isCommented = false;
        foreach (var (index, action) in document.Do.Index())
        {
            var isKnown =
                Macros.Actions.Contains(action.Do, StringComparer.Ordinal) || vocabulary.Action(action.Do) is not null;
            if (!isKnown && ActionWords.All.Contains(action.Do, StringComparer.Ordinal))
            {
                yield return DocumentProblem.At($"/do/{index}/do", "configuration.macro-action", action.Do);
            }

            if (action.For is not null)
            {
                yield return DocumentProblem.At($"/do/{index}/for", "configuration.macro-others");
            }

            // One text is shown before it is sent; of two nobody could say which was meant.
            if (action.Do == ActionWords.Comment && isCommented)
            {
                yield return DocumentProblem.At($"/do/{index}/do", "configuration.macro-one-text");
            }

            isCommented |= action.Do == ActionWords.Comment;
        }
    }
}
