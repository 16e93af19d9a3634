using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime.Text;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Scripting.Api;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A script in the editor, with the console that tries it on a ticket. Its versions are those of its document.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ScriptModel(
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText text,
    IScriptRunner scripts,
    ActorQuestion actors,
    ScriptSources sources,
    ScriptReference reference,
    EventCatalog catalog,
    ITicketQueries queries,
    ITexts texts
) : PageModel
{
    private const int LongestSource = 100_000;

    [BindProperty(SupportsGet = true, Name = "id")]
    public string? Id { get; set; }

    [BindProperty(Name = "version")]
    public int Version { get; set; }

    [BindProperty(Name = "source")]
    public string? Source { get; set; }

    [BindProperty(Name = "english")]
    public string? English { get; set; }

    [BindProperty(Name = "korean")]
    public string? Korean { get; set; }

    [BindProperty(Name = "use")]
    public ScriptUse Use { get; set; } = ScriptUse.Handler;

    [BindProperty(Name = "events")]
    public string? Events { get; set; }

    [BindProperty(Name = "every")]
    public string? Every { get; set; }

    [BindProperty(Name = "cron")]
    public string? Cron { get; set; }

    [BindProperty(Name = "zone")]
    public string? Zone { get; set; }

    [BindProperty(Name = "actor")]
    public string? Actor { get; set; }

    [BindProperty(Name = "hosts")]
    public string? Hosts { get; set; }

    [BindProperty(Name = "enabled")]
    public bool Enabled { get; set; }

    [BindProperty(Name = "comment")]
    public string? Comment { get; set; }

    /// <summary>The key of the ticket that the script is tried on.</summary>
    [BindProperty(Name = "ticket")]
    public string? Ticket { get; set; }

    public IReadOnlyList<DocumentProblem> Problems { get; private set; } = [];

    public string? Notice { get; private set; }

    public ScriptOutcome? Outcome { get; private set; }

    /// <summary>What a trial would have recorded.</summary>
    public IReadOnlyList<(string Name, string Json)> WouldRecord =>
        [
            .. (Outcome?.Events ?? []).Select(recorded =>
                (catalog.NameOf(recorded.Event), catalog.Write(recorded.Event))
            ),
        ];

    public IEnumerable<string> EventNames => catalog.Names.Select(Scripting.Runs.EventNames.Without).Distinct();

    /// <summary>The names that the editor completes, as JSON without a character that could end a script element.</summary>
    public string Words =>
        JsonSerializer.Serialize(reference.Words(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName));

    public IActionResult OnGet()
    {
        if (Id is null)
        {
            Enabled = true;
            Actor = HttpContext.RequireViewer().Person.Email;
            return Page();
        }

        if (!configuration.Snapshot.TryGet<ScriptDocument>(Id, out var script))
        {
            return NotFound();
        }

        Fill(script);
        return Page();
    }

    /// <summary>What is wrong with a source, for the marks in the editor.</summary>
    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancellation)
    {
        if (Source is not { Length: > 0 and <= LongestSource } source)
        {
            return new JsonResult(Array.Empty<object>());
        }

        var compilation = await sources.CompileAsync(source.ReplaceLineEndings("\n"), cancellation);
        return new JsonResult(
            compilation.Error is { } error
                ? new[]
                {
                    new
                    {
                        line = compilation.Place?.Line ?? 1,
                        column = compilation.Place?.Column ?? 1,
                        error,
                    },
                }
                : []
        );
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, Comment);
        var outcome = await editor.SaveAsync(text.ToYaml(Document()), Version, author, cancellation);
        switch (outcome.Status)
        {
            case ConfigurationStatus.Written or ConfigurationStatus.Unchanged:
                TempData["Done"] = texts["administration.saved"];
                return RedirectToPage("/Administration/Script", new { id = Id });
            case ConfigurationStatus.Conflict:
                Notice = texts["administration.conflict"];
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            default:
                Problems = [.. outcome.Problems.Select(problem => problem.Problem)];
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
        }
    }

    /// <summary>Runs what stands in the editor, with nothing written.</summary>
    public async Task<IActionResult> OnPostTryAsync(CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        TicketSnapshot? ticket = null;
        if (!string.IsNullOrWhiteSpace(Ticket))
        {
            ticket = TicketKey.TryParse(Ticket, out var key)
                ? await queries.FindByKeyAsync(viewer, key, cancellation)
                : null;
            if (ticket is null)
            {
                Notice = texts["refusal.ticket-unknown"];
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page();
            }
        }

        var script = Document();
        if (await actors.AgainstAsync(viewer, script.Actor, cancellation) is { } against)
        {
            Problems = [DocumentProblem.At("/actor", against.Code, [.. against.Arguments])];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        try
        {
            var occasion = new ScriptOccasion("console")
            {
                Ticket = ticket?.State.Id,
                IsTrial = true,
                TriedBy = viewer.Person.Id,
            };
            Outcome = await scripts.RunAsync(script, 0, occasion, cancellation);
        }
        catch (Exception problem) when (problem is ScriptWorkerLostException or ScriptsBusyException)
        {
            Notice = texts["scripts.busy"];
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return Page();
    }

    /// <summary>The word for how a run ended.</summary>
    public string EndOf(ScriptOutcome outcome) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.Result.End.ToString());

    private void Fill(ScriptDocument script)
    {
        Version = configuration.Snapshot.VersionOf<ScriptDocument>(script.Id);
        Source = script.Source;
        English = script.Name.Texts.Find("en");
        Korean = script.Name.Texts.Find("ko");
        Use = script.Use;
        Events = string.Join(", ", script.Events);
        Every = script.Every is { } every
            ? PeriodPattern.NormalizingIso.Format(NodaTime.Period.FromTicks(every.BclCompatibleTicks).Normalize())
            : null;
        Cron = script.Cron;
        Zone = script.Zone;
        Actor = script.Actor;
        Hosts = string.Join(", ", script.Hosts);
        Enabled = script.Enabled;
    }

    private ScriptDocument Document()
    {
        var every = PeriodPattern.NormalizingIso.Parse((Every ?? "").Trim());
        var name = ValueMap<string>.Empty;
        foreach (var (language, given) in new[] { ("en", English), ("ko", Korean) })
        {
            name = string.IsNullOrWhiteSpace(given) ? name : name.SetItem(language, given.Trim());
        }

        return new ScriptDocument
        {
            Id = (Id ?? "").Trim(),
            Name = new LocalizedText(name),
            Use = Use,
            Events = Split(Events),
            Every = every is { Success: true, Value: { Years: 0, Months: 0 } period } ? period.ToDuration() : null,
            Cron = Given(Cron),
            Zone = Given(Zone),
            Actor = Given(Actor),
            Hosts = Split(Hosts),
            Enabled = Enabled,
            Source = (Source ?? "").ReplaceLineEndings("\n"),
        };
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ValueList<string> Split(string? list) =>
        (list ?? "")
            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToValueList();
}
