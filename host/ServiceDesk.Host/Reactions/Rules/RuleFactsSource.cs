using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Looks up whom and what the actions of a rule name, and who stands on the ticket.</summary>
public sealed class RuleFactsSource(IPeopleStore people, TextCatalogue texts)
{
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
            if (await people.FindTeamAsync(name, cancellation) is { } team)
            {
                byName[name] = team;
            }
        }

        return new RuleFacts
        {
            ByEmail = byEmail,
            ByName = byName,
            People = await people.FindAsync([.. PeopleOf(ticket)], cancellation),
            Organization = ticket.Organization is { } organization
                ? (await people.FindOrganizationAsync(organization, cancellation))?.Name
                : null,
            Team = ticket.Team is { } id ? await people.FindTeamAsync(id, cancellation) : null,
            Say = (language, key) => texts.Find(language, key) ?? key,
        };
    }

    private static IEnumerable<PersonId> PeopleOf(TicketState ticket) =>
        new[] { ticket.Requester, ticket.Assignee ?? ticket.Requester }
            .Concat(ticket.Fields.Values.OfType<PersonValue>().Select(value => value.Person))
            .Distinct();
}
