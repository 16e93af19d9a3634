using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Workflow;

/// <inheritdoc cref="IWorkflowDrafts"/>
public sealed class WorkflowDrafts(IDatabase database) : IWorkflowDrafts
{
    /// <inheritdoc/>
    public async Task<WorkflowDraft?> FindAsync(string workflow, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var row = await Reading.AvailableAsync(() =>
            db.WorkflowDrafts.AsNoTracking().FirstOrDefaultAsync(row => row.Workflow == workflow, cancellation)
        );
        return row is null ? null : ToDraft(row);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkflowDraft>> AllAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var rows = await Reading.AvailableAsync(() =>
            db.WorkflowDrafts.AsNoTracking().OrderBy(row => row.Workflow).ToListAsync(cancellation)
        );
        return [.. rows.Select(ToDraft)];
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(WorkflowDraft? read, WorkflowDraft draft, CancellationToken cancellation) =>
        database.EnsureAsync(
            async (db, token) =>
            {
                if (read is not null)
                {
                    return await Same(db, read)
                            .ExecuteUpdateAsync(
                                row =>
                                    row.SetProperty(one => one.BaseVersion, draft.BaseVersion)
                                        .SetProperty(one => one.Document, draft.Document)
                                        .SetProperty(one => one.PersonId, draft.By.Value)
                                        .SetProperty(one => one.At, draft.At.ToUnixTimeTicks()),
                                token
                            ) == 1;
                }

                if (await db.WorkflowDrafts.AnyAsync(row => row.Workflow == draft.Workflow, token))
                {
                    return false;
                }

                db.WorkflowDrafts.Add(
                    new WorkflowDraftRow
                    {
                        Workflow = draft.Workflow,
                        BaseVersion = draft.BaseVersion,
                        Document = draft.Document,
                        PersonId = draft.By.Value,
                        At = draft.At.ToUnixTimeTicks(),
                    }
                );
                return await db.SaveChangesAsync(token) == 1;
            },
            cancellation
        );

    /// <inheritdoc/>
    public Task RemoveAsync(WorkflowDraft read, CancellationToken cancellation) =>
        database.WriteAsync((db, token) => Same(db, read).ExecuteDeleteAsync(token), cancellation);

    private static IQueryable<WorkflowDraftRow> Same(ServiceDeskDb db, WorkflowDraft read)
    {
        var (person, at) = (read.By.Value, read.At.ToUnixTimeTicks());
        return db.WorkflowDrafts.Where(row =>
            row.Workflow == read.Workflow
            && row.BaseVersion == read.BaseVersion
            && row.PersonId == person
            && row.At == at
            && row.Document == read.Document
        );
    }

    private static WorkflowDraft ToDraft(WorkflowDraftRow row) =>
        new(row.Workflow, row.BaseVersion, row.Document, new PersonId(row.PersonId), Instant.FromUnixTimeTicks(row.At));
}
