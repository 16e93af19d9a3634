using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.People;

public sealed partial class PeopleStore
{
    private const int FilledAtOnce = 500;

    // Name, address, external id and initials stand on a line each.
    private const string WithInitials = "%\n%\n%\n%";

    /// <inheritdoc/>
    public async Task<int> FillInitialsAsync(CancellationToken cancellation = default)
    {
        var filled = 0;
        for (var after = 0L; ; )
        {
            await using var db = database.CreateDbContext();
            var rows = await Reading.AvailableAsync(() =>
                db
                    .People.AsNoTracking()
                    .Where(row => row.Id > after && !EF.Functions.Like(row.SearchText, WithInitials))
                    .OrderBy(row => row.Id)
                    .Take(FilledAtOnce)
                    .ToListAsync(cancellation)
            );
            if (rows.Count == 0)
            {
                return filled;
            }

            filled += await database.WriteAsync(
                async (write, token) =>
                {
                    var changed = 0;
                    foreach (var row in rows)
                    {
                        // Whoever was changed meanwhile was written anew with the change.
                        var text = SearchTextOf(row);
                        changed += await write
                            .People.Where(one => one.Id == row.Id && one.SearchText == row.SearchText)
                            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SearchText, text), token);
                    }

                    return changed;
                },
                cancellation
            );
            after = rows[^1].Id;
        }
    }
}
