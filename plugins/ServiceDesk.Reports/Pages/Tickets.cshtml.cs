using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Reports.Exports;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Pages;

/// <summary>Exactly what a figure counts: one row for each thing, so that a ticket opened again twice stands twice.</summary>
[Authorize(Policy = ReportsPlugin.SeePermission)]
public sealed class TicketsModel(ReportDesk desk, TableMaker maker, GroupNames names, IPeople people, ITexts texts)
    : PageModel
{
    private const int MostExported = 10_000;
    private IReadOnlyDictionary<PersonId, Person> agents = new Dictionary<PersonId, Person>();

    /// <summary>The report, with the figure's stretch of time.</summary>
    public AskedReport Asked { get; private set; } = null!;

    /// <summary>The things on this page.</summary>
    public ValueList<CountedTicket> Items { get; private set; } = [];

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    /// <summary>The number of this page, from 0.</summary>
    public int Number { get; private set; }

    /// <summary>What is listed.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Why nothing is listed.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether each thing has a value.</summary>
    public bool HasValue =>
        Asked.Series.Measure is FigureMeasure.Seconds or FigureMeasure.Average or FigureMeasure.Sum
        || Asked.Series.HasPromises;

    /// <summary>The stretch of time as people read it.</summary>
    public string Period =>
        maker.Title(
            new Bucket(Asked.Span.First, Asked.Span.Last, Asked.Span.From, Asked.Span.To),
            Asked.Span.Days == 1 ? ReportStep.Day : ReportStep.Week
        );

    /// <summary>Who has a ticket.</summary>
    public string AssigneeOf(TicketState ticket) =>
        ticket.Assignee is { } agent && agents.TryGetValue(agent, out var person)
            ? person.Name
            : texts["reports.nobody"];

    /// <summary>When it happened, in the report's zone.</summary>
    public string At(CountedTicket item) =>
        item
            .Counted.At.InZone(Asked.Span.Zone)
            .LocalDateTime.ToDateTimeUnspecified()
            .ToString("g", CultureInfo.CurrentCulture);

    /// <summary>The value of a thing.</summary>
    public string Value(CountedTicket item) =>
        Asked.Series.HasPromises ? texts[item.Counted.Kept ? "reports.line.met" : "reports.line.breached"]
        : Asked.Series.Measure == FigureMeasure.Seconds
            ? maker.Write(item.Counted.Value, FigureMeasure.Seconds, Asked.Document.Calendar)
        : maker.Write(item.Counted.Value / 1000.0, FigureMeasure.Sum, null);

    /// <summary>Another page of the list.</summary>
    public string PageAt(int number) => Request.PathBase + Request.Path + Query($"page={number}");

    /// <summary>The list as a file.</summary>
    public string Export(string format) => Request.PathBase + Request.Path + Query($"handler=Export&format={format}");

    /// <summary>Lists.</summary>
    public async Task<IActionResult> OnGetAsync(
        string? id,
        string? from,
        string? to,
        string? line,
        string? group,
        CancellationToken cancellation
    )
    {
        // The name "page" is a route's own; what stands in the address is asked for by itself.
        _ = int.TryParse(Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        Number = Math.Clamp(number, 0, 100_000);
        return await ReadAsync(id, from, to, line, group, Number, ReportDesk.PageSize, cancellation)
            ? Page()
            : NotFound();
    }

    /// <summary>The whole list as a file, 10,000 rows at most.</summary>
    public async Task<IActionResult> OnGetExportAsync(
        string? id,
        string? from,
        string? to,
        string? line,
        string? group,
        string? format,
        CancellationToken cancellation
    ) =>
        await ReadAsync(id, from, to, line, group, 0, MostExported, cancellation)
            ? SheetFile.Of(SheetMaker.Of(Items, Asked, texts, agents), Asked, format)
            : NotFound();

    private async Task<bool> ReadAsync(
        string? id,
        string? from,
        string? to,
        string? line,
        string? group,
        int page,
        int pageSize,
        CancellationToken cancellation
    )
    {
        var viewer = HttpContext.CurrentViewer()!;
        if (desk.Ask(viewer, id, from, to, null, out var asked) is not null)
        {
            return false;
        }

        Asked = asked!;
        var word = Addresses.GroupOf(group);
        try
        {
            (Items, Count) = await desk.CountedAsync(viewer, Asked, line, word, page, pageSize, cancellation);
        }
        catch (QueryException exception)
        {
            Error = texts.Format(exception.Error.Code, [.. exception.Error.Arguments]);
        }

        var ids = Items.Select(item => item.Ticket.Assignee).OfType<PersonId>().Distinct().ToList();
        agents = await people.FindAsync(ids, cancellation);
        var shown = Asked.Series.Lines.FirstOrDefault(one => one.Id == line) ?? Asked.Series.Lines[0];

        // Whose number nobody's ticket has is nobody: an address does not tell names.
        var named =
            word is null || Count == 0 || Grouping.Of(Asked.Document) is not { } told
                ? null
                : (await names.OfAsync(told, [word], cancellation))[word];
        Title = named is null
            ? $"{Asked.Document.Name}: {texts[shown.NameKey]}"
            : $"{Asked.Document.Name}: {texts[shown.NameKey]}, {named}";
        return true;
    }

    private string Query(string more)
    {
        var kept = Request
            .Query.Where(one => one.Key is "id" or "from" or "to" or "line" or "group")
            .Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value.ToString())}");
        return "?" + string.Join('&', kept.Append(more));
    }
}
