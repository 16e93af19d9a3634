using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries;

namespace ServiceDesk.Host.Queries;

/// <summary>An approval in a list.</summary>
/// <param name="Ticket">The ticket, of which only the public part may be shown to who is not its agent.</param>
/// <param name="Approval">The approval.</param>
/// <param name="Answer">What the viewer answered; null while the answer is missing.</param>
public sealed record ApprovalLine(TicketState Ticket, Approval Approval, ApprovalAnswer? Answer)
{
    /// <summary>When it last mattered to the viewer.</summary>
    public Instant At => Answer?.At ?? Approval.RequestedAt;
}

/// <summary>The approvals that a person is asked for and has answered.</summary>
public sealed class ApprovalInbox(ITicketQueries queries, ITicketLists lists)
{
    private const string Waiting = "approver = currentUser()";
    private const string Past = "answeredApproval = currentUser()";

    /// <summary>How many tickets wait for the viewer's answer.</summary>
    public Task<int> CountAsync(Viewer viewer, CancellationToken cancellation) =>
        queries.CountAsync(viewer, Waiting, cancellation);

    /// <summary>Whether the viewer is asked now or has answered before.</summary>
    public Task<bool> IsUsedAsync(Viewer viewer, CancellationToken cancellation) =>
        lists.HasApprovalsAsync(viewer.Person.Id, cancellation);

    /// <summary>A page of approvals that wait for the viewer, the oldest tickets first.</summary>
    /// <exception cref="QueryException">The cursor is wrong.</exception>
    public async Task<Page<ApprovalLine>> WaitingAsync(
        Viewer viewer,
        int limit,
        string? cursor,
        CancellationToken cancellation
    )
    {
        var me = viewer.Person.Id;
        var page = await queries.FindAsync(viewer, $"{Waiting} ORDER BY created", limit, cursor, cancellation);
        var lines = page.Items.SelectMany(item =>
            ApprovalAccess
                .Visible(viewer, item.State)
                .Where(approval => approval.MayAnswer(me))
                .Select(approval => new ApprovalLine(item.State, approval, null))
        );
        return new Page<ApprovalLine>([.. lines], page.Next);
    }

    /// <summary>A page of approvals that the viewer answered, the newest tickets first.</summary>
    /// <exception cref="QueryException">The cursor is wrong.</exception>
    public async Task<Page<ApprovalLine>> PastAsync(
        Viewer viewer,
        int limit,
        string? cursor,
        CancellationToken cancellation
    )
    {
        var me = viewer.Person.Id;
        var page = await queries.FindAsync(viewer, $"{Past} ORDER BY created DESC", limit, cursor, cancellation);
        var lines = page.Items.SelectMany(item =>
            ApprovalAccess
                .Visible(viewer, item.State)
                .Where(approval => approval.Answers.Any(answer => answer.Person == me))
                .OrderByDescending(approval => approval.Id)
                .Select(approval => new ApprovalLine(
                    item.State,
                    approval,
                    approval.Answers.Last(answer => answer.Person == me)
                ))
        );
        return new Page<ApprovalLine>([.. lines], page.Next);
    }
}
