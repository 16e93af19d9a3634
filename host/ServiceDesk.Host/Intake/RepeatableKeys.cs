using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Intake;

/// <summary>
/// Idempotency keys of intakes where a client may repeat itself for a while: a lost answer, a form sent twice. They can be
/// forgotten after <c>Upkeep.ForgetKeys.Kept</c>; keys of others (import, reactions) tell for ever what was done already.
/// </summary>
public static class RepeatableKeys
{
    private const string PortalPrefix = "portal:";

    /// <summary>What these keys begin with.</summary>
    public static readonly IReadOnlyList<string> Prefixes = [RequestRepeats.KeyPrefix, PortalPrefix];

    /// <summary>The key of a form in the portal, by the mark it was shown with; null when the mark is none of ours.</summary>
    public static string? OfPortal(PersonId person, string mark) =>
        mark.Length == 24 ? $"{PortalPrefix}{person}:{mark}" : null;
}
