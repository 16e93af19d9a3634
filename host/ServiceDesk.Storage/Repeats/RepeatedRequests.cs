using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Repeats;

/// <inheritdoc cref="IRepeatedRequests"/>
public sealed class RepeatedRequests(IDatabase database) : IRepeatedRequests
{
    private const int LongestHeader = 400;
    private const int ForgetStep = 1000;

    /// <inheritdoc/>
    public Task<FirstRequest?> BeginAsync(
        PersonId person,
        string key,
        string fingerprint,
        Instant at,
        CancellationToken cancellation
    ) =>
        database.EnsureAsync<FirstRequest?>(
            async (db, token) =>
            {
                var known = await db
                    .ApiAnswers.AsNoTracking()
                    .FirstOrDefaultAsync(row => row.PersonId == person.Value && row.Key == key, token);
                if (known is not null)
                {
                    return new FirstRequest(known.Fingerprint, Read(known));
                }

                db.ApiAnswers.Add(
                    new ApiAnswerRow
                    {
                        PersonId = person.Value,
                        Key = key,
                        Fingerprint = fingerprint,
                        At = at.ToUnixTimeTicks(),
                    }
                );
                await db.SaveChangesAsync(token);
                return null;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task EndAsync(PersonId person, string key, KeptAnswer answer, CancellationToken cancellation) =>
        database.WriteAsync(
            (db, token) =>
                Of(db, person, key)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Status, answer.Status)
                                .SetProperty(row => row.ContentType, Short(answer.ContentType))
                                .SetProperty(row => row.Location, Short(answer.Location))
                                .SetProperty(row => row.Tag, Short(answer.Tag))
                                .SetProperty(row => row.Body, answer.Body),
                        token
                    ),
            cancellation
        );

    /// <inheritdoc/>
    public Task CancelAsync(PersonId person, string key, CancellationToken cancellation) =>
        database.WriteAsync((db, token) => Of(db, person, key).ExecuteDeleteAsync(token), cancellation);

    /// <inheritdoc/>
    public async Task<int> ForgetAsync(Instant before, CancellationToken cancellation)
    {
        var until = before.ToUnixTimeTicks();
        var forgotten = 0;
        int count;
        do
        {
            // In steps, so that commits wait for none of them long.
            count = await database.WriteAsync(
                async (db, token) =>
                {
                    var old = await db
                        .ApiAnswers.Where(row => row.At < until)
                        .OrderBy(row => row.At)
                        .Take(ForgetStep)
                        .ToListAsync(token);
                    db.ApiAnswers.RemoveRange(old);
                    await db.SaveChangesAsync(token);
                    return old.Count;
                },
                cancellation
            );
            forgotten += count;
        } while (count == ForgetStep);

        return forgotten;
    }

    private static IQueryable<ApiAnswerRow> Of(ServiceDeskDb db, PersonId person, string key) =>
        db.ApiAnswers.Where(row => row.PersonId == person.Value && row.Key == key);

    private static KeptAnswer? Read(ApiAnswerRow row) =>
        row.Status == 0 ? null : new KeptAnswer(row.Status, row.ContentType, row.Location, row.Tag, row.Body ?? "");

    private static string? Short(string? header) => header?.Length > LongestHeader ? null : header;
}
