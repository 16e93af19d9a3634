using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Upkeep;

/// <summary>
/// Writes the rows of tickets anew when the query fields of plugins are others than at the last time, so that tickets which
/// nobody touched since are found by them too. Kept until it ended, so that one that was stopped begins again.
/// </summary>
public sealed class RebuildRows(ProjectionRebuild rebuild, TicketExtensions extensions, ISettingStore settings)
    : IUpkeepTask
{
    private const string Owner = "host";
    private const string Setting = "rows-of-query-fields";

    public string Name => "rows of tickets";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = JsonSerializer.Serialize(Fingerprint());
        if ((await settings.FindAsync(Owner, Setting, cancellation))?.Json == now)
        {
            return 0;
        }

        var changed = await rebuild.RunAsync(cancellation);
        await settings.SaveAsync(Owner, Setting, now, author: null, cancellation);
        return changed;
    }

    // Raised when the product itself finds tickets by more than before, so that those that stand are found by it too.
    private const string Own = "3: merged, origin, the approval of the status";

    // The module stands for the code that computes the values: it has another identity after each change.
    private string Fingerprint()
    {
        var fields = extensions.QueryFields.Select(field =>
            $"{field.Name} {field.Kind} {field.Read.Method.Module.ModuleVersionId}"
        );
        var functions = extensions.QueryFunctions.Select(function =>
            $"{function.Name}() {function.Read.Method.Module.ModuleVersionId}"
        );
        var text = string.Join('\n', fields.Concat(functions).Order(StringComparer.Ordinal).Prepend(Own));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
