using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Reactions;
using static ServiceDesk.Host.Tests.Rules.RuleBench;

namespace ServiceDesk.Host.Tests.Rules;

public sealed class WebhookTests
{
    private const string Secret = "a secret of some length";

    private static readonly RuleAction Hook = new()
    {
        Do = "webhook",
        Url = "http://hooks.example.test/take?x=1",
        Secret = Secret,
        Text = LocalizedText.Of("{{ticket.key}} burns"),
    };

    [Theory]
    [OnBothDatabases]
    public async Task It_is_posted_once_and_signed(DatabaseProvider provider)
    {
        var network = new AnsweringNetwork("HTTP/1.1 204 No Content\r\n\r\n");
        await using var host = await HostAsync(provider, Through(network), Rule("hook", "opened", Hook));
        var ticket = (await host.OpenAsync()).State;

        await ReactAsync(host);
        await SendOutAsync(host);
        await SendOutAsync(host);

        var request = Assert.Single(network.Requests);
        var (head, body) = Split(request);
        Assert.StartsWith("POST /take?x=1 HTTP/1.1\r\n", head, StringComparison.Ordinal);
        var seconds = long.Parse(
            Header(head, WebhookReaction.TimeHeader),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(host.Get<IClock>().GetCurrentInstant().ToUnixTimeSeconds(), seconds);
        Assert.Equal(WebhookReaction.Sign(Secret, seconds, body), Header(head, WebhookReaction.SignatureHeader));
        Assert.Equal($"{(await LastAsync(host, ticket.Id)).Position}", Header(head, WebhookReaction.DeliveryHeader));
        var told = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            ("hook", $"{ticket.Key} burns"),
            (told.GetProperty("rule").GetString(), told.GetProperty("text").GetString())
        );
        Assert.Equal(ticket.Key.ToString(), told.GetProperty("ticket").GetProperty("key").GetString());
        Assert.False(told.GetProperty("ticket").GetProperty("private").GetBoolean());
        Assert.Equal("Kim Ara", told.GetProperty("ticket").GetProperty("requester").GetProperty("name").GetString());
        Assert.DoesNotContain(Secret, request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_kept_signs_and_one_that_is_not_posts_nothing()
    {
        var network = new AnsweringNetwork("HTTP/1.1 204 No Content\r\n\r\n");
        var lost = Hook with { Secret = null, SecretName = "secret-elsewhere" };
        await using var host = await HostAsync(DatabaseProvider.Sqlite, Through(network), Rule("hook", "opened", lost));
        await host.OpenAsync();
        await ReactAsync(host);
        await SendOutAsync(host);
        Assert.Equal(0, network.Connections);
        Assert.Equal((0, 1), await host.Get<IDeadLetters>().CountAsync(default));

        var kept = await host.Get<WebhookSecrets>().TakeOutAsync(Rule("hook", "opened", Hook), false, default);
        Assert.Null(kept.Then[0].Secret);
        Write(host, kept);
        Pass(host, Duration.FromHours(1));
        await SendOutAsync(host);

        var (head, body) = Split(Assert.Single(network.Requests));
        var seconds = host.Get<IClock>().GetCurrentInstant().ToUnixTimeSeconds();
        Assert.Equal(WebhookReaction.Sign(Secret, seconds, body), Header(head, WebhookReaction.SignatureHeader));
        Assert.DoesNotContain(Secret, host.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_signature_is_that_of_anybody_with_the_secret() =>
        // printf '1772409600.{"a":1}' | openssl dgst -sha256 -hmac key
        Assert.Equal(
            "sha256=0a13ee800065d794e078023695aa0bf893a6cf8c1cca2e6f65042e8dc643cebe",
            WebhookReaction.Sign("key", 1772409600, "{\"a\":1}")
        );

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://hooks.example.test/other\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task What_is_not_taken_is_tried_again_and_then_parked(string answer)
    {
        var network = new AnsweringNetwork(answer);
        await using var host = await HostAsync(DatabaseProvider.Sqlite, Through(network), Rule("hook", "opened", Hook));
        await host.OpenAsync();
        await ReactAsync(host);

        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await SendOutAsync(host);
            Pass(host, Duration.FromHours(1));
        }

        Assert.Equal(6, network.Requests.Count);
        Assert.Single(network.Requests.Select(request => Header(request, WebhookReaction.DeliveryHeader)).Distinct());
        Assert.Equal((1, 0), await host.Get<IDeadLetters>().CountAsync(default));
    }

    [Fact]
    public async Task Nothing_near_is_reached_and_a_rule_that_was_switched_off_posts_nothing()
    {
        var network = new AnsweringNetwork("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var rule = Rule("near", "opened", Hook with { Url = "http://near.example.test/" });
        await using var host = await HostAsync(DatabaseProvider.Sqlite, Through(network), rule);
        await host.OpenAsync();
        await ReactAsync(host);
        await SendOutAsync(host);
        Assert.Equal(0, network.Connections);
        Assert.Equal((0, 1), await host.Get<IDeadLetters>().CountAsync(default));

        Write(host, rule with { Then = [Hook], Enabled = false });
        Pass(host, Duration.FromHours(1));
        await SendOutAsync(host);
        Assert.Equal(0, network.Connections);
        Assert.Equal((0, 0), await host.Get<IDeadLetters>().CountAsync(default));
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(null, false)]
    public async Task A_host_nearby_is_reached_where_an_allowed_host_opens_its_network(string? network, bool isReached)
    {
        using var near = new Loopback();
        var rule = Rule("near", "opened", Hook with { Url = $"http://127.0.0.1:{near.Port}/take" });
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, rule);
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot = ((ConfigurationSnapshot)configuration.Snapshot).With(
            new AllowedHostDocument
            {
                Id = "near",
                Name = LocalizedText.Of("Near"),
                Host = $"127.0.0.1:{near.Port}",
                Networks = network is null ? [] : [network],
            }
        );
        await host.OpenAsync();
        await ReactAsync(host);

        await SendOutAsync(host);

        Assert.Equal(isReached ? 1 : 0, near.Requests.Count);
        Assert.Equal((0, isReached ? 0 : 1), await host.Get<IDeadLetters>().CountAsync(default));
        Assert.All(near.Requests, asked => Assert.StartsWith("POST /take HTTP/1.1", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_but_the_rule_calls_its_webhook()
    {
        await using var host = await HostAsync(DatabaseProvider.Sqlite, null, Rule("hook", "manual", Hook));
        var ticket = (await host.OpenAsync()).State.Id;

        var answer = await SendAsync(host, ticket, new CallWebhook("hook", "then", 0));

        Assert.Equal(RefusalKind.Forbidden, Assert.Single(answer.Refusals).Kind);
    }

    private static Action<IServiceCollection> Through(AnsweringNetwork network) =>
        services => services.AddSingleton<INetwork>(network);

    private static async Task SendOutAsync(HostUnderTest host)
    {
        var reader = host.Get<ReactionReaderFactory>()
            .Create(new PumpedReaction(WebhookReaction.Name, typeof(WebhookReaction)));
        await reader.WorkAsync(CancellationToken.None);
        await reader.QuietAsync();
    }

    private static (string Head, string Body) Split(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (request[..(end + 2)], request[(end + 4)..]);
    }

    private static string Header(string head, string name) =>
        head.Split("\r\n")
            .Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..]
            .Trim();

    /// <summary>A real server on this machine.</summary>
    private sealed class Loopback : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly ConcurrentQueue<string> requests = new();
        private readonly Task serving;

        public Loopback()
        {
            listener.Start();
            serving = ServeAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public IReadOnlyCollection<string> Requests => requests;

        public void Dispose()
        {
            listener.Dispose();
            _ = serving.ContinueWith(ended => _ = ended.Exception, TaskScheduler.Default);
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8, leaveOpen: true);
                requests.Enqueue(await reader.ReadLineAsync() ?? "");
                await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
    }
}
