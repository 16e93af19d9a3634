using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Pages.Macros;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Macros;

/// <summary>A macro that is offered on a ticket.</summary>
/// <param name="Id">By which it is applied.</param>
/// <param name="Name">Its name in the reader's language.</param>
/// <param name="Group">The word under which it is offered; null for none.</param>
/// <param name="IsMine">Whether it is the reader's own.</param>
/// <param name="Does">What it does, each a sentence in the reader's language.</param>
public sealed record OfferedMacroAnswer(
    string Id,
    string Name,
    string? Group,
    string? Description,
    bool IsMine,
    IReadOnlyList<string> Does
);

/// <summary>A macro of the token's person.</summary>
/// <param name="Do">Its actions, as the document of a macro has them.</param>
public sealed record OwnMacroAnswer(
    long Id,
    LocalizedText Name,
    string? Description,
    bool Enabled,
    LocalizedText? Group,
    ValueList<string> Desks,
    ValueList<RuleAction> Do
);

/// <summary>What is said of a macro of one's own.</summary>
public sealed record OwnMacroBody
{
    /// <summary>Its name: one text, or one per language.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>When to use it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is offered; it is when this is left out.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The word under which it is offered: one text, or one per language.</summary>
    public LocalizedText? Group { get; init; }

    /// <summary>Keys of the desks on whose tickets it is offered; none means every desk.</summary>
    public ValueList<string>? Desks { get; init; }

    /// <summary>Its actions, as the document of a macro has them.</summary>
    public ValueList<RuleAction>? Do { get; init; }

    internal MacroDocument Macro =>
        new()
        {
            Id = "own",
            Name = Name ?? LocalizedText.Of(""),
            Description = Description,
            Enabled = Enabled ?? true,
            Group = Group,
            Desks = Desks ?? [],
            Do = Do ?? [],
        };
}

/// <summary>How a macro is applied.</summary>
public sealed record ApplyMacroBody
{
    /// <summary>Whether it only tells what would change.</summary>
    public bool? Preview { get; init; }

    /// <summary>What is written in place of the macro's text, Markdown; an empty text writes nothing.</summary>
    public string? Text { get; init; }
}

/// <summary>What a macro writes.</summary>
/// <param name="Body">Markdown.</param>
public sealed record MacroCommentAnswer(Visibility Visibility, string Body);

/// <summary>Why a part of a macro cannot be done.</summary>
/// <param name="Action">The word of the action; null for all of them together.</param>
/// <param name="Detail">The sentence.</param>
public sealed record MacroRefusalAnswer(string? Action, string Code, string Detail);

/// <summary>What a macro did, or would do.</summary>
/// <param name="IsApplied">Whether it was applied.</param>
/// <param name="Changes">What changes, in the reader's words.</param>
/// <param name="Comment">What is written; null for nothing.</param>
/// <param name="Refusals">Why it cannot be applied; only of a preview.</param>
/// <param name="Ticket">The ticket afterwards; null for a preview.</param>
public sealed record AppliedMacroAnswer(
    bool IsApplied,
    IReadOnlyList<MacroChange> Changes,
    MacroCommentAnswer? Comment,
    IReadOnlyList<MacroRefusalAnswer> Refusals,
    TicketAnswer? Ticket
);
