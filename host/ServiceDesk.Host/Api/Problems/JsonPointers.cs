namespace ServiceDesk.Host.Api.Problems;

/// <summary>Places in a body, RFC 6901.</summary>
internal static class JsonPointers
{
    public static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
