using Microsoft.AspNetCore.Mvc;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The approvals of the page: asked, answered, withdrawn.</summary>
public sealed partial class TicketModel
{
    public async Task<IActionResult> OnPostAskApprovalAsync(AskedApproval asked, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(asked.Policy))
        {
            return await SendAsync(new RequestApproval { Policy = asked.Policy }, "approvals.done-asked", cancellation);
        }

        var ticket = await FindAsync(cancellation);
        if (ticket is null)
        {
            return NotFound();
        }

        var people = new List<PersonId>();
        foreach (var typed in (asked.Person ?? []).Where(typed => !string.IsNullOrWhiteSpace(typed)))
        {
            if (await directory.FindOneAsync(HttpContext.RequireViewer(), typed, cancellation) is not { } found)
            {
                return await RefuseAsync(
                    [Refusal.Invalid("workspace.person-unknown", "person", typed!)],
                    ticket,
                    cancellation
                );
            }

            people.Add(found.Id);
        }

        return await SendAsync(asked.Command(people), "approvals.done-asked", cancellation);
    }

    public Task<IActionResult> OnPostAnswerApprovalAsync(
        long approval,
        bool approves,
        string? comment,
        CancellationToken cancellation
    ) => SendAsync(new AnswerApproval(approval, approves, comment), "approvals.done-answered", cancellation);

    public async Task<IActionResult> OnPostDelegateApprovalAsync(
        long approval,
        string? to,
        string? reason,
        CancellationToken cancellation
    )
    {
        var found = await directory.FindOneAsync(HttpContext.RequireViewer(), to, cancellation);
        if (found is null)
        {
            var ticket = await FindAsync(cancellation);
            return ticket is null
                ? NotFound()
                : await RefuseAsync(
                    [Refusal.Invalid("workspace.person-unknown", "to", to ?? "")],
                    ticket,
                    cancellation
                );
        }

        return await SendAsync(
            new DelegateApproval(approval, found.Id, reason),
            "approvals.done-delegated",
            cancellation
        );
    }

    /// <summary>Lets what the approval of the status could not do be tried again.</summary>
    public Task<IActionResult> OnPostAskAgainAsync(CancellationToken cancellation) =>
        SendAsync(new AskApprovalAgain(), "approvals.done-again", cancellation);

    public Task<IActionResult> OnPostWithdrawApprovalAsync(
        long approval,
        string? reason,
        CancellationToken cancellation
    ) => SendAsync(new WithdrawApproval(approval, reason), "approvals.done-withdrawn", cancellation);
}

/// <summary>What the form asks for: a policy, or one step of people and a team.</summary>
public sealed class AskedApproval
{
    public string? Policy { get; set; }
    public string? Title { get; set; }

    /// <summary>Null until it is bound: a list that is there already and cannot grow would stay as it is.</summary>
    public IReadOnlyList<string?>? Person { get; set; }

    public long? Team { get; set; }
    public int? Needed { get; set; }
    public int? Hours { get; set; }
    public bool CustomersSee { get; set; }

    /// <summary>The command for these people and the team.</summary>
    public RequestApproval Command(IEnumerable<PersonId> people) =>
        new()
        {
            Title = Title ?? "",
            Steps = [new ApproversAsked(people.ToValueList(), Team is { } team ? [new TeamId(team)] : [], [], Needed)],
            ExpiresAfter = Hours is { } hours ? Duration.FromHours(hours) : null,
            CommentOnDecline = true,
            CustomersSee = CustomersSee,
        };
}
