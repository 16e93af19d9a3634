using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Grains;

/// <summary>Looks up what a decision asks about people, before it is made.</summary>
public sealed class DecisionFactsSource(IPeopleStore people)
{
    // More than can be approvers of one step, so that the decision sees that there are too many.
    private const int MostOfRole = 200;

    public async ValueTask<DecisionFacts> AnswerAsync(FactsQuestion question, CancellationToken cancellation)
    {
        if (question == FactsQuestion.None)
        {
            return DecisionFacts.None;
        }

        var named = await TeamsAsync(question, cancellation);
        var found = new Dictionary<PersonId, Person>();
        var wanted = question.People.Concat(question.WithMembers ? named.SelectMany(team => team.Members) : []);
        foreach (var person in (await people.FindAsync([.. wanted.Distinct()], cancellation)).Values)
        {
            found[person.Id] = person;
        }

        await foreach (var person in NamedAsync(question, cancellation))
        {
            found[person.Id] = person;
        }

        return await WithSurroundingsAsync(found.Values, named, cancellation);
    }

    private async Task<IReadOnlyList<Team>> TeamsAsync(FactsQuestion question, CancellationToken cancellation)
    {
        var teams = new List<Team?>();
        foreach (var id in question.Teams)
        {
            teams.Add(await people.FindTeamAsync(id, cancellation));
        }

        foreach (var name in question.TeamNames)
        {
            teams.Add(await people.FindTeamAsync(name, cancellation));
        }

        return [.. teams.OfType<Team>().DistinctBy(team => team.Id)];
    }

    private async IAsyncEnumerable<Person> NamedAsync(
        FactsQuestion question,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var address in question.Addresses)
        {
            if (await people.FindByEmailAsync(address, cancellation) is { } person)
            {
                yield return person;
            }
        }

        foreach (var role in question.Roles)
        {
            string? cursor = null;
            var count = 0;
            do
            {
                var filter = new PeopleFilter { Roles = [role] };
                var page = await people.ListAsync(filter, MostOfRole, cursor, cancellation);
                foreach (var person in page.Items)
                {
                    yield return person;
                }

                (cursor, count) = (page.Next, count + page.Items.Count);
            } while (cursor is not null && count <= MostOfRole);
        }
    }

    private async Task<DecisionFacts> WithSurroundingsAsync(
        IReadOnlyCollection<Person> found,
        IReadOnlyCollection<Team> named,
        CancellationToken cancellation
    )
    {
        var organizations = new List<Organization>();
        foreach (var id in found.SelectMany(person => person.Organizations).Distinct())
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                organizations.Add(organization);
            }
        }

        var teams = named.ToList();
        foreach (var id in found.SelectMany(person => person.Teams).Distinct().Except(named.Select(team => team.Id)))
        {
            if (await people.FindTeamAsync(id, cancellation) is { } team)
            {
                teams.Add(team);
            }
        }

        return new DecisionFacts(
            found.OrderBy(person => person.Id.Value).ToValueList(),
            organizations.ToValueList(),
            teams.ToValueList()
        );
    }
}
