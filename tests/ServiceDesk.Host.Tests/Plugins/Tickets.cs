using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Plugins;

internal static class Tickets
{
    public static TicketState Any { get; } =
        new()
        {
            Id = new TicketId(1),
            Key = new TicketKey("ITSD", 1),
            Version = 1,
            Type = "incident",
            Summary = "Mail does not arrive",
            Description = "",
            Status = "new",
            Category = StatusCategory.New,
            Priority = Priority.Medium,
            Requester = new PersonId(7),
            Channel = Channel.Portal,
            CreatedAt = Instant.FromUtc(2026, 3, 2, 9, 0),
            UpdatedAt = Instant.FromUtc(2026, 3, 2, 9, 0),
            PublicUpdatedAt = Instant.FromUtc(2026, 3, 2, 9, 0),
            StatusSince = Instant.FromUtc(2026, 3, 2, 9, 0),
        };

    public static RecordedEvent Recorded(TicketEvent happened, long version = 2) =>
        new(
            Any.Id,
            version,
            version,
            happened,
            Any.CreatedAt,
            Actor.Of(new PersonId(3)),
            ConfigurationRevision: 1,
            Cause: null,
            Depth: 0
        );
}
