using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>What is promised to whom.</summary>
public sealed record SlaPolicyDocument : ConfigurationDocument, IOrderedDocument
{
    /// <summary>Policies are tried from the smallest order; the first whose query matches a new ticket applies to each metric it has.</summary>
    public int Order { get; init; } = 100;

    /// <summary>Whether it is promised to customers (<c>sla</c>) or between teams (<c>ola</c>).</summary>
    public AgreementType Type { get; init; } = AgreementType.Sla;

    /// <summary>Which tickets; empty means all.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>What is measured.</summary>
    public ValueList<SlaMetric> Metrics { get; init; } = [];

    /// <summary>The words of the agreement; null for none.</summary>
    public SlaTerms? Terms { get; init; }

    /// <summary>Who reads it in the portal; null for nobody.</summary>
    public SlaPublication? Published { get; init; }

    /// <summary>When and by whom it is looked through; null for never.</summary>
    public SlaReview? Review { get; init; }
}

/// <summary>Between whom something is promised.</summary>
public enum AgreementType
{
    /// <summary>A service level agreement: promised to customers.</summary>
    Sla = 1,

    /// <summary>An operational level agreement: promised between teams, inside what customers were promised. No customer sees its clocks.</summary>
    Ola = 2,
}

/// <summary>The words of an agreement. Each is Markdown; null is left out.</summary>
public sealed record SlaTerms
{
    /// <summary>What it covers: services, places, people.</summary>
    public LocalizedText? Scope { get; init; }

    /// <summary>What it does not cover.</summary>
    public LocalizedText? Exclusions { get; init; }

    /// <summary>What good work means besides time: availability, channels, languages.</summary>
    public LocalizedText? Quality { get; init; }

    /// <summary>Whom to turn to on either side.</summary>
    public LocalizedText? Contacts { get; init; }

    /// <summary>Contracts, laws and regulations that it rests on.</summary>
    public LocalizedText? References { get; init; }
}

/// <summary>Which customers read an agreement in the portal.</summary>
public sealed record SlaPublication
{
    /// <summary>Whether every customer does; otherwise only those of <see cref="Organizations"/>.</summary>
    public bool Everyone { get; init; }

    /// <summary>Short names of the organizations whose people read it.</summary>
    public ValueList<string> Organizations { get; init; } = [];
}

/// <summary>When an agreement is looked through again.</summary>
public sealed record SlaReview
{
    /// <summary>The day.</summary>
    public required LocalDate On { get; init; }

    /// <summary>The e-mail address of the one who is reminded; null reminds every administrator.</summary>
    public string? Owner { get; init; }

    /// <summary>How many days before it is reminded, 0 to 365.</summary>
    public int DaysBefore { get; init; } = 14;

    /// <summary>Whether it is time to remind on a day.</summary>
    public bool IsDue(LocalDate today) => On.PlusDays(-DaysBefore) <= today;
}

/// <summary>What is measured: when a clock starts, pauses and stops, and how long it may run.</summary>
public sealed record SlaMetric
{
    /// <summary>Unique among all policies that may meet on a ticket, such as <c>time-to-resolution</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people see and queries use: <c>sla("Time to resolution")</c>.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Any of these starts a clock that does not run.</summary>
    public ValueList<SlaCondition> Start { get; init; } = [];

    /// <summary>While any of these holds, the clock is paused.</summary>
    public ValueList<SlaCondition> Pause { get; init; } = [];

    /// <summary>Any of these stops the clock: the verdict is final. One that starts the metric too begins the next cycle at once, if it is another condition that does.</summary>
    public ValueList<SlaCondition> Stop { get; init; } = [];

    /// <summary>Any of these ends the cycle without a verdict (a breach stays one) and begins the next from zero.</summary>
    public ValueList<SlaCondition> Reset { get; init; } = [];

    /// <summary>Any of these ends the cycle without a verdict; a breach stays one.</summary>
    public ValueList<SlaCondition> Cancel { get; init; } = [];

    /// <summary>Goals in order; the first whose query matches applies.</summary>
    public ValueList<SlaGoal> Goals { get; init; } = [];

    /// <summary>Whether the portal tells customers by when, or that it is paused; null means yes when nothing but being done stops the clock. Never of a metric between teams.</summary>
    public bool? CustomersSee { get; init; }

    /// <summary>For a metric between teams: the id of the customers' metric inside whose time it must fit, with all others of the same; null for none.</summary>
    public string? Within { get; init; }
}

/// <summary>
/// A condition of a metric. One of <see cref="On"/>, <see cref="Status"/> and <see cref="Category"/>, or a query alone; a query
/// beside one of them must hold too.
/// </summary>
public sealed record SlaCondition
{
    /// <summary>
    /// Something that happens: <c>opened</c>, <c>assigned</c>, <c>team-assigned</c>, <c>team-left</c>, <c>agent-comment</c>,
    /// <c>agent-mail</c>, <c>agent-transition</c>, <c>phone-note</c>, <c>internal-note</c>, <c>customer-comment</c>,
    /// <c>field-changed</c>, <c>priority-changed</c>, <c>approval-asked</c>, <c>approval-ended</c>, <c>approval-approved</c>,
    /// <c>approval-declined</c>, <c>resolved</c>, <c>reopened</c>, <c>closed</c>, or a plugin's trigger. Not for pause.
    /// </summary>
    public string? On { get; init; }

    /// <summary>Which one of what happens is meant: the team's name, the field's id, the approval policy's id. Null takes any.</summary>
    public string? Of { get; init; }

    /// <summary>Parameters of a plugin's trigger.</summary>
    public ValueMap<string> With { get; init; } = ValueMap<string>.Empty;

    /// <summary>For start: only the first time; a metric that ever ran on the ticket does not start by it again.</summary>
    public bool First { get; init; }

    /// <summary>Entering (start, stop, reset, cancel) or being in (pause) a status, by id.</summary>
    public string? Status { get; init; }

    /// <summary>Entering or being in a category: <c>new</c>, <c>active</c>, <c>waiting</c>, <c>done</c>.</summary>
    public StatusCategory? Category { get; init; }

    /// <summary>A query becoming true (start, stop, reset, cancel) or holding (pause). Beside something that happens: it holds after it.</summary>
    public string? Query { get; init; }
}

/// <summary>How long a clock may run, for whom, on which calendar.</summary>
public sealed record SlaGoal
{
    /// <summary>What <see cref="Sla.SlaClock.Recorded"/> and the event of a threshold call the internal target.</summary>
    public const string Internal = "internal";

    /// <summary>Which tickets; empty means all the others.</summary>
    public string Query { get; init; } = string.Empty;

    /// <summary>Working time allowed, ISO 8601 in JSON (<c>PT8H</c>).</summary>
    public required Duration Target { get; init; }

    /// <summary>A stricter target of our own beside the promised one, shorter than it; reaching it is a threshold, no breach. Null for none.</summary>
    public Duration? InternalTarget { get; init; }

    /// <summary>The id of the calendar that counts.</summary>
    public required string Calendar { get; init; }

    /// <summary>Reminder points: a share of the target (<c>75%</c>) or working time left (<c>PT30M</c>).</summary>
    public ValueList<string> Reminders { get; init; } = [];

    /// <summary>Escalation levels, before the target and after it.</summary>
    public ValueList<SlaEscalation> Escalations { get; init; } = [];
}
