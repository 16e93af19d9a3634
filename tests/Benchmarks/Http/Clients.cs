using System.Net;

namespace ServiceDesk.Benchmarks.Http;

/// <summary>Clients that keep their connections.</summary>
internal static class Clients
{
    public static HttpClient Of(string address) =>
        new(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(60),
        };
}
