using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.People;

public sealed partial class PeopleStore
{
    // Who works now asks of today, and of the days around it; what is further back is read each time.
    private const int DaysKept = 31;

    /// <inheritdoc/>
    public async Task<Absence?> AddAbsenceAsync(Absence absence, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        if (!await Reading.AvailableAsync(() => db.People.AnyAsync(r => r.Id == absence.Person.Value, cancellation)))
        {
            return null;
        }

        var row = new AbsenceRow
        {
            PersonId = absence.Person.Value,
            FirstDay = Day(absence.From),
            LastDay = Day(absence.To),
            Note = absence.Note,
            SubstituteId = absence.Substitute?.Value,
        };
        db.Absences.Add(row);
        await SaveAsync(db, () => Task.FromResult<string?>(null), cancellation);
        return ToAbsence(row);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAbsenceAsync(PersonId person, long id, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.Absences.FirstOrDefaultAsync(r => r.Id == id && r.PersonId == person.Value, cancellation)
        );
        if (row is null)
        {
            return false;
        }

        db.Absences.Remove(row);
        try
        {
            await SaveAsync(db, () => Task.FromResult<string?>(null), cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another one took it back at the same moment.
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Absence>> AbsencesAsync(
        PersonId person,
        LocalDate from,
        CancellationToken cancellation = default
    )
    {
        var first = Day(from);
        await using var db = database.CreateDbContext();
        return await ReadAsync(
            db.Absences.Where(r => r.PersonId == person.Value && string.Compare(r.LastDay, first) >= 0),
            cancellation
        );
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Absence>> AbsencesAsync(
        LocalDate from,
        LocalDate to,
        CancellationToken cancellation = default
    )
    {
        var known = await cache.CurrentAsync(cancellation);
        var kept = known.Absences;
        if (kept is null || from < kept.From)
        {
            kept = await SinceAsync(from.PlusDays(-DaysKept), cancellation);
            known.Absences = kept;
        }

        return [.. kept.All.Where(absence => absence.From <= to && absence.To >= from)];
    }

    private async Task<KnownAbsences> SinceAsync(LocalDate from, CancellationToken cancellation)
    {
        var first = Day(from);
        await using var db = database.CreateDbContext();
        return new KnownAbsences(
            from,
            await ReadAsync(db.Absences.Where(r => string.Compare(r.LastDay, first) >= 0), cancellation)
        );
    }

    private static async Task<IReadOnlyList<Absence>> ReadAsync(
        IQueryable<AbsenceRow> absences,
        CancellationToken cancellation
    )
    {
        var rows = await Reading.AvailableAsync(() =>
            absences.AsNoTracking().OrderBy(r => r.FirstDay).ThenBy(r => r.Id).ToListAsync(cancellation)
        );
        return rows.ConvertAll(ToAbsence);
    }

    private static Absence ToAbsence(AbsenceRow row) =>
        new(
            row.Id,
            new PersonId(row.PersonId),
            LocalDatePattern.Iso.Parse(row.FirstDay).Value,
            LocalDatePattern.Iso.Parse(row.LastDay).Value,
            row.Note,
            row.SubstituteId is { } substitute ? new PersonId(substitute) : null
        );

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}

/// <summary>All absences that have not ended before a day.</summary>
internal sealed record KnownAbsences(LocalDate From, IReadOnlyList<Absence> All);
