using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Repeats;

namespace ServiceDesk.Host.Api.Repeats;

/// <summary>Requests that may come again under their <c>Idempotency-Key</c>: see <see cref="RequestRepeats"/>.</summary>
public static class RepeatsStage
{
    private const int LongestKey = 200;

    /// <summary>Answers repeats; behind what refuses a request for its person.</summary>
    public static WebApplication UseRepeats(this WebApplication app)
    {
        var requests = app.Services.GetRequiredService<IRepeatedRequests>();
        var problems = app.Services.GetRequiredService<ApiProblems>();
        var clock = app.Services.GetRequiredService<IClock>();
        app.Use(
            (context, next) =>
                IsMeant(context)
                    ? new RepeatableRequest(context, requests, problems, clock).RunAsync(next)
                    : next(context)
        );
        return app;
    }

    // Keys are the person's own: a request of nobody has been refused or is none of the API's.
    private static bool IsMeant(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
        && context.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
        && context.Request.Headers.ContainsKey(RequestRepeats.Header)
        && context.GetEndpoint() is not null
        && context.CurrentViewer() is not null;

    internal static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey && key.All(character => character is >= '!' and <= '~');

    internal static IResult WrongKey(ApiProblems problems) =>
        problems.OfParameter(StatusCodes.Status400BadRequest, RequestRepeats.Header, "api.key-wrong", $"{LongestKey}");
}

/// <summary>One POST with a key.</summary>
internal sealed class RepeatableRequest(
    HttpContext context,
    IRepeatedRequests requests,
    ApiProblems problems,
    IClock clock
)
{
    private readonly PersonId person = context.CurrentViewer()!.Person.Id;

    /// <summary>Answers as the first time, or lets the route answer and keeps that.</summary>
    public async Task RunAsync(RequestDelegate next)
    {
        if (context.Request.Headers[RequestRepeats.Header] is not [{ } key] || !RepeatsStage.IsKey(key))
        {
            await RepeatsStage.WrongKey(problems).ExecuteAsync(context);
            return;
        }

        if (context.GetEndpoint()!.Metadata.GetMetadata<RequestRepeats.OwnAnswer>() is not null)
        {
            await next(context);
            return;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var asked = await FingerprintAsync();
        switch (await requests.BeginAsync(person, hash, asked, clock.GetCurrentInstant(), context.RequestAborted))
        {
            case null:
                await FirstAsync(hash, next);
                break;
            case var first when first.Fingerprint != asked:
                await Say(problems.Of([Refusal.Invalid(RefusalCodes.KeyUsed, RequestRepeats.Header)]));
                break;
            case { Answer: { } answer }:
                await AgainAsync(answer);
                break;
            default:
                await Say(problems.Of(StatusCodes.Status409Conflict, "api.key-unfinished"));
                break;
        }
    }

    private Task Say(IResult result) => result.ExecuteAsync(context);

    private async Task FirstAsync(string key, RequestDelegate next)
    {
        var outward = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        catch (BadHttpRequestException)
        {
            await requests.CancelAsync(person, key, CancellationToken.None);
            throw;
        }
        finally
        {
            // Of what failed otherwise, such as when the client went away, nobody knows how far it came: it stays unfinished.
            context.Response.Body = outward;
        }

        await (
            context.Response.StatusCode is >= 200 and < 300
                ? requests.EndAsync(person, key, Answer(kept), CancellationToken.None)
                : requests.CancelAsync(person, key, CancellationToken.None)
        );
        kept.Position = 0;
        await kept.CopyToAsync(outward, context.RequestAborted);
    }

    private KeptAnswer Answer(MemoryStream kept) =>
        new(
            context.Response.StatusCode,
            context.Response.ContentType,
            context.Response.Headers.Location,
            context.Response.Headers.ETag,
            Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length)
        );

    private async Task AgainAsync(KeptAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (answer.Tag is { } tag)
        {
            context.Response.Headers.ETag = tag;
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }

    // Of the address and the body, which the route reads once more from its beginning.
    private async Task<string> FingerprintAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Path}{context.Request.QueryString}\n"));
        context.Request.EnableBuffering();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
