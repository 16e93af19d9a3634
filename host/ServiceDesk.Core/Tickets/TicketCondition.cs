using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>Whether a ticket matches a query at an instant under a configuration. Given by the query language; a query that cannot be read matches nothing.</summary>
public delegate bool TicketCondition(string query, TicketSnapshot ticket, Instant now, IConfiguration configuration);
