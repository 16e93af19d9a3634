using ServiceDesk.Host.Configuration.Templates;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Desks;

/// <summary>Who works on a new desk and who may ask it, as its wizard is filled in.</summary>
/// <param name="Agents">One of the words of this class, as for <paramref name="Customers"/>.</param>
/// <param name="Teams">Names of teams.</param>
/// <param name="People">Addresses of people in the team of its own.</param>
/// <param name="Organizations">Short names of organizations.</param>
public sealed record NewDeskWho(
    string Agents,
    ValueList<string> Teams,
    ValueList<string> People,
    string Customers,
    ValueList<string> Organizations
)
{
    public const string Everyone = "everyone";
    public const string Some = "teams";
    public const string Own = "own";
    public const string Shared = "shared";

    /// <summary>What is chosen before anybody chooses: a template that begins closed has a team of its own, one that shares has what the other desk has.</summary>
    public static NewDeskWho Usual(DeskTemplate? template, bool isShared) =>
        new(
            template is { Agents.Everyone: false } ? Own
                : isShared ? Shared
                : Everyone,
            [],
            [],
            isShared ? Shared : Everyone,
            []
        );

    /// <summary>Who works there.</summary>
    /// <param name="other">The desk with which it shares.</param>
    public DeskAgents? AgentsWith(DeskDocument? other) =>
        Agents switch
        {
            Some => new DeskAgents { Everyone = false, Teams = Teams },
            Own => new DeskAgents { Everyone = false },
            Shared => other?.Agents,
            _ => new DeskAgents(),
        };

    /// <summary>Who may ask.</summary>
    /// <param name="other">The desk with which it shares.</param>
    public DeskCustomers? CustomersWith(DeskTemplate? template, DeskDocument? other) =>
        Customers switch
        {
            Some => (template?.Customers ?? new DeskCustomers()) with
            {
                Everyone = false,
                Organizations = Organizations,
            },
            Shared when other is not null => other.Customers with
            {
                ShareWithinOrganization =
                    other.Customers.ShareWithinOrganization && template?.Customers.ShareWithinOrganization != false,
            },
            Shared => null,
            _ => template?.Customers,
        };
}

/// <summary>
/// Reads it from the wizard's form. A choice that nobody touched follows the template: what was usual when the form was drawn
/// becomes what is usual now, so that a desk that begins closed is not opened by a choice that was made for another template.
/// </summary>
public sealed class NewDeskForm(IFormCollection form) : EditorForm(form)
{
    /// <summary>What was chosen, and typed to be looked up.</summary>
    public NewDeskWho Read(NewDeskWho usual, bool isShared) =>
        new(
            Choice("agents", usual.Agents, isShared),
            Chosen("teams"),
            Chosen("people"),
            Choice("customers", usual.Customers, isShared),
            Chosen("organizations")
        );

    /// <summary>Who is typed as one more of the team.</summary>
    public string Person => Text("person");

    /// <summary>What was chosen, after a button of one of the rows.</summary>
    public static NewDeskWho Apply(NewDeskWho who, string? asked) =>
        who with
        {
            Teams = Arranged(who.Teams, asked, "teams"),
            People = Arranged(who.People, asked, "people"),
            Organizations = Arranged(who.Organizations, asked, "organizations"),
        };

    private string Choice(string name, string usual, bool isShared) =>
        Given(name) is { } chosen
        // Following another template may close a desk and never opens one that was closed on purpose.
        && (chosen != Text($"{name}-usual") || chosen == NewDeskWho.Own)
        && (isShared || chosen != NewDeskWho.Shared)
            ? chosen
            : usual;
}
