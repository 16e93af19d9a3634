using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Approvals;

/// <summary>An approval as a panel shows it.</summary>
/// <param name="Approval">The approval; the viewer may see it.</param>
/// <param name="Viewer">Who looks.</param>
/// <param name="MayWithdraw">Whether the viewer may take it back.</param>
/// <param name="NameOf">The name of a person.</param>
/// <param name="Action">The address of the page that takes the answer; the handler is added.</param>
public sealed record ApprovalView(
    Approval Approval,
    PersonId Viewer,
    bool MayWithdraw,
    Func<PersonId, string> NameOf,
    string Action
)
{
    /// <summary>Where names of people are completed; null where they are not.</summary>
    public string? Completion { get; init; }

    /// <summary>Whether the viewer may answer now.</summary>
    public bool MayAnswer => Approval.MayAnswer(Viewer);

    /// <summary>The tone of a state.</summary>
    public static string ToneOf(ApprovalState state) =>
        state switch
        {
            ApprovalState.Pending => "tone-amber",
            ApprovalState.Approved => "tone-green",
            ApprovalState.Declined => "tone-red",
            _ => "tone-gray",
        };

    /// <summary>The icon of a state.</summary>
    public static string IconOf(ApprovalState state) =>
        state switch
        {
            ApprovalState.Pending => "clock-pause",
            ApprovalState.Approved => "circle-check",
            ApprovalState.Declined => "circle-x",
            _ => "circle-dashed",
        };

    /// <summary>The people of a step with what each answered; null while there is no answer.</summary>
    public IEnumerable<(PersonId Person, ApprovalAnswer? Answer)> People(int step) =>
        Approval
            .Steps[step]
            .Approvers.Select(person =>
                (
                    person,
                    Approval.Answers.FirstOrDefault(answer => answer.Person == person && answer.Steps.Contains(step))
                )
            );

    /// <summary>The people whose names a ticket's approvals need.</summary>
    public static IEnumerable<PersonId> PeopleOf(TicketState ticket) =>
        ticket
            .Approvals.SelectMany(approval =>
                approval
                    .Steps.SelectMany(step => step.Approvers.Concat(step.StandIns.Select(one => one.For)))
                    .Concat(new[] { approval.RequestedBy }.OfType<PersonId>())
            )
            .Distinct();
}
