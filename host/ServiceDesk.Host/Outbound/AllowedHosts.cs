using System.Globalization;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Scripting.Http;

/// <summary>The hosts that a script may ask, as its document names them and the configuration allows them: <c>api.example.com</c> (ports 80 and 443) or <c>api.example.com:8443</c>.</summary>
public static class AllowedHosts
{
    /// <summary>Those of a script's hosts that the configuration allows to scripts at all.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> hosts, IConfiguration configuration)
    {
        var allowed = configuration
            .All<AllowedHostDocument>()
            .Select(document => document.Host)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. hosts.Where(allowed.Contains)];
    }

    /// <summary>The address, where it is http or https, carries no password, and goes to a named host; otherwise null.</summary>
    public static Uri? Read(string url, IReadOnlyCollection<string> hosts)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0
            || address.IdnHost.Length == 0
        )
        {
            return null;
        }

        var name = address.IdnHost;
        var withPort = string.Create(CultureInfo.InvariantCulture, $"{name}:{address.Port}");
        return hosts.Any(host =>
            host.Equals(withPort, StringComparison.OrdinalIgnoreCase)
            || (address.IsDefaultPort && host.Equals(name, StringComparison.OrdinalIgnoreCase))
        )
            ? address
            : null;
    }
}
