using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Scripts;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The scripts, each with how its last run ended.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ScriptsModel(ICurrentConfiguration configuration, IScriptStore store) : PageModel
{
    public IReadOnlyList<(ScriptDocument Script, ScriptRunRecord? LastRun)> Scripts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var found = new List<(ScriptDocument, ScriptRunRecord?)>();
        foreach (var script in configuration.Snapshot.All<ScriptDocument>())
        {
            var runs = await store.RunsAsync(script.Id, 1, null, cancellation);
            found.Add((script, runs.Count > 0 ? runs[0] : null));
        }

        Scripts = found;
    }
}
