using System.Globalization;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Solving;

/// <summary>
/// Tells a solution, one incident after the other. A step is two commands: comment and transition of the incident in one
/// commit under a key of its own, then the note on the problem. Cut off anywhere it is done anew from what the problem still
/// calls pending: an incident that had its commit gives the first answer again, so none is lost and none is told twice.
/// </summary>
public sealed class SolutionSteps(ITicketGrains grains, IPeople people, IConfigurationReader configuration)
{
    /// <summary>Goes on until nobody waits or the time is up.</summary>
    /// <param name="isTimeUp">Asked between two incidents.</param>
    public async Task RunAsync(TicketId problem, Func<bool> isTimeUp, CancellationToken cancellation)
    {
        while (!isTimeUp())
        {
            var state = (await grains.GetAsync(problem, cancellation))?.State;
            if (state?.Problem().Telling is not { IsRunning: true } telling)
            {
                return;
            }

            var incident = telling.Pending.First();
            var note = await TellAsync(telling, problem, incident, cancellation);
            var answer = await grains.SendAsync(
                problem,
                Envelope(note, telling, problem, incident, "note"),
                cancellation
            );
            if (!answer.IsAccepted)
            {
                throw new InvalidOperationException($"The problem refused a note: {answer.Refusals[0].Code}");
            }
        }
    }

    private async Task<NoteIncidentTold> TellAsync(
        SolutionTelling telling,
        TicketId problem,
        TicketId incident,
        CancellationToken cancellation
    )
    {
        if ((await grains.GetAsync(incident, cancellation))?.State is not { } ticket)
        {
            return new NoteIncidentTold(incident, TellingOutcome.Refused, "problems.refusal.no-ticket");
        }

        var customer = await people.FindAsync(ticket.Requester, cancellation);
        var message = SolutionMessage.For(ticket, customer, telling.English, telling.Korean);
        var tell = new ChangeTicket([new AddPublicComment(message, []), Resolving(ticket)]);
        var answer = await grains.SendAsync(
            incident,
            // The same incident as before the cut answers by its key, whatever its status is now.
            Envelope(tell, telling, problem, incident, "tell"),
            cancellation
        );
        return answer.IsAccepted ? new NoteIncidentTold(incident, TellingOutcome.Told, null)
            : ticket.Category == StatusCategory.Done ? new NoteIncidentTold(incident, TellingOutcome.AlreadyDone, null)
            : new NoteIncidentTold(incident, TellingOutcome.Refused, answer.Refusals[0].Code);
    }

    // The way to done that does not close; the workflow's own word for "solved", or the first there is.
    private TransitionTicket Resolving(TicketState ticket)
    {
        var current = configuration.Current;
        var workflow =
            current.TryGet<TicketTypeDocument>(ticket.Type, out var type)
            && current.TryGet<WorkflowDocument>(type.Workflow, out var found)
                ? found
                : null;
        var done = workflow?.Statuses.FirstOrDefault(one => one is { Category: StatusCategory.Done, Closes: false });
        var resolution =
            workflow?.Resolutions.FirstOrDefault(one => one.Id == "solved")?.Id
            ?? (workflow?.Resolutions.Count > 0 ? workflow.Resolutions[0].Id : null);
        var to = ticket.Category == StatusCategory.Done ? DoneAlready : done?.Id ?? DoneAlready;
        return new TransitionTicket(to, resolution, ValueMap<FieldValue?>.Empty);
    }

    // No status of that name: the incident refuses, and nobody is told a second time.
    private const string DoneAlready = "done-already";

    private static CommandEnvelope Envelope(
        TicketCommand command,
        SolutionTelling telling,
        TicketId problem,
        TicketId incident,
        string act
    ) =>
        new(command, new Actor(ActorKind.Plugin, telling.By, ProblemsPlugin.Id))
        {
            IdempotencyKey = string.Create(
                CultureInfo.InvariantCulture,
                $"problems.{act}:{problem}:{telling.Position}:{incident}"
            ),
            Depth = 1,
        };
}

/// <summary>Begins to tell a solution as soon as it is decided.</summary>
public sealed class SolutionReaction(SolutionSteps steps, TimeProvider time) : IReaction
{
    // A reaction has 30 seconds; what is left is the job's.
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        return @event.Event is SolutionDecided
            ? steps.RunAsync(@event.Ticket, () => time.GetElapsedTime(began) > Share, cancellation)
            : Task.CompletedTask;
    }
}

/// <summary>Goes on with solutions that were cut off.</summary>
public sealed class SolutionJob(SolutionSteps steps, ITicketQueries queries, IConfigurationReader configuration) : IJob
{
    private const int Most = 200;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var desks = configuration.Current.All<DeskDocument>().Select(desk => desk.Id).ToValueList();
        var nobody = new Person(new PersonId(0), "", "", "", "en", "Etc/UTC", [], [], IsActive: false);
        var everybody = new Sdk.Access.Viewer(nobody, [Sdk.Access.Permissions.WorkTickets], desks, [], [], []);
        var page = await queries.FindAsync(everybody, "telling = true", Most, cursor: null, cancellation);
        foreach (var problem in page.Items)
        {
            await steps.RunAsync(problem.State.Id, () => cancellation.IsCancellationRequested, cancellation);
        }
    }
}
