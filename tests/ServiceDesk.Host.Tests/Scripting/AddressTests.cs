using System.Net;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Requests of scripts reach nothing that is near: whatever the address is written like, no connection is made.</summary>
public sealed class AddressTests
{
    /// <summary>Spellings of addresses that are forbidden. In each case the host stands on the list of the script.</summary>
    public static TheoryData<string> Forbidden =>
        [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://127.0.1/",
            "http://127.255.255.254/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://017700000001/",
            "http://127.0.0.1./",
            "http://%31%32%37.0.0.1/",
            "http://１２７.0.0.1/",
            "http://0/",
            "http://0.0.0.0/",
            "http://10.1.2.3/",
            "http://0x0a010203/",
            "http://172.16.0.1/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://3232235777/",
            "http://169.254.169.254/latest/meta-data/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
            "http://0251.0376.0251.0376/",
            "http://168.63.129.16/",
            "http://100.64.0.1/",
            "http://192.0.0.192/",
            "http://198.18.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::1]/",
            "http://[0:0:0:0:0:0:0:1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::ffff:a9fe:a9fe]/",
            "http://[::127.0.0.1]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fc00::1]/",
            "http://[ff02::1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b::169.254.169.254]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:7f00:1::]/",
            "http://[2002:a9fe:a9fe::1]/",
            "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
            "http://[2001:db8::1]/",
            "http://[100::1]/",
            "http://localhost/",
            "http://LOCALHOST/",
            "http://private.test/",
            "http://mapped.test/",
            "http://mixed.test/",
            "http://metadata.test/",
            "https://private.test/",
        ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task No_connection_is_made(string url)
    {
        var network = new CountedNetwork();
        using var http = new GuardedHttp(network);
        // Everything that could stand on the list does: only the address decides.
        var address = Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? AllowedHosts.Read(url, [parsed.IdnHost])
            : null;

        if (address is not null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            await Assert.ThrowsAnyAsync<Exception>(() => http.SendAsync(request, [], CancellationToken.None));
        }

        Assert.Equal(0, network.Connections);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.0.0/16", false)]
    [InlineData("10.2.2.3", "10.1.0.0/16", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.0.0/16", false)]
    [InlineData("127.0.0.1", "127.0.0.0/8", false)]
    [InlineData("::1", "::1/128", false)]
    [InlineData("fd12:3456::1", "fd12:3456::/32", false)]
    [InlineData("192.168.1.1", "10.0.0.0/8", true)]
    // What clouds answer at, and what is no single host, is opened by nobody.
    [InlineData("169.254.169.254", "169.254.0.0/16", true)]
    [InlineData("169.254.169.254", "0.0.0.0/0", true)]
    [InlineData("100.100.100.200", "100.64.0.0/10", true)]
    [InlineData("168.63.129.16", "168.63.129.16/32", true)]
    [InlineData("fd00:ec2::254", "fd00::/8", true)]
    [InlineData("0.0.0.0", "0.0.0.0/0", true)]
    [InlineData("224.0.0.1", "224.0.0.0/3", true)]
    [InlineData("64:ff9b::a01:203", "10.0.0.0/8", true)]
    [InlineData("93.184.215.14", "10.0.0.0/8", false)]
    public void Private_networks_are_opened_and_nothing_else(string address, string network, bool isForbidden) =>
        Assert.Equal(isForbidden, ForbiddenAddresses.Contain(IPAddress.Parse(address), [IPNetwork.Parse(network)]));

    [Fact]
    public async Task A_host_that_was_opened_is_reached_only_where_it_was_said_to_lie()
    {
        var network = new CountedNetwork();
        using var http = new GuardedHttp(network);
        // Another address among them, and one that changes to a place that was not opened.
        foreach (var url in new[] { "http://mixed.test/", "http://metadata.test/", "http://private.test/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            await Assert.ThrowsAsync<AddressForbiddenException>(() =>
                http.SendAsync(request, [IPNetwork.Parse("10.9.0.0/16")], CancellationToken.None)
            );
        }

        using var opened = new HttpRequestMessage(HttpMethod.Get, "http://private.test/");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.SendAsync(opened, [IPNetwork.Parse("192.168.0.0/24")], CancellationToken.None)
        );

        Assert.Equal([IPAddress.Parse("192.168.0.10")], network.Reached);
    }

    [Theory]
    [InlineData("http://intra.example.com/", "10.0.0.0/8")]
    [InlineData("https://INTRA.example.com/x", "10.0.0.0/8")]
    [InlineData("http://intra.example.com:8080/", "")]
    [InlineData("http://other.example.com:8080/", "192.168.0.0/16 fd00::/8")]
    [InlineData("http://other.example.com/", "")]
    [InlineData("http://public.example.com/", "")]
    public void What_is_opened_is_said_by_host_and_port(string url, string networks)
    {
        var configuration = Core.Configuration.ConfigurationSnapshot.Of(
            1,
            Host("a", "intra.example.com", "10.0.0.0/8"),
            Host("b", "other.example.com:8080", "192.168.0.0/16", "fd00::/8", "8.8.8.0/24"),
            Host("c", "public.example.com")
        );

        Assert.Equal(networks, string.Join(' ', AllowedHosts.Networks(new Uri(url), configuration)));

        static AllowedHostDocument Host(string id, string host, params string[] networks) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Host = host,
                Networks = networks.ToValueList(),
            };
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_connected_to_where_it_was_looked_at()
    {
        var network = new CountedNetwork();
        using var http = new GuardedHttp(network);
        using var first = new HttpRequestMessage(HttpMethod.Get, "http://rebinding.test/");
        using var second = new HttpRequestMessage(HttpMethod.Get, "http://rebinding.test/");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(first, [], CancellationToken.None));
        await Assert.ThrowsAsync<AddressForbiddenException>(() => http.SendAsync(second, [], CancellationToken.None));

        Assert.Equal([IPAddress.Parse("93.184.215.14")], network.Reached);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        var network = new CountedNetwork
        {
            Answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
        };
        using var http = new GuardedHttp(network);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://public.test/");

        using var answer = await http.SendAsync(request, [], CancellationToken.None);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(1, network.Connections);
    }

    [Theory]
    [InlineData("http://api.example.com/", true)]
    [InlineData("https://API.example.com/a?b", true)]
    [InlineData("https://api.example.com:8443/", false)]
    [InlineData("https://other.example.com:8443/", true)]
    [InlineData("https://other.example.com/", false)]
    [InlineData("https://api.example.com.evil.test/", false)]
    [InlineData("https://evil.test/api.example.com", false)]
    [InlineData("https://api.example.com@evil.test/", false)]
    [InlineData("https://user:password@api.example.com/", false)]
    [InlineData("ftp://api.example.com/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://api.example.com/", false)]
    [InlineData("//api.example.com/", false)]
    [InlineData("api.example.com", false)]
    [InlineData("http://", false)]
    [InlineData("https://sub.api.example.com/", false)]
    public void Only_the_hosts_of_the_document_may_be_asked(string url, bool isAllowed) =>
        Assert.Equal(isAllowed, AllowedHosts.Read(url, ["api.example.com", "other.example.com:8443"]) is not null);

    private sealed class CountedNetwork : INetwork
    {
        private int asked;

        public string? Answer { get; init; }

        public List<IPAddress> Reached { get; } = [];

        public int Connections => Reached.Count;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>(
                host.ToLowerInvariant() switch
                {
                    "public.test" => [IPAddress.Parse("93.184.215.14")],
                    "mapped.test" => [IPAddress.Parse("::ffff:10.0.0.1")],
                    "mixed.test" => [IPAddress.Parse("93.184.215.14"), IPAddress.Parse("10.0.0.1")],
                    "metadata.test" => [IPAddress.Parse("169.254.169.254")],
                    "private.test" => [IPAddress.Parse("192.168.0.10")],
                    "rebinding.test" => [IPAddress.Parse(++asked == 1 ? "93.184.215.14" : "127.0.0.1")],
                    _ => [IPAddress.Loopback, IPAddress.IPv6Loopback],
                }
            );

        public Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
        {
            Reached.Add(address.Address);
            return Answer is { } text
                ? Task.FromResult<Stream>(new AnsweringNetwork.Conversation(text))
                : throw new HttpRequestException("Nobody is there.");
        }
    }
}
