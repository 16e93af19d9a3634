using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Duty;

/// <summary>What is counted when an assignment is decided.</summary>
/// <param name="Last">Who got the last ticket by the policy; null for nobody yet.</param>
/// <param name="Open">Open tickets by person, those included that were decided and are not written yet.</param>
public sealed record WorkCounts(PersonId? Last, IReadOnlyDictionary<PersonId, int> Open);

/// <summary>
/// Chooses to whom of a team a ticket is given, and says why. Pure: the same counts, roster and instant choose the same person.
/// </summary>
/// <param name="policy">The policy.</param>
/// <param name="team">Its team.</param>
/// <param name="people">The members and who may stand in for them.</param>
/// <param name="onDesk">Who of them works on the ticket's desk.</param>
/// <param name="roster">Who works when.</param>
/// <param name="needed">The skills that the ticket needs.</param>
public sealed class AssignmentChoice(
    AssignmentDocument policy,
    Team team,
    IReadOnlyDictionary<PersonId, Person> people,
    IReadOnlySet<PersonId> onDesk,
    WorkRoster roster,
    ValueList<string> needed
)
{
    /// <summary>Everybody who might get it: the members, and who stands in for absent ones.</summary>
    public IReadOnlyList<PersonId> Candidates(Instant now) =>
        [
            .. team
                .Members.Concat(team.Members.Select(member => roster.StandIn(member, now, team.Id)).OfType<PersonId>())
                .Distinct(),
        ];

    /// <summary>Chooses.</summary>
    public AssignmentDecided Choose(WorkCounts counts, Instant now)
    {
        var passed = new List<PassedOver>();
        var able = new Dictionary<PersonId, PersonId?>();
        foreach (var member in team.Members.OrderBy(member => member.Value))
        {
            var (person, no) = Able(member, counts, now);
            if (no is not null)
            {
                passed.Add(no);
            }
            else if (person == member)
            {
                // A member who stands in for another gets it as himself.
                able[member] = null;
            }
            else
            {
                able.TryAdd(person, member);
            }
        }

        var chosen = Pick([.. able.Keys.OrderBy(person => person.Value)], counts);
        return new AssignmentDecided(
            policy.Id,
            team.Id,
            chosen,
            policy.Method,
            chosen is { } one ? Open(one, counts) : 0,
            able.Count,
            chosen is { } skilled && policy.Method == AssignmentMethod.Skills ? Matching(skilled) : [],
            chosen is { } somebody ? able[somebody] : null,
            passed.ToValueList()
        );
    }

    /// <summary>When it is worth to choose again, after nobody could get it: when the first of those works who were passed over for that.</summary>
    public static Instant? Again(AssignmentDecided decided) => decided.PassedOver.Min(one => one.Again);

    private (PersonId Person, PassedOver? No) Able(PersonId member, WorkCounts counts, Instant now)
    {
        var status = roster.At(member, now, team.Id);
        if (status.State == DutyState.Gone)
        {
            return (member, new PassedOver(member, PassedOverWhy.NotOnDesk));
        }

        var isAway = policy.OnlyWorking && !status.IsWorking;
        var person =
            isAway && roster.StandIn(member, now, team.Id) is { } standIn && roster.At(standIn, now, team.Id).IsWorking
                ? standIn
                : member;
        if (isAway && person == member)
        {
            return (
                member,
                status.Absence is { } absence
                    ? new PassedOver(member, PassedOverWhy.Absent, absence.To, status.Again)
                    : new PassedOver(member, PassedOverWhy.OutsideHours, null, status.Again)
            );
        }

        return !onDesk.Contains(person) ? (member, new PassedOver(member, PassedOverWhy.NotOnDesk))
            : CapacityOf(person) is { } capacity && Open(person, counts) >= capacity
                ? (member, new PassedOver(member, PassedOverWhy.Full))
            : (person, null);
    }

    private PersonId? Pick(IReadOnlyList<PersonId> able, WorkCounts counts)
    {
        IEnumerable<PersonId> best = able;
        if (policy.Method == AssignmentMethod.Skills && able.Count > 0)
        {
            var most = able.Max(person => Matching(person).Count);
            best = able.Where(person => Matching(person).Count == most);
        }

        var left = best.ToList();
        if (policy.Method != AssignmentMethod.RoundRobin && left.Count > 0)
        {
            var least = left.Min(person => Open(person, counts));
            left.RemoveAll(person => Open(person, counts) > least);
        }

        // In turn: the first behind the last one, else from the beginning.
        var behind = left.Where(person => person.Value > (counts.Last?.Value ?? 0)).ToList();
        return behind.Count > 0 ? behind[0]
            : left.Count > 0 ? left[0]
            : null;
    }

    private ValueList<string> Matching(PersonId person) =>
        needed
            .Intersect(people.GetValueOrDefault(person)?.Skills ?? [], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToValueList();

    private int? CapacityOf(PersonId person) =>
        people.GetValueOrDefault(person) is { } found && policy.Capacities.TryGetValue(found.Email, out var own)
            ? own
            : policy.Capacity;

    private static int Open(PersonId person, WorkCounts counts) => counts.Open.GetValueOrDefault(person);
}
