using System.Net;
using System.Net.Sockets;

namespace ServiceDesk.Host.Outbound;

/// <summary>The network as guarded requests use it.</summary>
public interface INetwork
{
    /// <summary>The addresses of a name.</summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);

    /// <summary>Connects to an address.</summary>
    Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation);
}

/// <summary>The real one.</summary>
public sealed class Network : INetwork
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        await Dns.GetHostAddressesAsync(host, cancellation);

    public async Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
