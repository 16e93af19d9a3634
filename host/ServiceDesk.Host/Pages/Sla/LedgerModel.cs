using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>A clock whose account is shown.</summary>
/// <param name="Named">The clock.</param>
/// <param name="View">Its ticket.</param>
public sealed record LedgerModel(NamedClock Named, TicketView View)
{
    /// <summary>The configuration that knows the versions which the clock pinned; null for that of now.</summary>
    public IConfiguration? Configuration { get; init; }

    /// <summary>What the ids on the page begin with.</summary>
    public string Id { get; init; } = "clock";

    /// <summary>Whether it leads to its own address.</summary>
    public bool IsLinked { get; init; }

    /// <summary>Whether each span tells the hours of its day.</summary>
    public bool HasHours { get; init; }
}
