using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.Queries.Translation;

namespace ServiceDesk.Storage.Queries;

/// <summary>Makes a query's text ready for one viewer: parsed, names looked up, bound.</summary>
/// <param name="current">The configuration that is current.</param>
internal sealed class QueryReader(QueryLanguage language, Func<IConfiguration> current, IClock clock)
{
    /// <exception cref="QueryException">The query is wrong.</exception>
    public async Task<ReadyQuery> ReadAsync(
        ServiceDeskDb db,
        Viewer viewer,
        string text,
        CancellationToken cancellation
    )
    {
        var syntax = QueryParser.Parse(text);
        var configuration = current();
        var catalog = language.Catalog(configuration);
        var mentioned = QueryBinder.NamesIn(syntax, catalog);
        var scope = QueryScope.Of(viewer, configuration);
        // A customer is not told whether a name is known, and sees names of others on tickets that were shared.
        var known = scope.IsCustomer ? null : Acquaintances.Of(viewer, configuration);
        IQueryNames names = mentioned.IsEmpty
            ? NoNames.Instance
            : await FoundNames.LookUpAsync(db, viewer, mentioned, known, cancellation);
        var bound = new QueryBinder(catalog, scope, names).Bind(syntax);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(viewer.Person.Zone) ?? DateTimeZone.Utc;
        return new ReadyQuery(bound, viewer, new QueryContext(clock.GetCurrentInstant(), zone, viewer));
    }
}

/// <summary>A bound query with who asks and when.</summary>
internal sealed record ReadyQuery(BoundQuery Query, Viewer Viewer, QueryContext Context)
{
    /// <summary>The rows that match and that the viewer may see, in no order.</summary>
    public IQueryable<TicketRow> Rows(ServiceDeskDb db, ITextSearch search)
    {
        var matching = db
            .Tickets.AsNoTracking()
            .Where(new PredicateTranslator(db, search, Context).Translate(Query.Filter));
        return AccessFilter.IsImplied(Query.Filter, Viewer)
            ? matching
            : matching.Where(AccessFilter.For(db, Viewer, Query));
    }

    /// <summary>The same rows, to be joined with rows of others, by which each is found.</summary>
    public IQueryable<TicketRow> ToJoin(ServiceDeskDb db, ITextSearch search) =>
        db
            .Tickets.AsNoTracking()
            .Where(new PredicateTranslator(db, search, Context).Translate(Query.Filter))
            .Where(AccessFilter.OfFound(db, Viewer, Query));

    /// <summary>Those of some rows that match and that the viewer may see. Each row is held against the query, also its texts.</summary>
    public IQueryable<TicketRow> Among(IQueryable<TicketRow> some, ServiceDeskDb db, ITextSearch search) =>
        some.Where(new PredicateTranslator(db, search, Context, textsByRow: true).Translate(Query.Filter))
            .Where(AccessFilter.OfFound(db, Viewer, Query));
}
