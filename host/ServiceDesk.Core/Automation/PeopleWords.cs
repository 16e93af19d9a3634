using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Automation;

/// <summary>Whom rules and escalations mean without naming a person.</summary>
public static class PeopleWords
{
    public const string Assignee = "assignee";
    public const string Team = "team";
    public const string Lead = "lead";
    public const string Manager = "manager";
    public const string LeadManager = "lead-manager";
    public const string Requester = "requester";
    public const string Watchers = "watchers";

    private const string TeamPrefix = "team:";
    private const string RolePrefix = "role:";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Assignee, Team, Lead, Manager, LeadManager, Requester, Watchers];

    /// <summary>Whether it means somebody by something else than an address.</summary>
    public static bool IsWord(string word) =>
        All.Contains(word, StringComparer.Ordinal)
        || TeamIn(word) is not null
        || RoleIn(word) is not null
        || IsOfPlugin(word);

    /// <summary>Whether it is a word of a plugin, such as <c>crm.legal</c>, loaded or not.</summary>
    public static bool IsOfPlugin(string word) =>
        word.Contains('.', StringComparison.Ordinal)
        && word.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '.' or '-');

    /// <summary>The name of the team that is named; null when none is.</summary>
    public static string? TeamIn(string word) =>
        word.StartsWith(TeamPrefix, StringComparison.Ordinal) ? word[TeamPrefix.Length..].Trim() : null;

    /// <summary>How a team is named.</summary>
    public static string OfTeam(string name) => TeamPrefix + name;

    /// <summary>The id of the role that is named; null when none is.</summary>
    public static string? RoleIn(string word) =>
        word.StartsWith(RolePrefix, StringComparison.Ordinal) ? word[RolePrefix.Length..].Trim() : null;

    /// <summary>The people whom a word or address means on a ticket; null for an address, team or role that does not exist. The word of a plugin that is not there means nobody.</summary>
    internal static IEnumerable<PersonId>? Meant(string word, RuleScene scene) =>
        word switch
        {
            Assignee => Some(scene.Ticket.State.Assignee),
            Team => scene.Facts.Team?.Members ?? [],
            Lead => Some(scene.Facts.Lead),
            Manager => Some(scene.Facts.Manager),
            LeadManager => Some(scene.Facts.LeadManager),
            Requester => [scene.Ticket.State.Requester],
            Watchers => scene.Ticket.State.Watchers,
            _ when TeamIn(word) is { } team => scene.Facts.ByName.TryGetValue(team, out var found)
                ? found.Members
                : null,
            _ when RoleIn(word) is { } role => scene.Facts.ByRole.GetValueOrDefault(role),
            _ when IsOfPlugin(word) => scene.Facts.ByWord.GetValueOrDefault(word) ?? [],
            _ => scene.Facts.ByEmail.TryGetValue(word.ToLowerInvariant(), out var person) ? [person.Id] : null,
        };

    private static IEnumerable<PersonId> Some(PersonId? person) => person is { } one ? [one] : [];
}
