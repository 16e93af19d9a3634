using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Duty;

/// <summary>What may be entered of people's work, for pages and REST alike: who can be named, and what is wrong.</summary>
public sealed class WorkForms(IPeopleStore people, ICurrentConfiguration configuration)
{
    /// <summary>The longest note of an absence.</summary>
    public const int LongestNote = 500;

    private const int MostAgents = 500;
    private const int MostSkills = 50;
    private const int LongestSkill = 60;
    private static readonly Period LongestAbsence = Period.FromYears(2);
    private static readonly char[] Separators = [',', '\n', '\r', ';'];

    /// <summary>People who work on tickets, by name; and those who are named already, whoever they are.</summary>
    public async Task<IReadOnlyList<(string Id, string Name)>> AgentsAsync(
        CancellationToken cancellation,
        params IReadOnlyCollection<PersonId?> named
    )
    {
        var roles = configuration
            .Snapshot.All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.WorkTickets))
            .Select(role => role.Id)
            .ToValueList();
        var agents =
            roles.Count == 0
                ? []
                : (await people.ListAsync(new PeopleFilter { Roles = roles }, MostAgents, null, cancellation)).Items;
        var others = await people.FindAsync([.. named.OfType<PersonId>()], cancellation);
        return
        [
            .. agents
                .Concat(others.Values)
                .DistinctBy(person => person.Id)
                .OrderBy(person => person.Name, StringComparer.Ordinal)
                .Select(person => (person.Id.ToString(), person.Name)),
        ];
    }

    /// <summary>The calendars that there are; and the one that is named already.</summary>
    public IReadOnlyList<(string Id, string Name)> Calendars(string? named = null)
    {
        var known = configuration
            .Snapshot.All<CalendarDocument>()
            .Select(calendar => (calendar.Id, Name: calendar.Name.ToString()))
            .OrderBy(calendar => calendar.Name, StringComparer.Ordinal)
            .ToList();
        return named is null || known.Exists(calendar => calendar.Id == named) ? known : [.. known, (named, named)];
    }

    /// <summary>Skills as they are kept: short lower-case words, each once, in order.</summary>
    public static ValueList<string> Skills(string? typed) => Skills((typed ?? "").Split(Separators));

    /// <inheritdoc cref="Skills(string?)"/>
    public static ValueList<string> Skills(IEnumerable<string> typed) =>
        typed
            .Select(skill => string.Join(' ', skill.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Select(skill => skill.Normalize().ToLowerInvariant())
            .Where(skill => skill.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToValueList();

    /// <summary>What is wrong with a person's work; <paramref name="self"/> is null for somebody new.</summary>
    public async Task<ValueList<Refusal>> CheckAsync(PersonId? self, PersonWork work, CancellationToken cancellation)
    {
        var refusals = new List<Refusal>();
        if (work.Manager is { } manager && await ManagerAsync(self, manager, cancellation) is { } wrong)
        {
            refusals.Add(wrong);
        }

        if (Calendar(work.Calendar) is { } unknown)
        {
            refusals.Add(unknown);
        }

        if (
            work.Skills.Count > MostSkills
            || work.Skills.Any(skill => skill.Length > LongestSkill || skill.Any(char.IsControl))
        )
        {
            refusals.Add(Refusal.Invalid("duty.skills-wrong", "skills"));
        }

        return refusals.ToValueList();
    }

    /// <summary>What is wrong with a team's work.</summary>
    public async Task<ValueList<Refusal>> CheckTeamAsync(
        PersonId? lead,
        string? calendar,
        CancellationToken cancellation
    )
    {
        var refusals = new List<Refusal>();
        if (lead is { } id && await people.FindAsync(id, cancellation) is not { IsActive: true })
        {
            refusals.Add(Refusal.Invalid("duty.person-unknown", "lead"));
        }

        if (Calendar(calendar) is { } unknown)
        {
            refusals.Add(unknown);
        }

        return refusals.ToValueList();
    }

    /// <summary>What is wrong with an absence.</summary>
    public async Task<ValueList<Refusal>> CheckAsync(Absence absence, CancellationToken cancellation)
    {
        var refusals = new List<Refusal>();
        if (absence.To < absence.From)
        {
            refusals.Add(Refusal.Invalid("duty.absence-order", "to"));
        }
        else if (absence.To > absence.From + LongestAbsence)
        {
            refusals.Add(Refusal.Invalid("duty.absence-long", "to"));
        }

        if (absence.Note.Length > LongestNote || absence.Note.Any(char.IsControl))
        {
            refusals.Add(Refusal.Invalid("duty.absence-note", "note"));
        }

        if (absence.Substitute == absence.Person)
        {
            refusals.Add(Refusal.Invalid("duty.substitute-self", "substitute"));
        }
        else if (
            absence.Substitute is { } substitute
            && await people.FindAsync(substitute, cancellation) is not { IsActive: true }
        )
        {
            refusals.Add(Refusal.Invalid("duty.person-unknown", "substitute"));
        }

        return refusals.ToValueList();
    }

    // Nobody reports, over whichever way, to whom he leads.
    private async Task<Refusal?> ManagerAsync(PersonId? self, PersonId manager, CancellationToken cancellation)
    {
        var above = new HashSet<PersonId>();
        for (var next = (PersonId?)manager; next is { } id && above.Add(id); )
        {
            if (id == self)
            {
                return Refusal.Invalid("duty.manager-circle", "manager");
            }

            var person = await people.FindAsync(id, cancellation);
            if (id == manager && person is not { IsActive: true })
            {
                return Refusal.Invalid("duty.person-unknown", "manager");
            }

            next = person?.Manager;
        }

        return null;
    }

    private Refusal? Calendar(string? id) =>
        id is null || configuration.Snapshot.TryGet<CalendarDocument>(id, out _)
            ? null
            : Refusal.Invalid("duty.calendar-unknown", "calendar", id.Length <= LongestSkill ? id : id[..LongestSkill]);
}
