using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// Take a passage out of everything that is written on a ticket, for good: summary, description, comments and notes, also as they
/// once were. What stood there is not to be had back. For agents of the desk with the permission <c>ticket.redact</c>.
/// </summary>
/// <param name="Passage">As it was written, 2 to 10,000 characters; white space around it does not count.</param>
/// <param name="Reason">Why, one line of at most 255 characters, without the passage. Stays.</param>
public sealed record RedactText(string Passage, string Reason) : TicketCommand;

/// <summary>Take the content of a file off a ticket, for good. Its place stays. For agents of the desk with the permission <c>ticket.redact</c>.</summary>
/// <param name="File">Its id.</param>
/// <param name="Name">Another name for the place, where the name itself says too much; null keeps it.</param>
/// <param name="Reason">Why, one line of at most 255 characters. Stays.</param>
public sealed record RedactFile(long File, string? Name, string Reason) : TicketCommand;

/// <summary>A passage was taken out of the ticket's words. What it was is nowhere: earlier events were written anew without it.</summary>
/// <param name="Comments">The comments and notes in which it stood.</param>
/// <param name="Summary">The summary without it; null when it did not stand there.</param>
/// <param name="Description">The description without it; null when it did not stand there.</param>
/// <param name="Length">How many characters it had.</param>
/// <param name="Visibility">Public when customers could read it.</param>
/// <param name="Reason">Why.</param>
[StoredName("ticket.text-redacted", 1)]
public sealed record TextRedacted(
    ValueList<long> Comments,
    string? Summary,
    string? Description,
    int Length,
    Visibility Visibility,
    string Reason
) : TicketEvent;

/// <summary>The content of a file was taken off the ticket.</summary>
/// <param name="File">Its id.</param>
/// <param name="Name">The name that its place has from now on.</param>
/// <param name="Places">How often it was attached.</param>
/// <param name="Visibility">Public when customers could read it.</param>
/// <param name="Reason">Why.</param>
[StoredName("ticket.file-redacted", 1)]
public sealed record FileRedacted(long File, string Name, int Places, Visibility Visibility, string Reason)
    : TicketEvent;
