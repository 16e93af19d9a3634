using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Access;

/// <summary>Looks up the person of an address, and asks whether somebody may let a script or a rule act as that person.</summary>
public sealed class ActorQuestion(IPeopleStore people, IViewers viewers, ICurrentConfiguration configuration)
{
    /// <summary>The problem, or refusal, of one who may not.</summary>
    public const string Exceeds = "configuration.actor-exceeds";

    /// <summary>Whether the person may; see <see cref="ActingAs.May"/>.</summary>
    public async Task<bool> MayAsync(Viewer by, string address, CancellationToken cancellation)
    {
        var person = await people.FindByEmailAsync(address, cancellation);
        var actor = person is null ? null : await viewers.OfAsync(person.Id, cancellation);
        return ActingAs.May(by, actor, configuration.Snapshot);
    }

    /// <summary>The no to a trial that would act as somebody as whom it must not; null when it may.</summary>
    /// <param name="address">As whom it would act; null when it says nobody.</param>
    public async Task<Refusal?> AgainstAsync(Viewer by, string? address, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(address) || await MayAsync(by, address, cancellation)
            ? null
            : Refusal.Forbidden(Exceeds, address) with
            {
                Field = "actor",
            };
}
