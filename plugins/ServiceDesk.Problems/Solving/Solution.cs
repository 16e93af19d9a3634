using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Solving;

/// <summary>An incident with the message that its customer would get.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Customer">Who is told; null for one who is gone.</param>
/// <param name="Message">Markdown.</param>
/// <param name="MayTell">Whether it is open and the viewer works on its desk.</param>
public sealed record PreviewedMessage(TicketState Incident, Person? Customer, string Message, bool MayTell);

/// <summary>Solves a problem and tells its incidents.</summary>
public sealed class Solution(
    ITicketGrains grains,
    ProblemIncidents incidents,
    IPeople people,
    IConfigurationReader configuration
)
{
    /// <summary>The messages as the settings propose them.</summary>
    public (string English, string Korean) Proposed()
    {
        var settings = configuration.Current.Settings<ProblemSettings>(ProblemsPlugin.Id);
        return (settings.MessageInEnglish, settings.MessageInKorean);
    }

    /// <summary>What each customer would read; only incidents that the viewer may see.</summary>
    public async Task<IReadOnlyList<PreviewedMessage>> PreviewAsync(
        Viewer viewer,
        TicketState problem,
        string english,
        string korean,
        CancellationToken cancellation = default
    )
    {
        var found = await incidents.OfAsync(viewer, problem, cancellation);
        var customers = await people.FindAsync([.. found.Select(one => one.Requester).Distinct()], cancellation);
        return
        [
            .. found.Select(incident =>
            {
                var customer = customers.GetValueOrDefault(incident.Requester);
                return new PreviewedMessage(
                    incident,
                    customer,
                    SolutionMessage.For(incident, customer, english, korean),
                    incident.Category != StatusCategory.Done && viewer.WorksOn(incident.Desk)
                );
            }),
        ];
    }

    /// <summary>Resolves the problem, unless it is, and decides who is told: both or neither.</summary>
    /// <param name="resolution">The id of a resolution of the problem's workflow; null takes the first.</param>
    public Task<GrainAnswer> SolveAsync(
        Viewer viewer,
        TicketState problem,
        TellIncidents tell,
        string? resolution,
        CancellationToken cancellation = default
    ) => grains.SendAsync(problem.Id, CommandEnvelope.By(viewer, Solving(problem, tell, resolution)), cancellation);

    /// <summary>The command that resolves the problem, unless it is, and decides who is told.</summary>
    public TicketCommand Solving(TicketState problem, TellIncidents tell, string? resolution)
    {
        var parts = new List<TicketCommand>();
        if (problem.Category != StatusCategory.Done && WorkflowOf(problem) is { } workflow)
        {
            var done = workflow.Statuses.First(one => one is { Category: StatusCategory.Done, Closes: false });
            parts.Add(
                new TransitionTicket(
                    done.Id,
                    resolution ?? (workflow.Resolutions.Count > 0 ? workflow.Resolutions[0].Id : null),
                    ValueMap<FieldValue?>.Empty
                )
            );
        }

        parts.Add(tell);
        return new ChangeTicket(parts.ToValueList());
    }

    private WorkflowDocument? WorkflowOf(TicketState ticket) =>
        configuration.Current.TryGet<TicketTypeDocument>(ticket.Type, out var type)
        && configuration.Current.TryGet<WorkflowDocument>(type.Workflow, out var workflow)
        && workflow.Statuses.Any(one => one is { Category: StatusCategory.Done, Closes: false })
            ? workflow
            : null;
}
