using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>The statuses of a ticket type and the ways between them.</summary>
public sealed record WorkflowDocument : ConfigurationDocument
{
    /// <summary>The status of a new ticket.</summary>
    public required string Initial { get; init; }

    /// <summary>The statuses, in the order of progress.</summary>
    public required ValueList<WorkflowStatus> Statuses { get; init; }

    /// <summary>The transitions, in the order in which they are offered.</summary>
    public required ValueList<WorkflowTransition> Transitions { get; init; }

    /// <summary>The resolutions that a transition into done may ask for.</summary>
    public ValueList<WorkflowResolution> Resolutions { get; init; } = [];

    /// <summary>How a done ticket is opened again; null means never.</summary>
    public ReopenRule? Reopen { get; init; }

    /// <summary>How a ticket closes by itself; null means never.</summary>
    public AutoCloseRule? AutoClose { get; init; }

    /// <summary>Statuses that the workflow had and no longer has, with those to which tickets that are left in them are moved.</summary>
    public ValueList<StatusReplacement> Replaced { get; init; } = [];
}

/// <summary>A status.</summary>
/// <param name="Id">Unique in the workflow.</param>
/// <param name="Name">For agents.</param>
/// <param name="Category">What it means.</param>
/// <param name="CustomerName">For customers; null shows <paramref name="Name"/>.</param>
/// <param name="Closes">Whether a ticket in it counts as closed.</param>
/// <param name="Approval">The approval that is asked when a ticket enters it; null for none.</param>
/// <param name="WaitsFor">For whom a ticket waits in it; null leaves it to the status's id and approval.</param>
public sealed record WorkflowStatus(
    string Id,
    LocalizedText Name,
    StatusCategory Category,
    LocalizedText? CustomerName = null,
    bool Closes = false,
    StatusApproval? Approval = null,
    WaitsFor? WaitsFor = null
);

/// <summary>For whom, or what, a ticket waits.</summary>
public enum WaitsFor
{
    /// <summary>For the customer's answer.</summary>
    Customer = 1,

    /// <summary>For a supplier.</summary>
    Supplier = 2,

    /// <summary>For another team of the house.</summary>
    Team = 3,

    /// <summary>For another ticket: a problem, a change.</summary>
    Ticket = 4,

    /// <summary>For somebody's approval.</summary>
    Approval = 5,
}

/// <summary>A way from one status to another.</summary>
public sealed record WorkflowTransition
{
    /// <summary>Unique in the workflow.</summary>
    public required string Id { get; init; }

    /// <summary>The words on the button.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Ids of the statuses it leaves from; empty means from every status but <see cref="To"/>.</summary>
    public ValueList<string> From { get; init; } = [];

    /// <summary>The status it leads to.</summary>
    public required string To { get; init; }

    /// <summary>Whether a resolution must be given.</summary>
    public bool RequiresResolution { get; init; }

    /// <summary>
    /// The id of the resolution that it gives where none is named, for a transition into done; null for none. Where one must be
    /// given, it is the one that is proposed.
    /// </summary>
    public string? Resolution { get; init; }

    /// <summary>Ids of fields that must be filled after it.</summary>
    public ValueList<string> RequiredFields { get; init; } = [];

    /// <summary>Ids of fields that its screen offers.</summary>
    public ValueList<string> Screen { get; init; } = [];

    /// <summary>A query that the ticket must match; null means always.</summary>
    public string? Condition { get; init; }

    /// <summary>Ids of the roles whose agents may take it; empty means every agent of the desk. It binds neither customers, for whom <see cref="Customers"/> decides, nor what the product does by itself.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>Related tickets that must be done before, such as all children. Of what time does by itself and what is imported it asks nothing.</summary>
    public ValueList<RuleTarget> LinkedDone { get; init; } = [];

    /// <summary>What is done after the ticket took it, in order, by the same machinery as the actions of rules.</summary>
    public ValueList<RuleAction> Then { get; init; } = [];

    /// <summary>Whether the requester and participants may use it in the portal.</summary>
    public bool Customers { get; init; }

    /// <summary>Whether a public comment of a customer takes it by itself, where it leaves from the status and its condition holds: what waits for a customer goes on.</summary>
    public bool OnCustomerComment { get; init; }

    /// <summary>Scripts that have a say in it; null for none.</summary>
    public TransitionScripts? Scripts { get; init; }
}

/// <summary>
/// Scripts of a transition, each by its id. Condition and validator are asked before the ticket decides and may only read; one
/// that is missing, fails or takes too long refuses the transition. What time does by itself and what is imported asks none.
/// </summary>
public sealed record TransitionScripts
{
    /// <summary>Whether there is such a way for the ticket: what does not return true hides it.</summary>
    public string? Condition { get; init; }

    /// <summary>Says no with a sentence of its own, or with <c>{ field, message }</c> at a field; nothing or true is a yes.</summary>
    public string? Validator { get; init; }

    /// <summary>Runs after the ticket took the transition, once.</summary>
    public string? After { get; init; }
}

/// <summary>A status that is gone, and where its tickets go.</summary>
/// <param name="From">The id of the status that the workflow had.</param>
/// <param name="To">The id of one of its statuses.</param>
public sealed record StatusReplacement(string From, string To);

/// <summary>How a done ticket is opened again.</summary>
/// <param name="To">The status it goes to.</param>
/// <param name="Within">How long after it entered done; null means always.</param>
/// <param name="OnCustomerComment">Whether a public comment of a customer opens it again by itself.</param>
public sealed record ReopenRule(string To, Duration? Within = null, bool OnCustomerComment = true);

/// <summary>How a ticket closes by itself.</summary>
/// <param name="From">The status it waits in.</param>
/// <param name="Transition">The id of the transition it takes.</param>
/// <param name="After">How long it stays there first, in calendar time.</param>
public sealed record AutoCloseRule(string From, string Transition, Duration After);

/// <summary>A reason for which a ticket is done.</summary>
/// <param name="Id">Lower-case words with dashes, unique in the workflow; what tickets store.</param>
/// <param name="Name">The words that people see.</param>
public sealed record WorkflowResolution(string Id, LocalizedText Name);
