using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Storage.People;

/// <inheritdoc cref="IPeopleStore"/>
public sealed partial class PeopleStore(IDatabase database, TimeProvider time) : IPeopleStore
{
    private readonly PeopleCache cache = new(database, time);

    /// <inheritdoc/>
    public async Task<Person> CreateAsync(NewPerson person, CancellationToken cancellation = default)
    {
        var row = RowOf(person);
        await database.WriteAsync(
            async (db, token) =>
            {
                await CheckRoleAsync(db, row.Role, token);
                db.People.Add(row);
                await SaveAsync(db, () => TakenAsync(row, token), token);
            },
            cancellation
        );
        cache.Forget();
        return ToPerson(row);
    }

    private static PersonRow RowOf(NewPerson person)
    {
        var email = person.Email.Trim();
        var userName =
            email.Length > 0 ? email : person.ExternalId ?? "person:" + RandomNumberGenerator.GetHexString(16, true);
        var row = new PersonRow
        {
            UserName = userName,
            NormalizedUserName = Normalized(userName),
            Email = email.Length > 0 ? email : null,
            NormalizedEmail = email.Length > 0 ? Normalized(email) : null,
            EmailConfirmed = email.Length > 0,
            PasswordHash = person.PasswordHash,
            SecurityStamp = RandomNumberGenerator.GetHexString(32),
            ConcurrencyStamp = RandomNumberGenerator.GetHexString(32),
            LockoutEnabled = true,
            Name = person.Name,
            Role = person.Role,
            Language = person.Language,
            Zone = person.Zone,
            ExternalId = person.ExternalId,
            Memberships = [.. person.Organizations.Select(id => new MembershipRow { OrganizationId = id.Value })],
            Teams = [.. person.Teams.Select(id => new TeamMemberRow { TeamId = id.Value })],
        };
        row.SearchText = SearchTextOf(row);
        return row;
    }

    private const int MostAttempts = 25;

    /// <inheritdoc/>
    public async Task<Person?> UpdateAsync(PersonId id, PersonChange change, CancellationToken cancellation = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (change.Role is null)
                {
                    await using var own = database.CreateDbContext();
                    return await ChangeAsync(own, id, change, cancellation);
                }

                var changed = await database.WriteAsync(
                    (db, token) => ChangeAsync(db, id, change, token),
                    cancellation
                );
                cache.Forget();
                return changed;
            }
            catch (DbUpdateConcurrencyException busy)
            {
                // A sign-in or another change wrote the same row meanwhile: this change is made to what it left.
                if (attempt == MostAttempts)
                {
                    throw new StorageUnavailableException("Too many changes of one person at once.", busy);
                }
            }
        }
    }

    private async Task<Person?> ChangeAsync(
        ServiceDeskDb db,
        PersonId id,
        PersonChange change,
        CancellationToken cancellation
    )
    {
        var row = await Reading.AvailableAsync(() =>
            Whole(db.People).FirstOrDefaultAsync(r => r.Id == id.Value, cancellation)
        );
        if (row is null)
        {
            return null;
        }

        if (change.Role is { } role && role != row.Role)
        {
            await CheckRoleAsync(db, role, cancellation);
        }

        Apply(row, change);
        if (!row.IsActive)
        {
            await Reading.AvailableAsync(() => ForgetSearchesAsync(db, id, cancellation));
        }

        await SaveAsync(db, () => TakenAsync(row, cancellation), cancellation);
        return ToPerson(row);
    }

    private static async Task CheckRoleAsync(ServiceDeskDb db, string role, CancellationToken cancellation)
    {
        if (!await RoleLock.StandsAsync(db, role, cancellation))
        {
            throw new RoleGoneException(role);
        }
    }

    /// <inheritdoc/>
    public async Task<Person?> FindByEmailAsync(string email, CancellationToken cancellation = default)
    {
        var normalized = Normalized(email.Trim());
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            Whole(db.People.AsNoTracking()).FirstOrDefaultAsync(r => r.NormalizedEmail == normalized, cancellation)
        );
        return row is null ? null : ToPerson(row);
    }

    /// <inheritdoc/>
    public async Task<Person?> FindByExternalIdAsync(string externalId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            Whole(db.People.AsNoTracking()).FirstOrDefaultAsync(r => r.ExternalId == externalId, cancellation)
        );
        return row is null ? null : ToPerson(row);
    }

    /// <inheritdoc/>
    public async Task<Page<Person>> ListAsync(
        PeopleFilter filter,
        int limit,
        string? cursor = null,
        CancellationToken cancellation = default
    )
    {
        // The agents of a desk stand on every page of its tickets.
        if (cursor is not null || filter.Text.Length > 0 || filter.Roles.Count == 0)
        {
            return await ReadAsync(filter, limit, cursor, cancellation);
        }

        var known = await cache.CurrentAsync(cancellation);
        if (!known.Lists.TryGetValue((filter, limit), out var page))
        {
            known.Lists[(filter, limit)] = page = await ReadAsync(filter, limit, null, cancellation);
        }

        return page;
    }

    private async Task<Page<Person>> ReadAsync(
        PeopleFilter filter,
        int limit,
        string? cursor,
        CancellationToken cancellation
    )
    {
        await using var db = database.CreateDbContext();
        var query = Matching(db, filter);
        if (PeopleCursor.TryRead(cursor, out var after))
        {
            query = query.Where(r =>
                string.Compare(r.Name, after.Name) > 0 || (r.Name == after.Name && r.Id > after.Id)
            );
        }

        var rows = await Reading.AvailableAsync(() =>
            Whole(query.OrderBy(r => r.Name).ThenBy(r => r.Id).Take(limit + 1)).ToListAsync(cancellation)
        );
        var page = rows.Take(limit).ToList();
        return new Page<Person>(
            page.ConvertAll(ToPerson),
            rows.Count > limit ? new PeopleCursor(page[^1].Name, page[^1].Id).ToString() : null
        );
    }

    /// <inheritdoc/>
    public async Task<int> CountAsync(PeopleFilter filter, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() => Matching(db, filter).CountAsync(cancellation));
    }

    public async Task<IReadOnlyDictionary<string, RoleCount>> CountByRoleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var counts = await Reading.AvailableAsync(() =>
            db
                .People.AsNoTracking()
                .GroupBy(row => new
                {
                    row.Role,
                    row.IsActive,
                    CanSignIn = row.PasswordHash != null && row.NormalizedEmail != null,
                })
                .Select(group => new
                {
                    group.Key.Role,
                    group.Key.IsActive,
                    group.Key.CanSignIn,
                    Count = group.Count(),
                })
                .ToListAsync(cancellation)
        );
        return counts
            .GroupBy(one => one.Role, StringComparer.Ordinal)
            .ToDictionary(
                role => role.Key,
                role => new RoleCount(
                    role.Where(one => one.IsActive).Sum(one => one.Count),
                    role.Where(one => one.IsActive && one.CanSignIn).Sum(one => one.Count),
                    role.Where(one => !one.IsActive).Sum(one => one.Count)
                ),
                StringComparer.Ordinal
            );
    }

    // Of who may no longer sign in.
    private static async Task<int> ForgetSearchesAsync(ServiceDeskDb db, PersonId id, CancellationToken cancellation)
    {
        var name = PersonalSettings.NameOf(id);
        var own = await db
            .Settings.Where(row => row.Owner == PersonalSettings.RecentSearches && row.Name == name)
            .ToListAsync(cancellation);
        db.Settings.RemoveRange(own);
        return own.Count;
    }

    private static IQueryable<PersonRow> Whole(IQueryable<PersonRow> people) =>
        people.Include(r => r.Memberships).Include(r => r.Teams).AsSplitQuery();

    private static IQueryable<PersonRow> Matching(ServiceDeskDb db, PeopleFilter filter)
    {
        var query = db.People.AsNoTracking();
        foreach (var term in Folding.Terms(filter.Text))
        {
            var typed = Hangul.Typed(term);
            // The name comes first; initial consonants stand in no address.
            query =
                filter.ByNameAlone && !Hangul.AreInitials(typed)
                    ? query.Where(r => r.SearchText.Substring(0, r.SearchText.IndexOf("\n")).Contains(typed))
                    : query.Where(r => r.SearchText.Contains(typed));
        }

        if (filter.OnlyActive)
        {
            query = query.Where(r => r.IsActive);
        }

        if (filter.Roles.Count > 0)
        {
            var roles = filter.Roles.ToList();
            query = query.Where(r => roles.Contains(r.Role));
        }

        if (filter.Organizations is { } organizations)
        {
            var ids = organizations.Select(id => id.Value).ToList();
            query = query.Where(r => r.Memberships.Any(m => ids.Contains(m.OrganizationId)));
        }

        if (filter.Team is { } team)
        {
            query = query.Where(r => r.Teams.Any(m => m.TeamId == team.Value));
        }

        if (filter.Person is { } person)
        {
            query = query.Where(r => r.Id == person.Value);
        }

        return query.KnownTo(db, filter.KnownTo);
    }

    private static void Apply(PersonRow row, PersonChange change)
    {
        if ((change.Role is { } role && role != row.Role) || (change.IsActive is { } active && active != row.IsActive))
        {
            // Sessions of one who may other things now, or was sent away, end at their next check.
            row.SecurityStamp = RandomNumberGenerator.GetHexString(32);
        }

        row.Name = change.Name ?? row.Name;
        row.Role = change.Role ?? row.Role;
        row.IsActive = change.IsActive ?? row.IsActive;
        row.Language = change.Language ?? row.Language;
        row.Zone = change.Zone ?? row.Zone;
        row.Theme = change.Theme ?? row.Theme;
        row.QuietHours = change.QuietHours ?? row.QuietHours;
        row.SeesColleagues = change.Colleagues is { } colleagues ? colleagues.Sees : row.SeesColleagues;
        if (change.Work is { } work)
        {
            row.ManagerId = work.Manager?.Value;
            row.Calendar = work.Calendar;
            row.Skills = work.Skills.Count == 0 ? null : string.Join('\n', work.Skills);
        }

        if (change.Email?.Trim() is { } email)
        {
            row.Email = email.Length > 0 ? email : null;
            row.NormalizedEmail = email.Length > 0 ? Normalized(email) : null;
            row.UserName = email.Length > 0 ? email : row.ExternalId ?? row.UserName;
            row.NormalizedUserName = Normalized(row.UserName ?? "");
        }

        if (change.Organizations is { } organizations)
        {
            var wanted = organizations.Select(id => id.Value).ToHashSet();
            row.Memberships.RemoveAll(m => !wanted.Contains(m.OrganizationId));
            wanted.ExceptWith(row.Memberships.Select(m => m.OrganizationId));
            row.Memberships.AddRange(wanted.Select(id => new MembershipRow { OrganizationId = id }));
        }

        if (change.Teams is { } teams)
        {
            var wanted = teams.Select(id => id.Value).ToHashSet();
            row.Teams.RemoveAll(m => !wanted.Contains(m.TeamId));
            wanted.ExceptWith(row.Teams.Select(m => m.TeamId));
            row.Teams.AddRange(wanted.Select(id => new TeamMemberRow { TeamId = id }));
        }

        row.ConcurrencyStamp = RandomNumberGenerator.GetHexString(32);
        row.SearchText = SearchTextOf(row);
    }

    private async Task SaveAsync(ServiceDeskDb db, Func<Task<string?>> taken, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            cache.Forget();
        }
        catch (DbUpdateException error) when (error.InnerException is DbException inner)
        {
            if (database.Dialect.IsUniqueViolation(inner) && await taken() is { } field)
            {
                throw new PeopleConflictException(field);
            }

            throw;
        }
    }

    private Task<string?> TakenAsync(PersonRow row, CancellationToken cancellation) =>
        Reading.AvailableAsync(() => FindTakenAsync(row, cancellation));

    private async Task<string?> FindTakenAsync(PersonRow row, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var others = db.People.Where(r => r.Id != row.Id);
        return row.ExternalId is not null && await others.AnyAsync(r => r.ExternalId == row.ExternalId, cancellation)
                ? "externalId"
            : await others.AnyAsync(
                r => r.NormalizedEmail == row.NormalizedEmail || r.NormalizedUserName == row.NormalizedUserName,
                cancellation
            )
                ? "email"
            : null;
    }

    /// <summary>Where people are found by a part: name, address and external id, folded, and the initial consonants of the name.</summary>
    internal static string SearchTextOf(PersonRow row) =>
        Folding.Fold(string.Join('\n', row.Name, row.Email, row.ExternalId, Hangul.Initials(row.Name)));

    // As ASP.NET Core Identity does it.
    internal static string Normalized(string text) => text.Normalize().ToUpperInvariant();

    private static Person ToPerson(PersonRow row) =>
        new(
            new PersonId(row.Id),
            row.Name,
            row.Email ?? "",
            row.Role,
            row.Language,
            row.Zone,
            row.Memberships.Select(m => m.OrganizationId).Order().Select(id => new OrganizationId(id)).ToValueList(),
            row.Teams.Select(m => m.TeamId).Order().Select(id => new TeamId(id)).ToValueList(),
            row.IsActive
        )
        {
            Theme = row.Theme,
            Manager = row.ManagerId is { } manager ? new PersonId(manager) : null,
            Calendar = row.Calendar,
            Skills = (row.Skills ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToValueList(),
            QuietHours = row.QuietHours ?? false,
            SeesColleagues = row.SeesColleagues,
        };
}
