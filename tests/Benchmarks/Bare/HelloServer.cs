using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDesk.Benchmarks.Bare;

/// <summary>The least that a web server can do: says hello, and nothing around it.</summary>
internal static class HelloServer
{
    public static async Task RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        app.Urls.Add(address);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Now listening on: {address}");
        await app.WaitForShutdownAsync();
    }
}
