using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Automation;

/// <summary>What was looked up before a rule's actions are planned.</summary>
public sealed record RuleFacts
{
    /// <summary>Nothing is known.</summary>
    public static RuleFacts None { get; } = new();

    /// <summary>People whom actions name, by lower-case e-mail address.</summary>
    public IReadOnlyDictionary<string, Person> ByEmail { get; init; } = new Dictionary<string, Person>();

    /// <summary>Teams that actions name, by name.</summary>
    public IReadOnlyDictionary<string, Team> ByName { get; init; } = new Dictionary<string, Team>();

    /// <summary>The people of the ticket.</summary>
    public IReadOnlyDictionary<PersonId, Person> People { get; init; } = new Dictionary<PersonId, Person>();

    /// <summary>The name of the ticket's organization.</summary>
    public string? Organization { get; init; }

    /// <summary>Names of the organizations and teams that stand in the ticket's fields.</summary>
    public IReadOnlyDictionary<FieldValue, string> Groups { get; init; } = new Dictionary<FieldValue, string>();

    /// <summary>The ticket's team.</summary>
    public Team? Team { get; init; }

    /// <summary>Who leads the ticket's team.</summary>
    public PersonId? Lead { get; init; }

    /// <summary>Whom the ticket's agent reports to.</summary>
    public PersonId? Manager { get; init; }

    /// <summary>Whom the lead of the team reports to.</summary>
    public PersonId? LeadManager { get; init; }

    /// <summary>People of the roles that actions name, by id of the role.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PersonId>> ByRole { get; init; } =
        new Dictionary<string, IReadOnlyList<PersonId>>();

    /// <summary>People whom actions name by a plugin's word, by that word.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PersonId>> ByWord { get; init; } =
        new Dictionary<string, IReadOnlyList<PersonId>>();

    /// <summary>A sentence of the product by language and key.</summary>
    public Func<string, string, string> Say { get; init; } = (_, key) => key;
}

/// <summary>Where an action stands in its rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Branch"><c>then</c> or <c>else</c>.</param>
/// <param name="Number">Its place there, from 0.</param>
public sealed record RulePlace(string Rule, string Branch, int Number);

/// <summary>The ticket before an action, with what is known around it: fills the places in the texts of rules.</summary>
public sealed record RuleScene(TicketSnapshot Ticket, IConfiguration Configuration, RuleFacts Facts)
{
    private const string FieldPrefix = "ticket.fields.";

    private static readonly HashSet<string> OwnNames = new(StringComparer.Ordinal)
    {
        "ticket.key",
        "ticket.summary",
        "ticket.desk",
        "ticket.type",
        "ticket.status",
        "ticket.priority",
        "ticket.requester.name",
        "ticket.organization.name",
        "ticket.assignee.name",
        "ticket.team.name",
        OriginKey,
        OriginSummary,
    };

    /// <summary>The place for the key of the ticket that set the rule off, where an action acts on others.</summary>
    public const string OriginKey = "trigger.key";

    /// <summary>The place for that ticket's summary.</summary>
    public const string OriginSummary = "trigger.summary";

    /// <summary>The place for the name of the agent who applies a macro.</summary>
    public const string AgentName = "agent.name";

    /// <summary>The agent who applies a macro; null for rules.</summary>
    public Person? Agent { get; init; }

    /// <summary>The ticket that set the rule off; null when it is this one.</summary>
    public TicketState? Origin { get; init; }

    /// <summary>The action that is planned; null where nobody asks.</summary>
    public RulePlace? Place { get; init; }

    /// <summary>The product's own names of places, without those of fields.</summary>
    public static IEnumerable<string> Names => OwnNames.Order(StringComparer.Ordinal);

    /// <summary>Whether texts may have a place of this name: the product's own, or a configured field's.</summary>
    public static bool Knows(string name, IConfiguration configuration) =>
        OwnNames.Contains(name) || FieldOf(name, configuration) is not null;

    /// <summary>The field that a place names; null when it names none.</summary>
    public static FieldDocument? FieldOf(string name, IConfiguration configuration) =>
        name.StartsWith(FieldPrefix, StringComparison.Ordinal)
        && configuration.TryGet<FieldDocument>(name[FieldPrefix.Length..], out var field)
            ? field
            : null;

    /// <summary>A text for one line or a field, with its places filled as they are.</summary>
    public string Plain(string text, string language = "en") => RuleTemplate.Fill(text, name => Value(name, language));

    /// <summary>A text in Markdown, with what fills its places escaped.</summary>
    public string Markdown(string text, string language) =>
        RuleTemplate.Fill(text, name => Value(name, language) is { } value ? RuleTemplate.InMarkdown(value) : null);

    /// <summary>The language of a person of the ticket; English when unknown.</summary>
    public string LanguageOf(PersonId? person) => Person(person)?.Language ?? "en";

    private Person? Person(PersonId? id) => id is { } known ? Facts.People.GetValueOrDefault(known) : null;

    private string? Value(string name, string language)
    {
        var state = Ticket.State;
        return name switch
        {
            "ticket.key" => state.Key.ToString(),
            "ticket.summary" => state.Summary,
            "ticket.desk" => Name<DeskDocument>(state.Desk, language),
            "ticket.type" => Name<TicketTypeDocument>(state.Type, language),
            "ticket.status" => Configuration.WorkflowOf(state.Type)?.Status(state.Status)?.Name.In(language)
                ?? state.Status,
            "ticket.priority" => Facts.Say(language, $"common.priority-{state.Priority.ToString().ToLowerInvariant()}"),
            "ticket.requester.name" => Person(state.Requester)?.Name,
            "ticket.organization.name" => Facts.Organization,
            "ticket.assignee.name" => Person(state.Assignee)?.Name,
            "ticket.team.name" => Facts.Team?.Name,
            AgentName => Agent?.Name,
            OriginKey => (Origin ?? state).Key.ToString(),
            OriginSummary => (Origin ?? state).Summary,
            _ => FieldOf(name, Configuration) is { } field ? Value(field, language) : null,
        };
    }

    private string Name<T>(string id, string language)
        where T : ConfigurationDocument =>
        Configuration.TryGet<T>(id, out var document) ? document.Name.In(language) : id;

    private string? Value(FieldDocument field, string language) =>
        Ticket.State.Fields.Find(field.Id) switch
        {
            null => null,
            ChoiceValue choice => field.WordsOf(choice.Choice, language),
            ChoicesValue choices => string.Join(", ", choices.Choices.Select(id => field.WordsOf(id, language))),
            PersonValue person => Person(person.Person)?.Name,
            (OrganizationValue or TeamValue) and var group => Facts.Groups.GetValueOrDefault(group),
            DurationValue duration => DurationText.Format(duration.Length, language, DurationDays.Of24Hours, units: 4),
            var value => PlainFields.Write(value),
        };
}
