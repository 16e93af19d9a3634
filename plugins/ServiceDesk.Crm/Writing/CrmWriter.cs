using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Writing;

/// <summary>What became of a wish to change a record.</summary>
/// <param name="Id">The record; 0 when refused.</param>
/// <param name="Refusals">Every reason for a no.</param>
public sealed record Written(long Id, ValueList<Refusal> Refusals)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Refusals.Count == 0;

    /// <summary>It was done.</summary>
    public static Written Done(long id) => new(id, []);

    /// <summary>It was not, for these reasons.</summary>
    public static Written No(params ReadOnlySpan<Refusal> refusals) => new(0, ValueList.Create(refusals));
}

/// <summary>A key of a client that may repeat itself.</summary>
/// <param name="Key">As the client gave it.</param>
/// <param name="Asked">What was asked, to tell a repetition from another wish.</param>
public sealed record Once(string Key, object Asked);

/// <summary>The context of one change: the open transaction, who asks and when.</summary>
public sealed record Change(CrmTables Db, Viewer? Viewer, AccountScope Scope, Instant Now)
{
    /// <summary>Who; null for the product.</summary>
    public long? Person => Viewer?.Person.Id.Value;

    /// <summary>Writes down what was done.</summary>
    public void Note(string kind, long record, string what, string detail = "") =>
        Db.Changes.Add(
            new ChangeRow
            {
                Kind = kind,
                RecordId = record,
                What = what,
                Detail = detail.Length > 500 ? detail[..500] : detail,
                PersonId = Person,
                At = Now.ToUnixTimeTicks(),
            }
        );
}

/// <summary>
/// Carries out changes of records, each in one transaction: all of it or nothing. Refused ones leave nothing. A change with a
/// key that was carried out before is answered as it was then.
/// </summary>
public sealed class CrmWriter(IPluginTables<CrmTables> tables, AccountScopes scopes, IClock clock)
{
    /// <summary>How long the keys of repeated requests are kept.</summary>
    public static readonly Duration KeysKept = Duration.FromDays(2);

    /// <summary>Carries out a change for a person with the permission to edit.</summary>
    public async Task<Written> WriteAsync(
        Viewer viewer,
        Func<Change, CancellationToken, Task<Written>> change,
        CancellationToken cancellation,
        Once? once = null
    ) =>
        viewer.May(CrmPlugin.EditPermission)
            ? await RunAsync(viewer, await scopes.OfAsync(viewer, cancellation), change, once, cancellation)
            : Written.No(Refusal.Forbidden("crm.refusal.may-not-edit"));

    /// <summary>Carries out a change of the product itself.</summary>
    public Task<Written> WriteAsync(
        Func<Change, CancellationToken, Task<Written>> change,
        CancellationToken cancellation
    ) => RunAsync(null, AccountScope.Everything, change, null, cancellation);

    private async Task<Written> RunAsync(
        Viewer? viewer,
        AccountScope scope,
        Func<Change, CancellationToken, Task<Written>> change,
        Once? once,
        CancellationToken cancellation
    )
    {
        try
        {
            return await tables.WriteAsync(
                async (db, token) =>
                {
                    var context = new Change(db, viewer, scope, clock.GetCurrentInstant());
                    var (act, answer) = await ActAsync(context, once, token);
                    if (answer is not null)
                    {
                        return answer;
                    }

                    var written = await change(context, token);
                    if (!written.IsDone)
                    {
                        // Nothing of a refused change may be saved with the transaction.
                        db.ChangeTracker.Clear();
                        throw new RefusedChange(written);
                    }

                    Keep(context, act, written);
                    return written;
                },
                cancellation
            );
        }
        catch (RefusedChange refused)
        {
            return refused.Written;
        }
        catch (DbUpdateException)
        {
            // Another node took the same key, number or external id at the same moment.
            return Written.No(Refusal.Conflict("crm.refusal.changed-meanwhile"));
        }
    }

    private static async Task<(ActRow? Act, Written? Answer)> ActAsync(
        Change change,
        Once? once,
        CancellationToken cancellation
    )
    {
        if (once is null)
        {
            return (null, null);
        }

        var act = new ActRow
        {
            Key = $"{change.Person}:{Hash(once.Key)}",
            Fingerprint = Hash(JsonSerializer.Serialize(once.Asked)),
            At = change.Now.ToUnixTimeTicks(),
        };
        var before = await change.Db.Acts.FirstOrDefaultAsync(row => row.Key == act.Key, cancellation);
        return before is null ? (act, null)
            : before.Fingerprint == act.Fingerprint ? (null, Written.Done(before.RecordId))
            : (null, Written.No(Refusal.Invalid("crm.refusal.key-reused", null)));
    }

    private static void Keep(Change change, ActRow? act, Written written)
    {
        if (act is not null)
        {
            act.RecordId = written.Id;
            change.Db.Acts.Add(act);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Undoes the transaction, also what was flushed for the sake of identities.
    private sealed class RefusedChange(Written written) : Exception("Refused.")
    {
        public Written Written { get; } = written;
    }
}
