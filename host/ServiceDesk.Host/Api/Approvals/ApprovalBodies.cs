using NodaTime;
using ServiceDesk.Host.Api.Bodies;

namespace ServiceDesk.Host.Api.Approvals;

/// <summary>What asks for an approval: a policy, or steps.</summary>
public sealed record RequestApprovalBody
{
    /// <summary>What is to be approved, one line; left out with a policy, its name.</summary>
    public string? Title { get; init; }

    /// <summary>The id of an approval policy.</summary>
    public string? Policy { get; init; }

    /// <summary>Who is asked, step by step; without a policy.</summary>
    public IReadOnlyList<ApproversBody>? Steps { get; init; }

    /// <summary>Whether all steps are asked at once.</summary>
    public bool? Parallel { get; init; }

    /// <summary>How long there is to answer, ISO 8601; left out: for ever.</summary>
    public Duration? ExpiresAfter { get; init; }

    /// <summary>How long whoever is asked may be silent before a reminder, and between two, ISO 8601: PT1H or more; left out: no reminder.</summary>
    public Duration? RemindEvery { get; init; }

    /// <summary>Whether who declines must say why.</summary>
    public bool? CommentOnDecline { get; init; }

    /// <summary>Whether the customers of the ticket see it.</summary>
    public bool? CustomersSee { get; init; }

    /// <summary>Whether leaving the ticket's status withdraws it.</summary>
    public bool? ForStatus { get; init; }

    /// <summary>The transition that the ticket takes once it is approved.</summary>
    public string? WhenApproved { get; init; }

    /// <summary>The transition that the ticket takes once it is declined or expired.</summary>
    public string? WhenDeclined { get; init; }
}

/// <summary>Who is asked in a step.</summary>
public sealed record ApproversBody
{
    /// <summary>What the step is called.</summary>
    public string? Name { get; init; }

    /// <summary>People: id, address or name.</summary>
    public IReadOnlyList<PersonReference>? People { get; init; }

    /// <summary>Teams: id or name.</summary>
    public IReadOnlyList<TeamReference>? Teams { get; init; }

    /// <summary>Ids of roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>How many must approve; left out: all.</summary>
    public int? Needed { get; init; }
}

/// <summary>An answer to an approval.</summary>
public sealed record AnswerApprovalBody
{
    /// <summary>Yes or no.</summary>
    public bool? Approves { get; init; }

    /// <summary>Why; at most 10,000 characters.</summary>
    public string? Comment { get; init; }
}

/// <summary>Who answers an approval instead.</summary>
public sealed record DelegateApprovalBody
{
    /// <summary>Who: id, address or name.</summary>
    public PersonReference? To { get; init; }

    /// <summary>Why; at most 10,000 characters.</summary>
    public string? Comment { get; init; }
}

/// <summary>What the approval of a ticket's status could not do.</summary>
/// <param name="Policy">The id of the policy that could not be asked; null for a transition that was refused.</param>
/// <param name="Approval">The approval whose transition was refused; null for one that could not be asked.</param>
/// <param name="Transition">The id of that transition.</param>
/// <param name="Sentence">What it is, in the language of the request.</param>
/// <param name="Reasons">Every reason.</param>
/// <param name="At">Since when.</param>
public sealed record ApprovalTroubleBody(
    string? Policy,
    long? Approval,
    string? Transition,
    string Sentence,
    IReadOnlyList<ApprovalReasonBody> Reasons,
    Instant At
);

/// <summary>A reason.</summary>
/// <param name="Code">For programs, such as <c>refusal.approver-no-manager</c>.</param>
/// <param name="Sentence">For people.</param>
public sealed record ApprovalReasonBody(string Code, string Sentence);

/// <summary>What takes an approval back.</summary>
public sealed record WithdrawApprovalBody
{
    /// <summary>Why; may be left out.</summary>
    public string? Reason { get; init; }
}
