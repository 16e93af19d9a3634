using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Figures;

/// <summary>A report that is asked for, ready to be read.</summary>
/// <param name="Document">Its definition.</param>
/// <param name="Series">What it counts.</param>
/// <param name="Span">When.</param>
public sealed record AskedReport(ReportDocument Document, Series Series, ReportSpan Span);

/// <summary>One thing that a figure counts, with its ticket.</summary>
public sealed record CountedTicket(TicketState Ticket, Counted Counted);

/// <summary>Answers reports for pages, routes and scripts, each for its viewer.</summary>
public sealed class ReportDesk(
    IConfigurationReader configuration,
    SeriesCatalog catalog,
    FigureReader reader,
    GroupNames names,
    TableMaker maker,
    ScriptedFigures scripted,
    ITicketQueries queries,
    IClock clock
)
{
    /// <summary>Most tickets on a page of a list.</summary>
    public const int PageSize = 100;

    /// <summary>The reports that there are, in order.</summary>
    public IReadOnlyList<ReportDocument> All => configuration.Current.All<ReportDocument>();

    /// <summary>Makes a report ready.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="id">The report's id.</param>
    /// <param name="from">The first day; null goes back from the last.</param>
    /// <param name="to">The last day; null is today.</param>
    /// <param name="days">How many days where no first is given; null as the report says.</param>
    /// <param name="asked">The report; null when refused.</param>
    /// <returns>Why not; null when it is ready.</returns>
    public Refusal? Ask(Viewer viewer, string? id, string? from, string? to, int? days, out AskedReport? asked)
    {
        asked = null;
        if (id is null || !configuration.Current.TryGet<ReportDocument>(id, out var document))
        {
            return Refusal.NotFound("reports.refusal.no-report", id ?? string.Empty);
        }

        if (catalog.Find(document.Series) is not { } series)
        {
            return Refusal.NotFound("reports.refusal.no-series", document.Series);
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(document.Zone ?? viewer.Person.Zone) ?? DateTimeZone.Utc;
        if (ReportSpan.Of(from, to, days ?? document.Days, zone, clock.GetCurrentInstant()) is not { } span)
        {
            return Refusal.Invalid("reports.refusal.span", null);
        }

        asked = new AskedReport(document, series, span);
        return null;
    }

    /// <summary>The report as a table.</summary>
    /// <exception cref="QueryException">Its query is wrong, or its script does not answer.</exception>
    public async Task<ReportTable> TableAsync(Viewer viewer, AskedReport asked, CancellationToken cancellation)
    {
        var figures = await reader.ReadAsync(viewer, asked.Document, asked.Series, asked.Span, cancellation);
        var group = Grouping.Of(asked.Document);
        var named = await names.OfAsync(group, figures.Groups, cancellation);
        var table = maker.Of(asked.Document, figures, named, names.Of(group));
        return await scripted.ApplyAsync(viewer, asked.Document, table, cancellation);
    }

    /// <summary>A part of exactly what a figure counts, oldest first.</summary>
    /// <param name="viewer">Who looks.</param>
    /// <param name="asked">The report, with the figure's stretch of time as span.</param>
    /// <param name="line">The line's id; an unknown one is the first.</param>
    /// <param name="group">The word of the group; null for all.</param>
    /// <param name="page">0 for the first page.</param>
    /// <param name="pageSize">Most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="QueryException">Its query is wrong.</exception>
    public async Task<(ValueList<CountedTicket> Items, int Count)> CountedAsync(
        Viewer viewer,
        AskedReport asked,
        string? line,
        string? group,
        int page,
        int pageSize,
        CancellationToken cancellation
    )
    {
        var span = asked.Span;
        var (items, count) = await reader.CountedAsync(
            viewer,
            asked.Document,
            asked.Series,
            asked.Series.Lines.FirstOrDefault(one => one.Id == line) ?? asked.Series.Lines[0],
            new Bucket(span.First, span.Last, span.From, span.To),
            group,
            page * pageSize,
            pageSize,
            cancellation
        );
        var tickets = new Dictionary<TicketId, TicketSnapshot>();
        foreach (var some in items.Select(item => new TicketId(item.Ticket)).Distinct().Chunk(500))
        {
            foreach (var (id, ticket) in await queries.FindByIdAsync(viewer, some, cancellation))
            {
                tickets[id] = ticket;
            }
        }

        return (
            items
                .Where(item => tickets.ContainsKey(new TicketId(item.Ticket)))
                .Select(item => new CountedTicket(tickets[new TicketId(item.Ticket)].State, item))
                .ToValueList(),
            count
        );
    }
}
