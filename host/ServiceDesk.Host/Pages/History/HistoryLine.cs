using NodaTime;

namespace ServiceDesk.Host.Pages.History;

/// <summary>An event in words.</summary>
/// <param name="Version">The event's version; its place in the page.</param>
/// <param name="Icon">A Tabler icon's name.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Sentence">What happened, beginning after the actor.</param>
/// <param name="At">When.</param>
public sealed record HistoryLine(long Version, string Icon, string Actor, string Sentence, Instant At);
