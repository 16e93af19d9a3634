using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>
/// Posts what rules called, at least once: the ticket as it was then, to the address that the rule has now, signed with its
/// secret. An answer other than 2xx, a redirect and silence are failures, which the pump tries again and then parks for an
/// administrator. A rule that was switched off or changed so that it has no webhook there any more posts nothing.
/// </summary>
public sealed class WebhookReaction(
    ICurrentConfiguration current,
    PastConfigurations past,
    TicketsAsTheyWere tickets,
    RuleFactsSource facts,
    WebhookSecrets secrets,
    GuardedHttp http,
    IClock clock,
    TimeProvider time
) : IReaction
{
    /// <summary>The name of its cursor.</summary>
    public const string Name = "host.webhooks";

    /// <summary>Header with the seconds since 1970 at which it was signed.</summary>
    public const string TimeHeader = "X-ServiceDesk-Timestamp";

    /// <summary>Header with <c>sha256=</c> and the HMAC, in hexadecimal digits, of the timestamp, a dot and the body.</summary>
    public const string SignatureHeader = "X-ServiceDesk-Signature";

    /// <summary>Header with what is the same for every attempt of one call.</summary>
    public const string DeliveryHeader = "X-ServiceDesk-Delivery";

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        if (
            @event.Event is not WebhookCalled called
            || Action(called) is not { Url: { } url } action
            || await tickets.AfterAsync(@event, cancellation) is not { } ticket
        )
        {
            return;
        }

        if (await secrets.OfAsync(action, cancellation) is not { } secret)
        {
            throw new WebhookFailedException($"The secret of the rule {called.Rule} is not kept here.");
        }

        var configuration = await past.AtAsync(@event.ConfigurationRevision, cancellation);
        var known = await facts.FindAsync([action], ticket.State, cancellation);
        var body = WebhookBody.Write(called.Rule, action, @event, new RuleScene(ticket, configuration, known));
        using var request = Request(new Uri(url), body, secret, @event.Position);
        await SendAsync(request, cancellation);
    }

    /// <summary>The signature of a body.</summary>
    public static string Sign(string secret, long seconds, string body) =>
        "sha256="
        + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"))
        );

    private RuleAction? Action(WebhookCalled called)
    {
        if (!current.Snapshot.TryGet<RuleDocument>(called.Rule, out var rule) || !rule.Enabled)
        {
            return null;
        }

        var branch = called.Branch == "else" ? rule.Else : rule.Then;
        return called.Place < branch.Count && branch[called.Place] is { Do: ActionWords.Webhook } action
            ? action
            : null;
    }

    private HttpRequestMessage Request(Uri address, string body, string secret, long delivery)
    {
        var seconds = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ServiceDesk-Webhook", null));
        request.Headers.Add(TimeHeader, $"{seconds}");
        request.Headers.Add(SignatureHeader, Sign(secret, seconds, body));
        request.Headers.Add(DeliveryHeader, $"{delivery}");
        return request;
    }

    private async Task SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var host = request.RequestUri!.Host;
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var answer = await http.SendAsync(
                request,
                AllowedHosts.Networks(request.RequestUri, current.Snapshot),
                both.Token
            );
            if (!answer.IsSuccessStatusCode)
            {
                throw new WebhookFailedException($"{host} answered {(int)answer.StatusCode}.");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WebhookFailedException($"{host} did not answer within {Limit.TotalSeconds:0} seconds.");
        }
    }
}

/// <summary>A webhook did not take what was posted; tried again.</summary>
public sealed class WebhookFailedException(string message) : Exception(message);
