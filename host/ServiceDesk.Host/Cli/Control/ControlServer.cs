using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ServiceDesk.Host.Startup.Logging;

namespace ServiceDesk.Host.Cli.Control;

/// <summary>
/// Takes commands of the command line while the server owns the data folder. A listener of its own on loopback, apart
/// from the product's addresses, routes and middleware; whoever can read the control file may use it.
/// </summary>
public sealed class ControlServer(
    HostOptions options,
    CommandRunner runner,
    SecretMask mask,
    ILogger<ControlServer> logger
) : IHostedService, IAsyncDisposable
{
    private readonly string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private WebApplication? listener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        mask.Add(secret);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        listener = builder.Build();
        listener.Run(AnswerAsync);
        await listener.StartAsync(cancellationToken);
        var address = listener.ServerFeatures().Addresses.Single();
        await new ControlFile(address, secret).SaveAsync(options.DataFolder, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (listener is not null)
        {
            ControlFile.Delete(options.DataFolder);
            await listener.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsOwner(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var request = await ControlRequest.ReadAsync(context.Request.Body, context.RequestAborted);
        if (request is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        var output = new FramedOutput(context.Response.Body, context.RequestAborted);
        logger.CommandBegan(request.Name);
        var exit = await runner.RunAsync(request, context.Request.Body, output, context.RequestAborted);
        logger.CommandEnded(request.Name, exit);
        await output.ExitAsync(exit);
    }

    private bool IsOwner(HttpContext context) =>
        context.Request.Path == "/control/run"
        && HttpMethods.IsPost(context.Request.Method)
        && context.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()),
            Encoding.UTF8.GetBytes($"Bearer {secret}")
        );
}

/// <summary>What the control server writes to the log: names of commands, never their arguments.</summary>
internal static partial class ControlLog
{
    public static IServerAddressesFeature ServerFeatures(this WebApplication app) =>
        ((IApplicationBuilder)app).ServerFeatures.Get<IServerAddressesFeature>()!;

    [LoggerMessage(1, LogLevel.Information, "The command line asks for: {Command}")]
    public static partial void CommandBegan(this ILogger logger, string command);

    [LoggerMessage(2, LogLevel.Information, "The command ended with {Exit}: {Command}")]
    public static partial void CommandEnded(this ILogger logger, string command, int exit);

    [LoggerMessage(3, LogLevel.Error, "The command failed: {Command}")]
    public static partial void CommandFailed(this ILogger logger, Exception problem, string command);
}
