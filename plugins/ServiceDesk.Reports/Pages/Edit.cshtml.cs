using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Pages;

/// <summary>A report as the form has it.</summary>
public sealed record ReportForm
{
    /// <summary>The report's id; empty for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The version that was seen; 0 for a new one.</summary>
    public int Version { get; init; }

    /// <summary>The name in the reader's language.</summary>
    public string? Name { get; init; }

    /// <summary>The description in the reader's language.</summary>
    public string? Description { get; init; }

    /// <summary>The series.</summary>
    public string? Series { get; init; }

    /// <summary>The query.</summary>
    public string? Query { get; init; }

    /// <summary>The group; empty for none.</summary>
    public string? Group { get; init; }

    /// <summary>The step.</summary>
    public string? Step { get; init; }

    /// <summary>How many days.</summary>
    public int Days { get; init; } = 30;

    /// <summary>The zone; empty for the reader's.</summary>
    public string? Zone { get; init; }

    /// <summary>The calendar; empty for all time.</summary>
    public string? Calendar { get; init; }

    /// <summary>The metric; empty for all.</summary>
    public string? Metric { get; init; }

    /// <summary>The script that works the figures out; empty for none.</summary>
    public string? Script { get; init; }
}

/// <summary>Makes and changes reports; works without JavaScript.</summary>
[Authorize(Policy = ReportsPlugin.EditPermission)]
public sealed class EditModel(
    IConfigurationReader configuration,
    IConfigurationWriter writer,
    SeriesCatalog catalog,
    ITicketSets sets,
    ITexts texts
) : PageModel
{
    /// <summary>What the form has.</summary>
    public ReportForm Form { get; private set; } = new();

    /// <summary>Whether a report is made.</summary>
    public bool IsNew => string.IsNullOrEmpty(Form.Id);

    /// <summary>Why nothing was saved.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>What can be counted.</summary>
    public IReadOnlyList<Series> Series => catalog.All;

    /// <summary>Own fields by which figures can be told apart.</summary>
    public IReadOnlyList<FieldDocument> Fields => sets.WordFields(HttpContext.CurrentViewer()!);

    /// <summary>The group of the report when it is none that the editor sees: saving keeps it.</summary>
    public string? KeptGroup =>
        string.IsNullOrEmpty(Form.Group)
        || Enum.GetValues<ReportGroup>().Any(group => Grouping.Word(group) == Form.Group)
        || Fields.Any(one => Grouping.Word(one) == Form.Group)
            ? null
            : Form.Group;

    /// <summary>The calendars.</summary>
    public IReadOnlyList<CalendarDocument> Calendars => configuration.Current.All<CalendarDocument>();

    /// <summary>Scripts that work figures out.</summary>
    public IEnumerable<ScriptDocument> Scripts =>
        configuration.Current.All<ScriptDocument>().Where(script => script.Use == ScriptUse.ReportSeries);

    /// <summary>The metrics of all policies, each once.</summary>
    public IEnumerable<SlaMetric> Metrics =>
        configuration
            .Current.All<SlaPolicyDocument>()
            .SelectMany(policy => policy.Metrics)
            .DistinctBy(metric => metric.Id, StringComparer.Ordinal);

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            Form = new ReportForm { Series = "created-resolved", Step = nameof(ReportStep.Day) };
            return Page();
        }

        var current = configuration.Current;
        if (!current.TryGet<ReportDocument>(id, out var report))
        {
            return NotFound();
        }

        Form = new ReportForm
        {
            Id = report.Id,
            Version = current.VersionOf<ReportDocument>(id),
            Name = report.Name.ToString(),
            Description = report.Description?.ToString(),
            Series = report.Series,
            Query = report.Query,
            Group = report.GroupBy,
            Step = report.Step.ToString(),
            Days = report.Days,
            Zone = report.Zone,
            Calendar = report.Calendar,
            Metric = report.Metric,
            Script = report.Script,
        };
        return Page();
    }

    /// <summary>Saves the report and shows it.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] ReportForm form, CancellationToken cancellation)
    {
        Form = form;
        var current = configuration.Current;
        var before = form.Id is { Length: > 0 } id && current.TryGet<ReportDocument>(id, out var found) ? found : null;
        if (before is null && !IsNew)
        {
            return NotFound();
        }

        if (string.IsNullOrWhiteSpace(form.Name))
        {
            Refusals = [texts["reports.refusal.name"]];
            return Page();
        }

        var report = Document(form, before, current);
        var refusals = await writer.SaveAsync(
            HttpContext.CurrentViewer()!,
            report,
            before is null ? 0 : form.Version,
            cancellation
        );
        if (refusals.Count == 0)
        {
            return Redirect(Url.Content($"~/plugins/reports/report?id={report.Id}"));
        }

        Refusals = Sentences.Of(texts, refusals);
        return Page();
    }

    /// <summary>Removes the report.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(string? id, int version, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        var refusals = await writer.RemoveAsync<ReportDocument>(viewer, id ?? string.Empty, version, cancellation);
        if (refusals.Count == 0)
        {
            return Redirect(Url.Content("~/plugins/reports/list"));
        }

        var shown = OnGet(id);
        Refusals = Sentences.Of(texts, refusals);
        return shown;
    }

    private static ReportDocument Document(ReportForm form, ReportDocument? before, IConfiguration current) =>
        new()
        {
            Id = before?.Id ?? NewIds.For<ReportDocument>(form.Name!, "report", current),
            Name = Sentences.Named(form.Name!, before?.Name),
            Description = string.IsNullOrWhiteSpace(form.Description)
                ? null
                : Sentences.Named(form.Description, before?.Description),
            Series = form.Series ?? string.Empty,
            Query = form.Query?.Trim() ?? string.Empty,
            GroupBy = Given(form.Group),
            Step = Enum.TryParse<ReportStep>(form.Step, out var step) ? step : ReportStep.Day,
            Days = Math.Clamp(form.Days, 1, ReportSpan.MostDays),
            Zone = Given(form.Zone),
            Calendar = Given(form.Calendar),
            Metric = Given(form.Metric),
            Script = Given(form.Script),
            Order = before?.Order ?? 100,
        };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Words of forms.</summary>
internal static class Sentences
{
    /// <summary>The sentences of refusals, each once.</summary>
    public static IReadOnlyList<string> Of(ITexts texts, ValueList<Refusal> refusals) =>
        [.. refusals.Select(texts.Say).Distinct(StringComparer.Ordinal)];

    /// <summary>A name in the reader's language; the other languages stay.</summary>
    public static LocalizedText Named(string text, LocalizedText? before) =>
        new(
            (before?.Texts ?? ValueMap<string>.Empty).SetItem(
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                text.Trim()
            )
        );
}
