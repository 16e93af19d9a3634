using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Linking;

/// <summary>The other end of a wanted link, as far as the sender may see it.</summary>
/// <param name="Asked">The key by which it was named.</param>
/// <param name="Id">Its identity.</param>
/// <param name="WorksThere">Whether the sender works on its desk and may change it.</param>
/// <param name="Category">What its status means.</param>
/// <param name="HasParent">Whether it has a parent.</param>
/// <param name="Ancestors">Its parent, that one's parent and so on.</param>
/// <param name="IsFull">Whether it has as many links as a ticket may have.</param>
public sealed record OtherEnd(
    TicketKey Asked,
    TicketId Id,
    bool WorksThere,
    StatusCategory Category,
    bool HasParent,
    ValueList<TicketId> Ancestors,
    bool IsFull
);

/// <summary>What is known of the other ends that a command names. One that is missing does not exist, or must look so.</summary>
/// <param name="Ends">Those that were found.</param>
/// <param name="OwnAncestors">The parent of the ticket itself, that one's parent and so on.</param>
public sealed record LinkFacts(ValueList<OtherEnd> Ends, ValueList<TicketId> OwnAncestors)
{
    /// <summary>For a <see cref="MirrorLink"/>: the other's parent, that one's parent and so on.</summary>
    public ValueList<TicketId> OtherAncestors { get; init; } = [];

    /// <summary>The other end; null when there is none that the sender may see.</summary>
    public OtherEnd? Find(TicketKey key) => Ends.FirstOrDefault(end => end.Asked == key);
}

/// <summary>Looks up the tickets that link commands name, with the rights of the sender.</summary>
public sealed class LinkFactSource(ITicketQueries queries, ITicketGrains grains, IConfigurationReader configuration)
    : IFactSource<LinkFacts>
{
    /// <inheritdoc/>
    public async ValueTask<LinkFacts?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        if (envelope.Command is MirrorLink { IsLinked: true, Hierarchical: true } mirror)
        {
            var other = await grains.GetAsync(mirror.Other, cancellation);
            return new LinkFacts([], await AncestorsAsync(before?.Links().Parent, cancellation))
            {
                OtherAncestors = await AncestorsAsync(other?.State.Links().Parent, cancellation),
            };
        }

        var keys = Named(envelope.Command).Distinct().ToList();
        if (keys.Count == 0)
        {
            return null;
        }

        var viewer = envelope.Viewer ?? Anybody.On(configuration.Current);
        var ends = new List<OtherEnd>();
        foreach (var key in keys)
        {
            if (await queries.FindByKeyAsync(viewer, key, cancellation) is { } found)
            {
                ends.Add(await EndAsync(key, found.State, viewer, cancellation));
            }
        }

        return new LinkFacts(ends.ToValueList(), await AncestorsAsync(before?.Links().Parent, cancellation));
    }

    private static IEnumerable<TicketKey> Named(TicketCommand command) =>
        command switch
        {
            INamesOtherTicket named => [named.Other],
            ChangeTicket change => change.Parts.SelectMany(Named),
            OpenTicket open => open.Then.SelectMany(Named),
            _ => [],
        };

    private async Task<OtherEnd> EndAsync(
        TicketKey asked,
        TicketState ticket,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var links = ticket.Links();
        return new OtherEnd(
            asked,
            ticket.Id,
            viewer.WorksOn(ticket.Desk),
            ticket.Category,
            links.Parent is not null,
            await AncestorsAsync(links.Parent, cancellation),
            links.Links.Count >= LinkLimits.MostLinks
        );
    }

    // Nobody is shown them: they only say whether a circle would come to be.
    private async Task<ValueList<TicketId>> AncestorsAsync(TicketId? parent, CancellationToken cancellation)
    {
        var found = new List<TicketId>();
        var known = new HashSet<TicketId>();
        while (parent is { } next && known.Add(next))
        {
            found.Add(next);
            parent = (await grains.GetAsync(next, cancellation))?.State.Links().Parent;
        }

        return found.ToValueList();
    }
}
