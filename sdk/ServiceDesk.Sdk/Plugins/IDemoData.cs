using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// What a plugin brings to the believable company of the demo, in an installation in which nobody was before. Each part is
/// called once, in load order, with a limit of a minute; what it throws is counted and leaves the demo without the rest of it.
/// </summary>
public interface IDemoData
{
    /// <summary>Writes what is there before any ticket, and counts for them: people and organizations are there.</summary>
    Task WriteAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Goes on with the tickets that are there by then: those of the company, and of plugins in front in load order. The server runs: reactions, rules and scripts answer.</summary>
    Task TellAsync(DemoCast cast, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>Whose part a plugin plays in the demo, with the rights of each.</summary>
/// <param name="Agent">An agent of the desk <c>ITSD</c>, who writes English.</param>
/// <param name="Administrator">The administrator, who sits in the boards.</param>
public sealed record DemoCast(Viewer Agent, Viewer Administrator)
{
    /// <summary>
    /// The label of an outage of this morning: 20 customers of the desk <c>ITSD</c> opened an incident with it. A problem, a
    /// change and what else belongs to it has it too.
    /// </summary>
    public const string Outage = "vpn-outage";
}
