using System.Globalization;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Solving;

/// <summary>Resolve incidents of the problem and tell each customer. It happens after the commit, one incident after the other.</summary>
/// <param name="Incidents">Keys of incidents that the problem causes.</param>
/// <param name="English">The message for customers who read English; see <see cref="SolutionMessage"/>.</param>
/// <param name="Korean">The message for customers who read Korean.</param>
public sealed record TellIncidents(ValueList<TicketKey> Incidents, string English, string Korean) : TicketCommand;

/// <summary>Note what became of an incident. Only the plugin itself.</summary>
public sealed record NoteIncidentTold(TicketId Incident, TellingOutcome Outcome, string? Code) : TicketCommand;

/// <summary>An incident that is to be told, as far as the sender may see it.</summary>
public sealed record FoundIncident(TicketKey Asked, TicketId Id, bool WorksThere);

/// <summary>The incidents that a command names.</summary>
public sealed record TellingFacts(ValueList<FoundIncident> Incidents)
{
    /// <summary>The incident; null when the sender may not see one of that key.</summary>
    public FoundIncident? Find(TicketKey key) => Incidents.FirstOrDefault(one => one.Asked == key);
}

/// <summary>Looks up the incidents that <see cref="TellIncidents"/> names, with the rights of the sender.</summary>
public sealed class TellingFactSource(ITicketQueries queries, ITicketGrains grains) : IFactSource<TellingFacts>
{
    /// <inheritdoc/>
    public async ValueTask<TellingFacts?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        if (before is null || Named(envelope.Command) is not { Count: > 0 } keys)
        {
            return null;
        }

        // What is not linked need not be looked for: the decider refuses it in the same words.
        var linked = before.Links().Links.Where(ProblemIncidents.IsIncident).Select(link => link.Other).ToList();
        var seen = envelope.Viewer is { } viewer
            ? (await queries.FindByIdAsync(viewer, linked, cancellation)).Values.Select(found => found.State).ToList()
            : await AllAsync(linked, cancellation);
        return new TellingFacts(
            seen.SelectMany(ticket =>
                    ticket
                        .FormerKeys.Append(ticket.Key)
                        .Where(keys.Contains)
                        .Select(key => new FoundIncident(key, ticket.Id, envelope.Viewer?.WorksOn(ticket.Desk) ?? true))
                )
                .ToValueList()
        );
    }

    private static HashSet<TicketKey> Named(TicketCommand command) =>
        command switch
        {
            TellIncidents tell => [.. tell.Incidents],
            ChangeTicket change => [.. change.Parts.SelectMany(Named)],
            _ => [],
        };

    private async Task<List<TicketState>> AllAsync(List<TicketId> ids, CancellationToken cancellation)
    {
        var found = new List<TicketState>();
        foreach (var id in ids)
        {
            if (await grains.GetAsync(id, cancellation) is { } ticket)
            {
                found.Add(ticket.State);
            }
        }

        return found;
    }
}

/// <summary>Decides <see cref="TellIncidents"/>.</summary>
public sealed class Telling : ICommandDecider<TellIncidents>
{
    /// <summary>The longest message, in characters.</summary>
    public const int LongestMessage = 10_000;

    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, TellIncidents command, DecisionContext context)
    {
        if (ProblemRights.Refuse(ticket, context) is { } stranger)
        {
            return Decision.Refuse(stranger);
        }

        if (ticket.Problem().Telling is { IsRunning: true })
        {
            return Decision.Refuse(Refusal.Conflict("problems.refusal.telling-already"));
        }

        var facts = context.Fact<TellingFacts>() ?? new TellingFacts([]);
        var linked = ticket.Links().Links.Where(ProblemIncidents.IsIncident).Select(link => link.Other).ToHashSet();
        var found = command.Incidents.Select(key => (Key: key, Incident: facts.Find(key))).ToList();
        var refusals = new[] { Message(command.English, "english"), Message(command.Korean, "korean") }
            .Concat(found.Select(one => WhyNot(one.Key, one.Incident, linked)))
            .OfType<Refusal>()
            .ToList();
        var incidents = found.Select(one => one.Incident).OfType<FoundIncident>().Select(one => one.Id).Distinct();
        return refusals.Count > 0 ? Decision.Refuse(refusals)
            : command.Incidents.Count == 0 ? Decision.Accept()
            : Decision.Accept(
                new SolutionDecided(incidents.ToValueList(), command.English.Trim(), command.Korean.Trim())
            );
    }

    private static Refusal? WhyNot(TicketKey key, FoundIncident? incident, HashSet<TicketId> linked) =>
        incident is null || !linked.Contains(incident.Id)
            ? Refusal.NotFound("problems.refusal.not-its-incident", key.ToString())
        : !incident.WorksThere ? Refusal.Forbidden("problems.refusal.not-there", key.ToString())
        : null;

    private static Refusal? Message(string? message, string field) =>
        string.IsNullOrWhiteSpace(message) ? Refusal.Invalid("problems.refusal.no-message", field)
        : message.Length > LongestMessage
            ? Refusal.Invalid(
                "problems.refusal.text-too-long",
                field,
                LongestMessage.ToString(CultureInfo.InvariantCulture)
            )
        : null;
}

/// <summary>Decides <see cref="NoteIncidentTold"/>: once for each incident.</summary>
public sealed class NotingTold : ICommandDecider<NoteIncidentTold>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, NoteIncidentTold command, DecisionContext context) =>
        context.Envelope.Viewer is not null ? Decision.Refuse(Refusal.Forbidden("problems.refusal.may-not"))
        : ticket.Problem().Telling?.Pending.Contains(command.Incident) == true
            ? Decision.Accept(new IncidentTold(command.Incident, command.Outcome, command.Code))
        : Decision.Accept();
}
