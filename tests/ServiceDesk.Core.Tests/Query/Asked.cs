using NodaTime;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tests.Query.World;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Query;

/// <summary>Asks queries in memory, in the world of <see cref="QueryWorld"/>.</summary>
internal static class Asked
{
    private static readonly QueryLanguage Language = new(QueryWorld.Extensions, new WorldNames());

    public static BoundQuery Bind(string query, Viewer? viewer = null) =>
        new QueryBinder(
            Language.Catalog(QueryWorld.Configuration),
            QueryScope.Of(viewer ?? WorldViewers.Everywhere, QueryWorld.Configuration),
            new WorldNames()
        ).Bind(QueryParser.Parse(query));

    public static bool Matches(string query, TicketSnapshot ticket, params SearchableText[] comments) =>
        Matches(query, ticket, WorldViewers.Everywhere, comments);

    public static bool Matches(string query, TicketSnapshot ticket, Viewer viewer, params SearchableText[] comments) =>
        Matches(query, new QuerySubject(ticket, QueryWorld.Extensions, comments), viewer);

    public static bool Matches(string query, QuerySubject ticket, Viewer viewer) =>
        QueryEvaluator.Compile(Bind(query, viewer).Filter)(
            ticket,
            new QueryContext(QueryWorld.Now, DateTimeZoneProviders.Tzdb["Asia/Seoul"], viewer)
        );

    public static QueryError Error(string query, Viewer? viewer = null) =>
        Assert.Throws<QueryException>(() => Bind(query, viewer)).Error;

    /// <summary>An ordinary ticket: ITSD-1, new, medium, opened today at noon in Seoul by person 3.</summary>
    public static TicketSnapshot Ticket(Func<TicketState, TicketState>? change = null)
    {
        var state = new TicketState
        {
            Id = new TicketId(1),
            Key = new TicketKey("ITSD", 1),
            Version = 1,
            Type = "incident",
            Summary = "Printer is on FIRE",
            Description = "서버장애가 발생했습니다",
            Status = "new",
            Category = StatusCategory.New,
            Priority = Priority.Medium,
            Requester = new PersonId(3),
            Channel = Channel.Portal,
            CreatedAt = Instant.FromUtc(2026, 3, 11, 3, 0),
            UpdatedAt = QueryWorld.Now,
            PublicUpdatedAt = Instant.FromUtc(2026, 3, 11, 3, 0),
            StatusSince = Instant.FromUtc(2026, 3, 11, 3, 0),
        };
        return new TicketSnapshot(change is null ? state : change(state), ValueList<Sdk.Sla.SlaClock>.Empty);
    }
}
