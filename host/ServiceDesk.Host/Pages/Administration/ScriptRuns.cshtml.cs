using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Past runs of scripts: how each ended, what it cost and said.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ScriptRunsModel(IScriptStore store) : PageModel
{
    private const int Shown = 50;

    /// <summary>Of one script; null for all.</summary>
    [BindProperty(SupportsGet = true, Name = "script")]
    public string? Script { get; set; }

    /// <summary>Only those before this id.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public IReadOnlyList<ScriptRunRecord> Runs { get; private set; } = [];

    /// <summary>The id before which the next page begins; null on the last.</summary>
    public long? Next => Runs.Count == Shown ? Runs[^1].Id : null;

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Runs = await store.RunsAsync(Script, Shown, Before, cancellation);

    /// <summary>The log of a run.</summary>
    public IReadOnlyList<ScriptLogLine> Lines(ScriptRunRecord run) => ScriptRunLog.Lines(run);
}
