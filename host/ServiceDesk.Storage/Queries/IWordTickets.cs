namespace ServiceDesk.Storage.Queries;

/// <summary>How many tickets have words of a query function. No access check: it gives numbers, no content.</summary>
public interface IWordTickets
{
    /// <summary>How many tickets have one of the words, or more.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="words">As the function gives them for a ticket.</param>
    Task<int> CountAsync(string function, IReadOnlyCollection<string> words, CancellationToken cancellation);
}
