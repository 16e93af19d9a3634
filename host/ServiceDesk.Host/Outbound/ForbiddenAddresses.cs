using System.Net;
using System.Net.Sockets;

namespace ServiceDesk.Host.Outbound;

/// <summary>Addresses that nothing in the product reaches on somebody's word, whatever name leads there: the machine itself, its network, its cloud, and what is no single host.</summary>
public static class ForbiddenAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),
        // Azure's own services answer at a public address.
        IPNetwork.Parse("168.63.129.16/32"),
    ];

    // Of IPv6 only what is global unicast may be reached at all, and of that not these.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotGlobal =
    [
        // Teredo, documentation, ORCHID and the rest of the protocols' own block.
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    // What an administrator may open for a host: networks of a company, and the machine itself. Never what clouds answer at.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork[] NeverOpened =
    [
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("fd00:ec2::/32"),
    ];

    /// <summary>Whether a text is a private network, which can be opened for a host.</summary>
    public static bool IsPrivate(string network) =>
        IPNetwork.TryParse(network, out var parsed)
        && Private.Any(known =>
            parsed.PrefixLength >= known.PrefixLength
            && parsed.BaseAddress.AddressFamily == known.BaseAddress.AddressFamily
            && known.Contains(parsed.BaseAddress)
        );

    /// <summary>Whether an address is one of them and in none of the private networks that were opened.</summary>
    public static bool Contain(IPAddress address, IReadOnlyList<IPNetwork> opened)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var isOpened =
            plain.ScopeIdOrNone() == 0
            && Private.Any(network => network.Contains(plain))
            && !NeverOpened.Any(network => network.Contains(plain))
            && opened.Any(network => network.Contains(plain));
        return !isOpened && Contain(address);
    }

    private static long ScopeIdOrNone(this IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    /// <summary>Whether an address is one of them, in whichever way it is written into IPv6.</summary>
    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contain(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Networks.Any(network => network.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return true;
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
        {
            return Contain(new IPAddress(bytes.AsSpan(12, 4)));
        }

        if (SixToFour.Contains(address))
        {
            return Contain(new IPAddress(bytes.AsSpan(2, 4)));
        }

        return address.ScopeId != 0 || !Global.Contains(address) || NotGlobal.Any(network => network.Contains(address));
    }
}
