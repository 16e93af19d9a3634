using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Access;

/// <summary>
/// Whom somebody may let a script or a rule act as: oneself, and others over whom one learns and does nothing that one could
/// not oneself.
/// </summary>
public static class ActingAs
{
    /// <summary>Whether what somebody writes may act as a person.</summary>
    /// <param name="by">Who writes it, or tries it.</param>
    /// <param name="actor">What the person may now; null for an address that nobody has who may sign in, and that anybody may have tomorrow.</param>
    /// <param name="configuration">As it is before.</param>
    /// <remarks>
    /// A person sees the own requests, and what the own approval is asked for, on whichever desk: so permissions and desks of
    /// that person do not suffice, and whoever lets it act as somebody else works on every desk.
    /// </remarks>
    public static bool May(Viewer by, Viewer? actor, IConfiguration configuration) =>
        actor?.Person.Id == by.Person.Id
        || (
            configuration.All<DeskDocument>().All(desk => by.WorksOn(desk.Id))
            && (
                actor is null
                    ? configuration.All<RoleDocument>().All(role => RoleGrants.Covers(by, role))
                    : actor.Permissions.All(by.May)
            )
        );
}
