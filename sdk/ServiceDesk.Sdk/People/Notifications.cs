using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.People;

/// <summary>Something that people are told in the product.</summary>
/// <param name="Key">Unique per person and act, 1 to 200 characters, beginning with the owner's name: the same key tells nobody twice.</param>
/// <param name="Text">One line of plain text, at most 500 characters; each person gets it in the own language.</param>
/// <param name="Ticket">The ticket that it is about, to go there; null for none.</param>
/// <param name="Visibility">Internal for what only agents of the ticket's desk may know. Public for what anybody who reads the ticket may.</param>
public sealed record Notification(string Key, LocalizedText Text, TicketId? Ticket, Visibility Visibility)
{
    /// <summary>Whether it reaches people also in their quiet hours; otherwise it waits for their working time.</summary>
    public bool IsUrgent { get; init; }
}

/// <summary>Tells people something in the product. It stands at their bell until they have read it.</summary>
public interface INotifications
{
    /// <summary>
    /// Tells people. Those who may not know it are left out: who does not read the ticket, and for an internal one, who does not
    /// work on its desk. So are people who are not active.
    /// </summary>
    /// <returns>How many were told; those who were told before under the same key count.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    Task<int> SendAsync(
        Notification notification,
        IReadOnlyCollection<PersonId> to,
        CancellationToken cancellation = default
    );
}
