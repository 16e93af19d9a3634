namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>A reaction that the pump serves. The host's own are registered as singleton services; plugins' come from their catalog.</summary>
/// <param name="Name">Unique and never changed, since its cursor is stored under it: an owner, a dot and a word.</param>
/// <param name="Type">The <c>IReaction</c>: resolved, or made of services, in a scope of its own for each event.</param>
/// <param name="IsResting">Whether it is to be left alone now; its cursor waits. Null for never.</param>
public sealed record PumpedReaction(string Name, Type Type, Func<bool>? IsResting = null);
