using System.Text.Json.Serialization;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>The kinds of configuration documents. Stored by the given name.</summary>
public static class DocumentKinds
{
    /// <summary>A desk.</summary>
    public const string Desk = "desk";

    /// <summary>A ticket type.</summary>
    public const string TicketType = "ticket-type";

    /// <summary>A request type.</summary>
    public const string RequestType = "request-type";

    /// <summary>A field.</summary>
    public const string Field = "field";

    /// <summary>An approval policy.</summary>
    public const string Approval = "approval";

    /// <summary>A workflow.</summary>
    public const string Workflow = "workflow";

    /// <summary>A working-time calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>An SLA policy.</summary>
    public const string SlaPolicy = "sla-policy";

    /// <summary>A queue.</summary>
    public const string Queue = "queue";

    /// <summary>A rule.</summary>
    public const string Rule = "rule";

    /// <summary>To whom of a team tickets are given by themselves.</summary>
    public const string Assignment = "assignment";

    /// <summary>A role.</summary>
    public const string Role = "role";

    /// <summary>A way in which tickets can be linked.</summary>
    public const string LinkType = "link-type";

    /// <summary>The saved settings of a plugin.</summary>
    public const string PluginSettings = "plugin-settings";

    /// <summary>A script.</summary>
    public const string Script = "script";

    /// <summary>A host that scripts may ask over HTTP.</summary>
    public const string AllowedHost = "allowed-host";

    /// <summary>A report.</summary>
    public const string Report = "report";

    /// <summary>A dashboard.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>All kinds, in the order in which an import must write them.</summary>
    public static ValueList<string> All { get; } =
    [
        Role,
        Calendar,
        AllowedHost,
        Script,
        Field,
        Approval,
        Workflow,
        TicketType,
        Desk,
        RequestType,
        SlaPolicy,
        Queue,
        Assignment,
        LinkType,
        Rule,
        Report,
        Dashboard,
        PluginSettings,
    ];
}

/// <summary>A configuration document: immutable, versioned, checked by its schema when it is written. Its id is lower-case words with dashes, at most 60 characters; a desk's id is its key.</summary>
public abstract record ConfigurationDocument
{
    /// <summary>The id, unique in its kind.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people see, at most 200 characters in each language.</summary>
    public required LocalizedText Name { get; init; }
}

/// <summary>Documents that stand in an order of their own: from the smallest, and by id where it is the same.</summary>
public interface IOrderedDocument
{
    /// <summary>From 0; 100 unless told.</summary>
    int Order { get; }
}

/// <summary>A service project.</summary>
public sealed record DeskDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>Place among the desks, in the portal, the workspace and every list.</summary>
    public int Order { get; init; } = 100;

    /// <summary>What it is for, in the portal.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "headset";

    /// <summary>An accent colour, <c>#rrggbb</c>; null keeps the product's.</summary>
    public string? Accent { get; init; }

    /// <summary>Ids of the ticket types it works.</summary>
    public ValueList<string> Types { get; init; } = [];

    /// <summary>Groups of request types in the portal, in order.</summary>
    public ValueList<PortalGroup> Groups { get; init; } = [];

    /// <summary>Which agents may work here.</summary>
    public DeskAgents Agents { get; init; } = new();

    /// <summary>Which customers may ask here and what they see of each other.</summary>
    public DeskCustomers Customers { get; init; } = new();
}

/// <summary>A named group of request types in the portal.</summary>
/// <param name="Id">Unique in the desk.</param>
/// <param name="Name">The heading.</param>
/// <param name="RequestTypes">Ids of request types, in order.</param>
public sealed record PortalGroup(string Id, LocalizedText Name, ValueList<string> RequestTypes);

/// <summary>Which agents work on a desk.</summary>
public sealed record DeskAgents
{
    /// <summary>Whether every agent does.</summary>
    public bool Everyone { get; init; } = true;

    /// <summary>Names of the teams whose members do, when not everyone does.</summary>
    public ValueList<string> Teams { get; init; } = [];
}

/// <summary>Which customers a desk serves.</summary>
public sealed record DeskCustomers
{
    /// <summary>Whether every customer may ask; otherwise only those of <see cref="Organizations"/>.</summary>
    public bool Everyone { get; init; } = true;

    /// <summary>Short names of organizations that may ask here.</summary>
    public ValueList<string> Organizations { get; init; } = [];

    /// <summary>Whether a customer sees the requests of the own organization where the organization allows it too.</summary>
    public bool ShareWithinOrganization { get; init; } = true;
}

/// <summary>A practice's kind of ticket, brought by a plugin.</summary>
public sealed record TicketTypeDocument : ConfigurationDocument
{
    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "ticket";

    /// <summary>The id of its workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>Ids of the fields that its tickets have, in the order of the ticket page.</summary>
    public ValueList<string> Fields { get; init; } = [];

    /// <summary>The priority of a new ticket when none is given.</summary>
    public Priority DefaultPriority { get; init; } = Priority.Medium;
}

/// <summary>What a customer picks in the portal.</summary>
public sealed record RequestTypeDocument : ConfigurationDocument
{
    /// <summary>The desk's key.</summary>
    public required string Desk { get; init; }

    /// <summary>The ticket type of the tickets it makes.</summary>
    public required string Type { get; init; }

    /// <summary>One sentence under the name.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>Help above the form.</summary>
    public LocalizedText? Help { get; init; }

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "message-circle";

    /// <summary>The form: <c>summary</c>, <c>description</c>, <c>attachments</c> or the id of a field, in order. Summary is always asked.</summary>
    public ValueList<FormField> Form { get; init; } = [];

    /// <summary>The priority of a new ticket; null takes the type's.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Preset values of fields that the customer does not see.</summary>
    public ValueMap<string> Presets { get; init; } = ValueMap<string>.Empty;
}

/// <summary>A place in a form.</summary>
/// <param name="Field">The field's id.</param>
/// <param name="Required">Whether it must be filled.</param>
/// <param name="Label">A label other than the field's name.</param>
/// <param name="Help">A sentence under the input.</param>
public sealed record FormField(
    string Field,
    bool Required = false,
    LocalizedText? Label = null,
    LocalizedText? Help = null
);

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    /// <summary>One line, at most 255 characters.</summary>
    Text = 1,

    /// <summary>Markdown.</summary>
    LongText = 2,

    /// <summary>A decimal number.</summary>
    Number = 3,

    /// <summary>A check box.</summary>
    Flag = 4,

    /// <summary>A date without a zone.</summary>
    Date = 5,

    /// <summary>A moment.</summary>
    Moment = 6,

    /// <summary>One of the choices.</summary>
    Choice = 7,

    /// <summary>Several of the choices.</summary>
    Choices = 8,

    /// <summary>A person.</summary>
    Person = 9,

    /// <summary>An http or https address.</summary>
    Url = 10,
}

/// <summary>A field of tickets.</summary>
public sealed record FieldDocument : ConfigurationDocument
{
    /// <summary>What it holds. In text it is <c>type</c>, since <c>kind</c> says which kind of document it is.</summary>
    [JsonPropertyName("type")]
    public required FieldKind Kind { get; init; }

    /// <summary>A sentence for the one who fills it.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>The choices, in order; later is greater in queries.</summary>
    public ValueList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Whether customers see it on their requests. They fill it only where a form has it.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>Ids of statuses in which it cannot be changed.</summary>
    public ValueList<string> LockedIn { get; init; } = [];

    /// <summary>Ids of roles that may change it besides administrators; empty means every agent.</summary>
    public ValueList<string> EditableBy { get; init; } = [];

    /// <summary>The id of the script that works out the value after each change of a ticket; then nobody fills the field by hand. Null for a field that people fill.</summary>
    public string? Script { get; init; }
}

/// <summary>One choice of a field.</summary>
/// <param name="Id">Lower-case words with dashes, unique in the field; what tickets store.</param>
/// <param name="Name">The words that people see.</param>
public sealed record FieldChoice(string Id, LocalizedText Name);

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
    public ValueList<FieldChoice> Resolutions { get; init; } = [];

    /// <summary>How a done ticket is opened again; null means never.</summary>
    public ReopenRule? Reopen { get; init; }

    /// <summary>How a ticket closes by itself; null means never.</summary>
    public AutoCloseRule? AutoClose { get; init; }
}

/// <summary>A status.</summary>
/// <param name="Id">Unique in the workflow.</param>
/// <param name="Name">For agents.</param>
/// <param name="Category">What it means.</param>
/// <param name="CustomerName">For customers; null shows <paramref name="Name"/>.</param>
/// <param name="Closes">Whether a ticket in it counts as closed.</param>
/// <param name="Approval">The approval that is asked when a ticket enters it; null for none.</param>
public sealed record WorkflowStatus(
    string Id,
    LocalizedText Name,
    StatusCategory Category,
    LocalizedText? CustomerName = null,
    bool Closes = false,
    StatusApproval? Approval = null
);

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

    /// <summary>Ids of fields that must be filled after it.</summary>
    public ValueList<string> RequiredFields { get; init; } = [];

    /// <summary>Ids of fields that its screen offers.</summary>
    public ValueList<string> Screen { get; init; } = [];

    /// <summary>A query that the ticket must match; null means always.</summary>
    public string? Condition { get; init; }

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

/// <summary>An agents' list.</summary>
public sealed record QueueDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>The desk's key.</summary>
    public required string Desk { get; init; }

    /// <summary>Which tickets of the desk, with order.</summary>
    public required string Query { get; init; }

    /// <summary>Columns in order: names of query fields or <c>sla:METRIC</c>.</summary>
    public ValueList<string> Columns { get; init; } = [];

    /// <summary>A Tabler icon's name.</summary>
    public string Icon { get; init; } = "inbox";

    /// <summary>Place among the desk's queues.</summary>
    public int Order { get; init; } = 100;
}

/// <summary>A set of permissions.</summary>
public sealed record RoleDocument : ConfigurationDocument
{
    /// <summary>Ids of permissions, such as <c>ticket.edit</c>.</summary>
    public ValueList<string> Permissions { get; init; } = [];
}
