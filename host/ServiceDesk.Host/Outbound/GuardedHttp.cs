using System.Net;

namespace ServiceDesk.Host.Outbound;

/// <summary>
/// Requests to addresses that a person named, in a script or a rule. The addresses of a name are looked at when the connection is made, and the connection goes to the very
/// address that was looked at, so that a name cannot change its mind in between. Follows no redirect, knows no proxy, no
/// cookie and no credentials.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    // A connection that was begun for one request may serve the next to the same host and port, for which the same is opened.
    private static readonly HttpRequestOptionsKey<IReadOnlyList<IPNetwork>> Opened = new("opened networks");
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(3);

    private readonly INetwork network;
    private readonly HttpMessageInvoker invoker;

    public GuardedHttp(INetwork network)
    {
        this.network = network;
        invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = Connecting,
                MaxResponseHeadersLength = 32,
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = ConnectAsync,
            }
        );
    }

    /// <summary>Sends a request.</summary>
    /// <param name="opened">Private networks in which the host may lie, as <see cref="AllowedHosts.Networks"/> finds them for its address.</param>
    /// <exception cref="AddressForbiddenException">Its host leads where they may not go.</exception>
    /// <exception cref="HttpRequestException">It came to nothing.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        IReadOnlyList<IPNetwork> opened,
        CancellationToken cancellation
    )
    {
        request.Options.Set(Opened, opened);
        try
        {
            return await invoker.SendAsync(request, cancellation);
        }
        catch (HttpRequestException problem) when (problem.InnerException is AddressForbiddenException)
        {
            throw new AddressForbiddenException(request.RequestUri!.Host);
        }
    }

    public void Dispose() => invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await network.ResolveAsync(host, cancellation);
        var opened = context.InitialRequestMessage.Options.TryGetValue(Opened, out var networks) ? networks : [];
        // One bad address among good ones is a name that means ill.
        if (addresses.Count == 0 || addresses.Any(address => ForbiddenAddresses.Contain(address, opened)))
        {
            throw new AddressForbiddenException(context.DnsEndPoint.Host);
        }

        return await network.ConnectAsync(new IPEndPoint(addresses[0], context.DnsEndPoint.Port), cancellation);
    }
}

/// <summary>A host leads to an address that may not be reached.</summary>
public sealed class AddressForbiddenException(string host) : Exception($"{host} may not be reached.");
