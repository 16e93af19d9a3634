using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Duty;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Grains;

/// <summary>Looks up what a decision asks about people, before it is made.</summary>
public sealed class DecisionFactsSource(IPeopleStore people, Rosters rosters, IClock clock)
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
        var wanted = question
            .People.Concat(question.WithMembers ? named.SelectMany(team => team.Members) : [])
            .Concat(question.WithLeads ? named.Select(team => team.Lead).OfType<PersonId>() : []);
        foreach (var person in (await people.FindAsync([.. wanted.Distinct()], cancellation)).Values)
        {
            found[person.Id] = person;
        }

        await foreach (var person in NamedAsync(question, cancellation))
        {
            found[person.Id] = person;
        }

        var managers = question.ManagersOf.Select(id => found.GetValueOrDefault(id)?.Manager).OfType<PersonId>();
        foreach (var person in (await people.FindAsync([.. managers], cancellation)).Values)
        {
            found[person.Id] = person;
        }

        if (question.WithContacts)
        {
            foreach (var person in await ContactsAsync(question.Organizations, cancellation))
            {
                found[person.Id] = person;
            }
        }

        var standIns = question.WithStandIns ? await StandInsAsync([.. found.Values], cancellation) : [];
        foreach (var (_, person) in standIns)
        {
            found[person.Id] = person;
        }

        return await WithSurroundingsAsync(found.Values, named, question.Organizations, cancellation) with
        {
            StandIns = standIns.Select(one => one.StandIn).ToValueList(),
        };
    }

    private async Task<IEnumerable<Person>> ContactsAsync(
        ValueList<OrganizationId> organizations,
        CancellationToken cancellation
    )
    {
        var contacts = new List<PersonId>();
        foreach (var id in organizations)
        {
            if ((await people.FindOrganizationAsync(id, cancellation))?.Contact is { } contact)
            {
                contacts.Add(contact);
            }
        }

        return (await people.FindAsync(contacts, cancellation)).Values;
    }

    // Who is absent, and so is everybody in the chain of substitutes, is stood in for by nobody.
    private async Task<IReadOnlyList<(StandIn StandIn, Person Person)>> StandInsAsync(
        IReadOnlyCollection<Person> asked,
        CancellationToken cancellation
    )
    {
        var now = clock.GetCurrentInstant();
        var roster = await rosters.OfAsync([.. asked.Select(person => person.Id)], now, cancellation);
        var standIns = asked
            .Select(person => (Absent: person.Id, There: roster.StandIn(person.Id, now)))
            .Where(pair => pair.There is not null)
            .Select(pair => new StandIn(pair.There!.Value, pair.Absent))
            .ToList();
        var known = await people.FindAsync([.. standIns.Select(one => one.Person).Distinct()], cancellation);
        return [.. standIns.Where(one => known.ContainsKey(one.Person)).Select(one => (one, known[one.Person]))];
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
        IEnumerable<OrganizationId> asked,
        CancellationToken cancellation
    )
    {
        var organizations = new List<Organization>();
        foreach (var id in found.SelectMany(person => person.Organizations).Concat(asked).Distinct())
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
