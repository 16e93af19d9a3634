using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Reactions;

/// <summary>A reaction that the pump serves; register one instance per reaction as a singleton service.</summary>
/// <param name="Name">Unique and never changed, since its cursor is stored under it: the plugin's id, a dot and a word, at most 100 characters.</param>
/// <param name="Type">The <see cref="IReaction"/>: resolved, or made with its services, in a scope of its own for each event.</param>
public sealed record ReactionRegistration(string Name, Type Type);
