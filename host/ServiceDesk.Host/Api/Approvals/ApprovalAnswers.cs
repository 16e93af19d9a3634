using NodaTime;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Approvals;

/// <summary>An approval.</summary>
/// <param name="Ticket">The ticket's key.</param>
/// <param name="Id">Unique in the ticket.</param>
/// <param name="MayAnswer">Whether the request's person may answer now.</param>
public sealed record ApprovalBody(
    string Ticket,
    long Id,
    string Title,
    string? Policy,
    ApprovalState State,
    bool Parallel,
    IReadOnlyList<ApprovalStepBody> Steps,
    Instant RequestedAt,
    PersonAnswer? RequestedBy,
    Instant? ExpiresAt,
    Instant? RemindedAt,
    Instant? EndedAt,
    string? Reason,
    bool CustomersSee,
    bool CommentOnDecline,
    bool MayAnswer
)
{
    /// <summary>Approvals of a ticket as they are shown to a viewer, who may see them.</summary>
    internal static async Task<IReadOnlyList<ApprovalBody>> ShowAsync(
        IPeople people,
        Viewer viewer,
        TicketState ticket,
        IReadOnlyCollection<Approval> approvals,
        CancellationToken cancellation
    )
    {
        var shown = await PeopleOfAnswer.LookUpAsync(
            people,
            viewer,
            approvals
                .SelectMany(approval =>
                    approval.Steps.SelectMany(step => step.Approvers.Concat(step.StandIns.Select(one => one.For)))
                )
                .Select(person => (PersonId?)person)
                .Concat(approvals.Select(approval => approval.RequestedBy)),
            cancellation
        );
        return [.. approvals.Select(approval => Of(ticket, approval, viewer.Person.Id, shown))];
    }

    /// <summary>The approval as it is shown with these people.</summary>
    internal static ApprovalBody Of(TicketState ticket, Approval approval, PersonId viewer, PeopleOfAnswer shown) =>
        new(
            ticket.Key.ToString(),
            approval.Id,
            approval.Title.ToString(),
            approval.Policy,
            approval.State,
            approval.Parallel,
            [
                .. approval.Steps.Select(
                    (step, at) =>
                        new ApprovalStepBody(
                            step.Name?.ToString(),
                            step.Needed,
                            approval.StateOf(at),
                            approval.OpenSteps().Contains(at),
                            [.. step.Approvers.Select(person => Approver(approval, at, person, ticket, shown))]
                        )
                ),
            ],
            approval.RequestedAt,
            shown.Show(approval.RequestedBy, ticket.Desk),
            approval.ExpiresAt,
            approval.RemindedAt,
            approval.EndedAt,
            approval.EndReason,
            approval.CustomersSee,
            approval.CommentOnDecline,
            approval.MayAnswer(viewer)
        );

    private static ApproverBody Approver(
        Approval approval,
        int step,
        PersonId person,
        TicketState ticket,
        PeopleOfAnswer shown
    )
    {
        var answer = approval.Answers.FirstOrDefault(one => one.Person == person && one.Steps.Contains(step));
        return new ApproverBody(
            shown.Show(person, ticket.Desk),
            shown.Show(approval.Steps[step].For(person), ticket.Desk),
            answer?.Approves,
            answer?.Comment,
            answer?.At
        );
    }
}

/// <summary>A step of an approval.</summary>
/// <param name="Needed">How many must approve.</param>
/// <param name="State">How it stands by counting.</param>
/// <param name="IsOpen">Whether it is asked now.</param>
public sealed record ApprovalStepBody(
    string? Name,
    int Needed,
    ApprovalState State,
    bool IsOpen,
    IReadOnlyList<ApproverBody> Approvers
);

/// <summary>An approver with the answer, where there is one.</summary>
/// <param name="For">In whose place the person is asked, by an absence or because it was delegated; null for the own.</param>
public sealed record ApproverBody(
    PersonAnswer? Person,
    PersonAnswer? For,
    bool? Approves,
    string? Comment,
    Instant? At
);
