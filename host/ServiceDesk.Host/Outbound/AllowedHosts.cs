using System.Globalization;
using System.Net;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Outbound;

/// <summary>Hosts as documents name and the configuration allows them: <c>api.example.com</c> (ports 80 and 443) or <c>api.example.com:8443</c>. A script asks no others; of private addresses, nothing reaches others.</summary>
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

        return hosts.Any(host => Means(host, address)) ? address : null;
    }

    /// <summary>The private networks in which the host of an address may lie; none where the configuration says nothing of it.</summary>
    public static IReadOnlyList<IPNetwork> Networks(Uri address, IConfiguration configuration) =>
        [
            .. configuration
                .All<AllowedHostDocument>()
                .Where(document => Means(document.Host, address))
                .SelectMany(document => document.Networks)
                .Where(text => ForbiddenAddresses.IsPrivate(text))
                .Select(IPNetwork.Parse),
        ];

    private static bool Means(string host, Uri address)
    {
        var name = address.IdnHost;
        var withPort = string.Create(CultureInfo.InvariantCulture, $"{name}:{address.Port}");
        return host.Equals(withPort, StringComparison.OrdinalIgnoreCase)
            || (address.IsDefaultPort && host.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
