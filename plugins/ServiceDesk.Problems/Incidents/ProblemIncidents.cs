using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems;

/// <summary>What became of a ticket that was to be attached.</summary>
/// <param name="Key">As it was written.</param>
/// <param name="Refusal">The reason for a no; null when it is attached.</param>
/// <param name="Waits">Whether it waits for the problem now.</param>
public sealed record Attached(string Key, Refusal? Refusal, bool Waits);

/// <summary>The incidents of a problem: links of the type "causes" that begin at the problem.</summary>
public sealed class ProblemIncidents(ITicketQueries queries, ITicketGrains grains)
{
    /// <summary>The id of the link type.</summary>
    public const string LinkType = "causes";

    /// <summary>The status in which an incident waits for its problem.</summary>
    public const string WaitingStatus = "waiting-for-problem";

    /// <summary>The most tickets that are attached at once.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Whether a link of a problem leads to one of its incidents.</summary>
    public static bool IsIncident(TicketLink link) => link is { Type: LinkType, Direction: LinkDirection.Outward };

    /// <summary>Whether a link of an incident leads to its problem.</summary>
    public static bool IsProblem(TicketLink link) => link is { Type: LinkType, Direction: LinkDirection.Inward };

    /// <summary>The incidents that the viewer may see, newest first.</summary>
    public async Task<IReadOnlyList<TicketState>> OfAsync(
        Viewer viewer,
        TicketState problem,
        CancellationToken cancellation = default
    )
    {
        var ids = problem.Links().Links.Where(IsIncident).Select(link => link.Other).ToList();
        return ids.Count == 0
            ? []
            :
            [
                .. (await queries.FindByIdAsync(viewer, ids, cancellation))
                    .Values.Select(found => found.State)
                    .OrderByDescending(incident => incident.CreatedAt)
                    .ThenByDescending(incident => incident.Id.Value),
            ];
    }

    /// <summary>Attaches tickets one by one, each with its own answer: one that cannot be attached keeps no other from it.</summary>
    /// <param name="keys">Keys as people write them; doubles count once.</param>
    /// <param name="wait">Whether each shall wait for the problem, where its workflow and the viewer's rights allow it.</param>
    public async Task<IReadOnlyList<Attached>> AttachAsync(
        Viewer viewer,
        TicketId problem,
        IEnumerable<string> keys,
        bool wait,
        CancellationToken cancellation = default
    )
    {
        var done = new List<Attached>();
        foreach (var text in keys.Select(key => key.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAtOnce))
        {
            done.Add(await AttachOneAsync(viewer, problem, text, wait, cancellation));
        }

        return done;
    }

    private async Task<Attached> AttachOneAsync(
        Viewer viewer,
        TicketId problem,
        string text,
        bool wait,
        CancellationToken cancellation
    )
    {
        if (!TicketKey.TryParse(text, out var key))
        {
            return new Attached(text, Refusal.Invalid("problems.refusal.no-key", "keys", text), false);
        }

        var link = new LinkTickets(LinkType, LinkDirection.Outward, key);
        var answer = await grains.SendAsync(problem, CommandEnvelope.By(viewer, link), cancellation);
        if (!answer.IsAccepted)
        {
            return new Attached(key.ToString(), answer.Refusals[0], false);
        }

        var waits = wait && await WaitAsync(viewer, key, cancellation);
        return new Attached(key.ToString(), null, waits);
    }

    private async Task<bool> WaitAsync(Viewer viewer, TicketKey key, CancellationToken cancellation)
    {
        if (await queries.FindByKeyAsync(viewer, key, cancellation) is not { } incident)
        {
            return false;
        }

        var command = new TransitionTicket(WaitingStatus, null, ValueMap<FieldValue?>.Empty);
        return (
            await grains.SendAsync(incident.State.Id, CommandEnvelope.By(viewer, command), cancellation)
        ).IsAccepted;
    }
}

/// <summary>Workarounds that customers of incidents may read.</summary>
public sealed class PublishedWorkarounds(ITicketGrains grains)
{
    /// <summary>The published workarounds of the open problems that cause the incident, as Markdown. Nothing else of the problems leaves this method.</summary>
    public async Task<IReadOnlyList<string>> ForAsync(TicketState incident, CancellationToken cancellation = default)
    {
        var found = new List<string>();
        foreach (var link in incident.Links().Links.Where(ProblemIncidents.IsProblem))
        {
            if (
                (await grains.GetAsync(link.Other, cancellation))?.State is { Type: ProblemsPlugin.Type } problem
                && problem.Category != StatusCategory.Done
                && State.ProblemReading.Problem(problem) is { IsPublished: true } known
            )
            {
                found.Add(known.Workaround);
            }
        }

        return found;
    }
}
