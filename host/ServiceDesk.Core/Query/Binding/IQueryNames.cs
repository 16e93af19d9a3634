using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Who is meant by a name in a query. Facts of the moment at which a query is bound.</summary>
public interface IQueryNames
{
    /// <summary>Everybody with this display name or e-mail address, inactive people too.</summary>
    /// <param name="folded">The folded, trimmed name.</param>
    IReadOnlyCollection<long> People(string folded);

    /// <summary>The teams with this name.</summary>
    IReadOnlyCollection<long> Teams(string folded);

    /// <summary>The members of the teams with this name; null when there is no such team.</summary>
    IReadOnlyCollection<long>? Members(string folded);

    /// <summary>The organizations with this key or name.</summary>
    IReadOnlyCollection<long> Organizations(string folded);

    /// <summary>The ticket with this key, also by a former key; null when there is none that the asking person may see.</summary>
    long? Ticket(TicketKey key);
}

/// <summary>Knows nobody: identities can still be written as numbers.</summary>
public sealed class NoNames : IQueryNames
{
    /// <summary>The one there is.</summary>
    public static NoNames Instance { get; } = new();

    public IReadOnlyCollection<long> People(string folded) => [];

    public IReadOnlyCollection<long> Teams(string folded) => [];

    public IReadOnlyCollection<long>? Members(string folded) => null;

    public IReadOnlyCollection<long> Organizations(string folded) => [];

    public long? Ticket(TicketKey key) => null;
}

/// <summary>The names that a query mentions, folded, so that they can be looked up before it is bound.</summary>
public sealed record MentionedNames(
    IReadOnlySet<string> People,
    IReadOnlySet<string> Teams,
    IReadOnlySet<string> Organizations,
    IReadOnlySet<TicketKey> Tickets,
    IReadOnlySet<string> Members
)
{
    /// <summary>Whether there is nothing to look up.</summary>
    public bool IsEmpty => People.Count + Teams.Count + Organizations.Count + Tickets.Count + Members.Count == 0;
}
