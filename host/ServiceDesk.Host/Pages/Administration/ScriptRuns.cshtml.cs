using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Past runs of scripts: how each ended, what it cost and said.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ScriptRunsModel(IScriptStore store, IPeople people) : PageModel
{
    private const int Shown = 50;

    private readonly Dictionary<PersonId, string> names = [];

    /// <summary>Of one script; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "script")]
    public string? Script { get; set; }

    /// <summary>Only those before this id.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<ScriptRunRecord> Runs { get; private set; } = [];

    /// <summary>The id before which the next page begins; null on the last.</summary>
    public long? Next => Runs.Count == Shown ? Runs[^1].Id : null;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Runs = await store.RunsAsync(Script, Shown, Before, cancellation);
        foreach (var id in Runs.Select(run => run.TriedBy).OfType<PersonId>().Distinct())
        {
            names[id] = (await people.FindAsync(id, cancellation))?.Name ?? "";
        }
    }

    /// <summary>Who tried it in the console; null for a run that nobody began by hand.</summary>
    public string? TriedBy(ScriptRunRecord run) => run.TriedBy is { } person ? names.GetValueOrDefault(person) : null;

    /// <summary>The log of a run.</summary>
    public IReadOnlyList<ScriptLogLine> Lines(ScriptRunRecord run) => ScriptRunLog.Lines(run);
}
