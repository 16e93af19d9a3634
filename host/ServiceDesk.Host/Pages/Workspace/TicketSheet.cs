using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla.Reports;
using ServiceDesk.Host.Pages.TagHelpers;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A list as a file: the columns of the list, what its reader sees of each ticket, in the reader's language and zone.</summary>
public sealed class TicketSheet(TicketLines lines, ICurrentConfiguration configuration, ITexts texts, ReaderTimes times)
{
    /// <summary>The most tickets of a file; a list that has more ends with a line that says so.</summary>
    public const int MostRows = 10_000;

    private const int PageSize = 200;

    private static readonly LocalDateTimePattern Moments = LocalDateTimePattern.CreateWithInvariantCulture(
        "uuuu-MM-dd HH:mm"
    );

    /// <summary>The tickets that match and that the viewer may see, in the query's order.</summary>
    /// <exception cref="QueryException">The query is wrong.</exception>
    public async Task<CsvSheet> ReadAsync(
        Viewer viewer,
        string query,
        IReadOnlyList<string> columns,
        CancellationToken cancellation
    )
    {
        // Who opens the file finds each ticket by its key, whether the list shows it or not.
        IReadOnlyList<string> written = columns.Contains("key") ? columns : ["key", .. columns];
        var rows = new List<IReadOnlyList<object?>>();
        string? cursor = null;
        do
        {
            var page = await lines.ReadAsync(viewer, query, PageSize, cursor, written, cancellation);
            rows.AddRange(page.Items.Select(line => written.Select(column => Cell(line, column)).ToList()));
            cursor = page.Next;
        } while (cursor is not null && rows.Count < MostRows);

        if (cursor is not null)
        {
            rows.Add([
                texts.Format("workspace.export-cut", $"{rows.Count}"),
                .. written.Skip(1).Select(_ => (object?)null),
            ]);
        }

        return new CsvSheet(
            [.. written.Select(column => ListColumns.HeadingOf(column, texts, configuration.Snapshot))],
            rows
        );
    }

    private object? Cell(TicketLine line, string column)
    {
        var ticket = line.Ticket;
        return column switch
        {
            "key" => ticket.Key.ToString(),
            "desk" => line.Desk,
            "type" => line.TypeName,
            "request-type" => line.RequestType,
            "resolution" => line.Resolution,
            "channel" => ticket.Channel is { } channel ? texts[ListColumns.WordOf(channel)] : null,
            "closed" => Moment(ticket.ClosedAt),
            "summary" => ticket.Summary,
            "status" => line.StatusName,
            "priority" => texts[$"common.priority-{ticket.Priority.ToString().ToLowerInvariant()}"],
            "requester" => line.Requester,
            "organization" => line.Organization,
            "assignee" => line.Assignee,
            "team" => line.Team,
            "created" => Moment(ticket.CreatedAt),
            "updated" => Moment(ticket.UpdatedAt),
            "resolved" => Moment(ticket.ResolvedAt),
            "due" => Moment(ticket.NextDueAt),
            "external-id" => ticket.ExternalId,
            "remaining" => Clock(
                ticket.Clocks.OrderBy(one => one.Status).ThenBy(one => one.DueAt ?? Instant.MaxValue).FirstOrDefault()
            ),
            _ when ListColumns.FieldOf(column) is { } field => Own(line.Own.GetValueOrDefault(field)),
            _ => Clock(ticket.Clocks.FirstOrDefault(one => one.Metric == column[ListColumns.Clock.Length..])),
        };
    }

    // Numbers and moments as other programs read them, the rest in words.
    private object? Own(OwnValue? own) =>
        own?.Value switch
        {
            NumberValue number => number.Number,
            DateValue date => LocalDatePattern.Iso.Format(date.Date),
            MomentValue moment => Moment(moment.Moment),
            _ => own?.Words,
        };

    private string? Clock(Storage.Queries.ListedClock? clock)
    {
        if (clock is null)
        {
            return null;
        }

        var reading = clock.ReadAt(times.Now, configuration.Snapshot);
        var left = DurationText.Format(
            Duration.FromMinutes(Math.Floor(reading.Remaining.TotalMinutes)),
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            reading.Days
        );
        return $"{texts[$"common.sla-{SlaLook.Of(reading).Word}"]} {left}";
    }

    private string? Moment(Instant? instant) =>
        instant is { } at ? Moments.Format(at.InZone(times.Zone).LocalDateTime) : null;
}
