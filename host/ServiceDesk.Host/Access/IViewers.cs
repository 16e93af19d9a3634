using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Access;

/// <summary>Makes viewers of people: of the one who sends a request, and of those on whose behalf something is done.</summary>
public interface IViewers
{
    /// <summary>What the person may now; null when there is no such person, or one who may no longer use the product.</summary>
    ValueTask<Viewer?> OfAsync(PersonId person, CancellationToken cancellation = default);
}
