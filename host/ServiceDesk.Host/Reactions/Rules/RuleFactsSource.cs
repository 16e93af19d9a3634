using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Looks up whom and what the actions of a rule name, and who stands on the ticket.</summary>
public sealed class RuleFactsSource(
    IPeopleStore people,
    ICurrentConfiguration current,
    PluginRecipients recipients,
    TextCatalogue texts
)
{
    // More than anybody means to tell at once.
    private const int MostOfRole = 200;

    /// <summary>What is known for actions on a ticket.</summary>
    public async Task<RuleFacts> FindAsync(
        IReadOnlyCollection<RuleAction> actions,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var (emails, teams) = RulePlanner.Mentioned(actions);
        var byEmail = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var email in emails.Distinct(StringComparer.Ordinal))
        {
            if (await people.FindByEmailAsync(email, cancellation) is { } person)
            {
                byEmail[email] = person;
            }
        }

        var byName = new Dictionary<string, Team>(StringComparer.Ordinal);
        foreach (var name in teams.Distinct(StringComparer.Ordinal))
        {
            if (await people.FindTeamAsync(name, cancellation) is { } named)
            {
                byName[name] = named;
            }
        }

        var team = ticket.Team is { } id ? await people.FindTeamAsync(id, cancellation) : null;
        var assignee = ticket.Assignee is { } agent ? await people.FindAsync(agent, cancellation) : null;
        var lead = team?.Lead is { } leader ? await people.FindAsync(leader, cancellation) : null;
        return new RuleFacts
        {
            ByEmail = byEmail,
            ByName = byName,
            People = await people.FindAsync([.. PeopleOf(ticket)], cancellation),
            Organization = ticket.Organization is { } organization
                ? (await people.FindOrganizationAsync(organization, cancellation))?.Name
                : null,
            Groups = await people.GroupNamesAsync(ticket.Fields.Values, cancellation),
            Team = team,
            Lead = team?.Lead,
            Manager = assignee?.Manager,
            LeadManager = lead?.Manager,
            ByRole = await RolesAsync(actions, cancellation),
            ByWord = await recipients.FindAsync(
                [.. actions.SelectMany(action => action.People).Where(PeopleWords.IsOfPlugin).Distinct()],
                ticket,
                cancellation
            ),
            Say = (language, key) => texts.Find(language, key) ?? key,
        };
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<PersonId>>> RolesAsync(
        IReadOnlyCollection<RuleAction> actions,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, IReadOnlyList<PersonId>>(StringComparer.Ordinal);
        foreach (var role in actions.SelectMany(action => action.People).Select(PeopleWords.RoleIn).OfType<string>())
        {
            if (!found.ContainsKey(role) && current.Snapshot.TryGet<RoleDocument>(role, out _))
            {
                var page = await people.ListAsync(
                    new PeopleFilter { Roles = [role] },
                    MostOfRole,
                    cursor: null,
                    cancellation
                );
                found[role] = [.. page.Items.Select(person => person.Id)];
            }
        }

        return found;
    }

    private static IEnumerable<PersonId> PeopleOf(TicketState ticket) =>
        new[] { ticket.Requester, ticket.Assignee ?? ticket.Requester }
            .Concat(ticket.Fields.Values.OfType<PersonValue>().Select(value => value.Person))
            .Distinct();
}
