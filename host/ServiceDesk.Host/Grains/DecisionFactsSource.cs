using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Grains;

/// <summary>Looks up what a decision asks about people, before it is made.</summary>
public sealed class DecisionFactsSource(IPeople people)
{
    public async ValueTask<DecisionFacts> AnswerAsync(FactsQuestion question, CancellationToken cancellation)
    {
        if (question.People.Count == 0 && question.Teams.Count == 0)
        {
            return DecisionFacts.None;
        }

        var found = await people.FindAsync([.. question.People], cancellation);
        var organizations = new List<Organization>();
        foreach (var id in found.Values.SelectMany(person => person.Organizations).Distinct())
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                organizations.Add(organization);
            }
        }

        var teams = new List<Team>();
        foreach (var id in found.Values.SelectMany(person => person.Teams).Concat(question.Teams).Distinct())
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams.Add(team);
            }
        }

        return new DecisionFacts(
            found.Values.OrderBy(person => person.Id.Value).ToValueList(),
            organizations.ToValueList(),
            teams.ToValueList()
        );
    }
}
