using NodaTime;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Upkeep;

/// <summary>Forgets invitations that were accepted or withdrawn, and those that ended without an answer.</summary>
public sealed class ForgetInvitations(IInvitations invitations, IClock clock) : IUpkeepTask
{
    /// <summary>How long one is kept after it is over; until then one that ended can be renewed.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    public string Name => "invitations";

    public Task<int> RunAsync(CancellationToken cancellation) =>
        invitations.ForgetAsync(clock.GetCurrentInstant() - Kept, cancellation);
}
