using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Pages.Shared;

/// <summary>That something was taken out for good, where it stood.</summary>
/// <param name="At">When.</param>
/// <param name="By">The name of who did it.</param>
/// <param name="Reason">Why; empty where the reader is not told.</param>
public sealed record RedactionLine(Instant At, string By, string Reason)
{
    /// <summary>A mark with the name of who made it.</summary>
    public static RedactionLine Of(RedactionMark mark, Func<PersonId?, string> nameOf) =>
        new(mark.At, nameOf(mark.By), mark.Reason);
}
