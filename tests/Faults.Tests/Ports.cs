using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ServiceDesk.Faults.Tests;

/// <summary>Addresses for servers that are started again at the same place.</summary>
internal static class Ports
{
    // Below those that the system hands to clients: one of these could be taken between a kill and the next start.
    private const int Lowest = 10_000;
    private const int Highest = 32_000;

    /// <summary>A port that nobody listens at.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there; the next may be free.
            }
        }
    }
}
