using Microsoft.EntityFrameworkCore;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Reports.Figures;

/// <summary>What counts, with the word that tells it apart.</summary>
public sealed class Figure
{
    /// <summary>The ticket.</summary>
    public long TicketId { get; set; }

    /// <summary>When, in Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>The word that tells it apart; empty where nothing is.</summary>
    public string Group { get; set; } = "";

    /// <summary>Seconds, or thousandths of a plugin's value.</summary>
    public long Value { get; set; }

    /// <summary>Whether a promise was kept.</summary>
    public bool Kept { get; set; }
}

/// <summary>The rows that a report asks of, with its query, its viewer's rights and its group put in.</summary>
internal sealed class Question(
    ReportTables db,
    TicketSet set,
    Viewer viewer,
    ReportDocument report,
    PromisedMetrics metrics,
    TicketWords? held
)
{
    private readonly string[] desks = [.. viewer.Desks];
    private readonly string? column = Grouping.Of(report)?.Column?.ToString();

    /// <summary>Facts of a line between two instants, in Unix ticks.</summary>
    public IQueryable<Figure> Facts(SeriesLine line, long from, long to)
    {
        var kind = line.Kind is FactKinds.Resolved or FactKinds.Responded
            ? FactKinds.On(line.Kind, report.Calendar)
            : line.Kind;
        var facts = db
            .Facts.AsNoTracking()
            .Where(fact => fact.Kind == kind && fact.At >= from && fact.At < to && desks.Contains(fact.Desk));
        if (line.Kept is { } kept)
        {
            facts = facts.Where(fact => fact.Kept == kept);
        }

        if (line.Kind == FactKinds.Promise)
        {
            facts = metrics.Of(facts);
        }

        return Seen(
            column is null
                ? facts.Select(fact => new Figure
                {
                    TicketId = fact.TicketId,
                    At = fact.At,
                    Group = "",
                    Value = fact.Value,
                    Kept = fact.Kept,
                })
                : facts.Select(fact => new Figure
                {
                    TicketId = fact.TicketId,
                    At = fact.At,
                    Group = EF.Property<string>(fact, column),
                    Value = fact.Value,
                    Kept = fact.Kept,
                })
        );
    }

    /// <summary>What is open just before an instant.</summary>
    public IQueryable<Figure> OpenAt(long at) =>
        Stretches(stretch => stretch.From < at && stretch.To >= at, isEnd: false);

    /// <summary>What began to be open between two instants.</summary>
    public IQueryable<Figure> Begun(long from, long to) =>
        Stretches(stretch => stretch.From >= from && stretch.From < to, isEnd: false);

    /// <summary>What ended to be open between two instants.</summary>
    public IQueryable<Figure> Ended(long from, long to) =>
        Stretches(stretch => stretch.To >= from && stretch.To < to, isEnd: true);

    private IQueryable<Figure> Stretches(System.Linq.Expressions.Expression<Func<StretchRow, bool>> during, bool isEnd)
    {
        var stretches = db.Stretches.AsNoTracking().Where(during).Where(stretch => desks.Contains(stretch.Desk));
        return Seen(
            column is null
                ? stretches.Select(stretch => new Figure
                {
                    TicketId = stretch.TicketId,
                    At = isEnd ? stretch.To : stretch.From,
                    Group = "",
                    Value = 0,
                    Kept = false,
                })
                : stretches.Select(stretch => new Figure
                {
                    TicketId = stretch.TicketId,
                    At = isEnd ? stretch.To : stretch.From,
                    Group = EF.Property<string>(stretch, column),
                    Value = 0,
                    Kept = false,
                })
        );
    }

    private IQueryable<Figure> Seen(IQueryable<Figure> figures)
    {
        var seen = figures.Join(set.In(db), figure => figure.TicketId, ticket => ticket, (figure, _) => figure);
        return held is null
            ? seen
            : seen.LeftJoin(
                held.In(db),
                figure => figure.TicketId,
                word => word.Ticket,
                (figure, word) =>
                    new Figure
                    {
                        TicketId = figure.TicketId,
                        At = figure.At,
                        Group = word!.Word ?? "",
                        Value = figure.Value,
                        Kept = figure.Kept,
                    }
            );
    }
}
