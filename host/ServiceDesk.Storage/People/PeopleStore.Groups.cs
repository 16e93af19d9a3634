using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.People;

public sealed partial class PeopleStore
{
    /// <inheritdoc/>
    public async Task<Organization> CreateOrganizationAsync(
        string key,
        string name,
        bool membersSeeEachOther,
        string? region = null,
        CancellationToken cancellation = default
    )
    {
        var row = new OrganizationRow
        {
            Key = key,
            Name = name,
            MembersSeeEachOther = membersSeeEachOther,
            Region = Said(region),
        };
        await using var db = database.CreateDbContext();
        db.Organizations.Add(row);
        await SaveAsync(db, () => Task.FromResult<string?>("key"), cancellation);
        return ToOrganization(row);
    }

    /// <inheritdoc/>
    public async Task<Organization?> UpdateOrganizationAsync(
        OrganizationId id,
        string name,
        bool membersSeeEachOther,
        string? region,
        PersonId? contact,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Organizations.FirstOrDefaultAsync(r => r.Id == id.Value, cancellation)
        );
        if (row is null)
        {
            return null;
        }

        (row.Name, row.MembersSeeEachOther) = (name, membersSeeEachOther);
        (row.Region, row.ContactId) = (Said(region), contact?.Value);
        await SaveAsync(db, () => Task.FromResult<string?>(null), cancellation);
        return ToOrganization(row);
    }

    /// <inheritdoc/>
    public async Task<Organization?> FindOrganizationAsync(string key, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Organizations.AsNoTracking().FirstOrDefaultAsync(r => r.Key == key, cancellation)
        );
        return row is null ? null : ToOrganization(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Organization>> OrganizationsAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.Organizations.AsNoTracking().OrderBy(r => r.Name).ThenBy(r => r.Id).ToListAsync(cancellation)
        );
        return rows.ConvertAll(ToOrganization);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Organization>> FindOrganizationsAsync(
        Acquaintances known,
        string text,
        int limit,
        CancellationToken cancellation = default
    )
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db
                .Organizations.AsNoTracking()
                .KnownTo(known)
                .OrderBy(r => r.Name)
                .ThenBy(r => r.Id)
                .ToListAsync(cancellation)
        );
        // No database folds names as the product does, and there are far fewer of them than people.
        var words = Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. rows.Where(row =>
                    words.All(word =>
                        Hangul.Finds(row.Name, word) || Folding.Fold(row.Key).Contains(word, StringComparison.Ordinal)
                    )
                )
                .Take(limit)
                .Select(ToOrganization),
        ];
    }

    /// <inheritdoc/>
    public async Task<Team> CreateTeamAsync(string name, CancellationToken cancellation = default)
    {
        var row = new TeamRow { Name = name };
        await using var db = database.CreateDbContext();
        db.Teams.Add(row);
        await SaveAsync(db, () => Task.FromResult<string?>("name"), cancellation);
        return ToTeam(row);
    }

    /// <inheritdoc/>
    public Task<Team?> SetTeamMembersAsync(
        TeamId id,
        IReadOnlyCollection<PersonId> members,
        CancellationToken cancellation = default
    ) =>
        ChangeTeamAsync(
            id,
            row =>
            {
                var wanted = members.Select(member => member.Value).ToHashSet();
                row.Members.RemoveAll(m => !wanted.Contains(m.PersonId));
                wanted.ExceptWith(row.Members.Select(m => m.PersonId));
                row.Members.AddRange(wanted.Select(person => new TeamMemberRow { PersonId = person }));
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task<Team?> SetTeamWorkAsync(
        TeamId id,
        PersonId? lead,
        string? calendar,
        CancellationToken cancellation = default
    ) => ChangeTeamAsync(id, row => (row.LeadId, row.Calendar) = (lead?.Value, calendar), cancellation);

    /// <inheritdoc/>
    public async Task<Team?> FindTeamAsync(string name, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Teams.AsNoTracking().Include(r => r.Members).FirstOrDefaultAsync(r => r.Name == name, cancellation)
        );
        return row is null ? null : ToTeam(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Team>> TeamsAsync(CancellationToken cancellation = default)
    {
        var known = await cache.CurrentAsync(cancellation);
        return known.AllTeams ??= await ReadTeamsAsync(cancellation);
    }

    private async Task<IReadOnlyList<Team>> ReadTeamsAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.Teams.AsNoTracking().Include(r => r.Members).OrderBy(r => r.Name).ToListAsync(cancellation)
        );
        return rows.ConvertAll(ToTeam);
    }

    private async Task<Team?> ChangeTeamAsync(TeamId id, Action<TeamRow> change, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Teams.Include(r => r.Members).FirstOrDefaultAsync(r => r.Id == id.Value, cancellation)
        );
        if (row is null)
        {
            return null;
        }

        change(row);
        await SaveAsync(db, () => Task.FromResult<string?>("name"), cancellation);
        return ToTeam(row);
    }

    private static Organization ToOrganization(OrganizationRow row) =>
        new(new OrganizationId(row.Id), row.Key, row.Name, row.MembersSeeEachOther)
        {
            Region = row.Region,
            Contact = row.ContactId is { } contact ? new PersonId(contact) : null,
        };

    private static string? Said(string? region) => string.IsNullOrWhiteSpace(region) ? null : region.Trim();

    private static Team ToTeam(TeamRow row) =>
        new(
            new TeamId(row.Id),
            row.Name,
            row.Members.Select(m => m.PersonId).Order().Select(id => new PersonId(id)).ToValueList()
        )
        {
            Lead = row.LeadId is { } lead ? new PersonId(lead) : null,
            Calendar = row.Calendar,
        };
}
