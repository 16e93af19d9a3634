using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>Whose approval is asked, by a status of a workflow or by an agent.</summary>
public sealed record ApprovalDocument : ConfigurationDocument
{
    /// <summary>Who is asked, step by step.</summary>
    public required ValueList<ApproversRule> Steps { get; init; }

    /// <summary>Whether all steps are asked at once; otherwise each after the one before it.</summary>
    public bool Parallel { get; init; }

    /// <summary>How long there is to answer, in calendar time; null is for ever.</summary>
    public Duration? ExpiresAfter { get; init; }

    /// <summary>
    /// How long whoever is asked may be silent before a reminder, and between two; null is no reminder. At least an hour. It begins
    /// anew with each answer and each new approver, and ends with the approval or after <see cref="Tickets.Approval.MostReminders"/> reminders.
    /// </summary>
    public Duration? RemindEvery { get; init; }

    /// <summary>Who is asked in a step that has nobody, or fewer than it needs; null for nobody: then it cannot be asked.</summary>
    public FallbackApprovers? Fallback { get; init; }

    /// <summary>Whether the ticket's requester may be among the approvers; otherwise left out.</summary>
    public bool AllowRequester { get; init; }

    /// <summary>Whether who declines must say why.</summary>
    public bool CommentOnDecline { get; init; } = true;

    /// <summary>Whether the customers of the ticket see the approval.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>Ids of fields that whoever is asked sees, besides those that customers see.</summary>
    public ValueList<string> Shows { get; init; } = [];
}

/// <summary>Who is asked in a step: all that are named in any of these ways together. Who is absent is stood in for by the substitute of the absence.</summary>
public sealed record ApproversRule
{
    /// <summary>What the step is called; null for no name.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Addresses of people.</summary>
    public ValueList<string> People { get; init; } = [];

    /// <summary>Names of teams.</summary>
    public ValueList<string> Teams { get; init; } = [];

    /// <summary>Ids of roles.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>Names of teams whose leads are asked.</summary>
    public ValueList<string> Leads { get; init; } = [];

    /// <summary>Whether the requester's manager is asked.</summary>
    public bool Manager { get; init; }

    /// <summary>Whether the contact of the ticket's organization is asked; nobody when the contact is no member of it any more.</summary>
    public bool OrganizationContact { get; init; }

    /// <summary>Ids of fields of the ticket that name a person who is asked.</summary>
    public ValueList<string> Fields { get; init; } = [];

    /// <summary>How many must approve; null is all.</summary>
    public int? Needed { get; init; }
}

/// <summary>
/// Who is asked where a step has too few, all that are named together: in place of nobody, and beside the few that there are. One
/// of them is enough, unless the step says how many must approve.
/// </summary>
public sealed record FallbackApprovers
{
    /// <summary>Addresses of people.</summary>
    public ValueList<string> People { get; init; } = [];

    /// <summary>Names of teams.</summary>
    public ValueList<string> Teams { get; init; } = [];

    /// <summary>Ids of roles.</summary>
    public ValueList<string> Roles { get; init; } = [];
}

/// <summary>The approval that a status asks for when a ticket enters it.</summary>
/// <param name="Policy">The id of an <see cref="ApprovalDocument"/>.</param>
/// <param name="Approved">The transition that is taken once it is approved; null for none.</param>
/// <param name="Declined">The transition that is taken once it is declined or expired; null for none.</param>
public sealed record StatusApproval(string Policy, string? Approved = null, string? Declined = null);
