using System.Text;

namespace ServiceDesk.Core.Configuration;

/// <summary>Paths into a JSON tree, RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>A key as it stands in a pointer.</summary>
    public static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A path of the schema validator (<c>#/metrics[0].goals[1].target</c>) as a pointer (<c>/metrics/0/goals/1/target</c>).</summary>
    public static string FromSchemaPath(string? path)
    {
        var pointer = new StringBuilder();
        foreach (
            var part in (path ?? "").TrimStart('#', '/').Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            pointer.Append('/').Append(Escape(part));
        }

        return pointer.ToString();
    }
}
