using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Outbound;
using ServiceDesk.Host.Scripting.Http;
using ServiceDesk.Host.Scripting.Runs;
using ServiceDesk.Host.Scripting.Workers;
using ServiceDesk.Host.Scripting.Workers.Protocol;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Scripting;

/// <summary>Scripts ask other systems, and hear what these say.</summary>
public sealed class ScriptHttpTests
{
    private const string Created = "HTTP/1.1 201 Created\r\nX-Made: yes\r\nContent-Length: 10\r\n\r\n{\"id\": 17}";

    [Fact]
    public async Task What_is_asked_goes_out_and_the_answer_comes_back()
    {
        var network = new AnsweringNetwork(Created);
        await using var host = await HostAsync(network);

        var outcome = await RunAsync(
            host,
            """
            const answer = http.request('POST', 'http://api.example.com/things?a=1', {
              headers: { 'X-Token': 'abc' },
              body: { name: 'Printer' },
            });
            return [answer.status, answer.headers['x-made'], JSON.parse(answer.body).id];
            """
        );

        Assert.Equal((ScriptEnd.Done, null), (outcome.Result.End, outcome.Result.Error));
        Assert.Equal("[201,\"yes\",17]", outcome.Result.Value?.GetRawText());
        var asked = Assert.Single(network.Requests);
        Assert.StartsWith("POST /things?a=1 HTTP/1.1", asked, StringComparison.Ordinal);
        Assert.Contains("X-Token: abc", asked, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", asked, StringComparison.Ordinal);
        Assert.EndsWith("{\"name\":\"Printer\"}", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "http.request('GET', 'http://api.example.com/', { headers: { Host: 'evil.test' } });",
        "The header Host"
    )]
    [InlineData("http.request('GET', 'http://near.example.com/');", "near.example.com leads to an address")]
    [InlineData("http.request('GET', 'http://other.example.com/');", "The script may not ask this address")]
    public async Task What_it_may_not_ask_does_not_leave(string source, string sentence)
    {
        var network = new AnsweringNetwork(Created);
        await using var host = await HostAsync(network);

        var outcome = await RunAsync(host, source);

        Assert.StartsWith(sentence, outcome.Result.Error, StringComparison.Ordinal);
        Assert.Empty(network.Requests);
    }

    [Fact]
    public async Task An_answer_without_end_is_refused()
    {
        var body = new string('x', HttpModule.LargestAnswer + 1);
        var network = new AnsweringNetwork($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using var host = await HostAsync(network);

        var outcome = await RunAsync(host, "http.request('GET', 'http://api.example.com/');");

        Assert.StartsWith("The answer is larger than", outcome.Result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_sends_nothing()
    {
        var network = new AnsweringNetwork(Created);
        await using var host = await HostAsync(network);

        var outcome = await RunAsync(host, "http.request('GET', 'http://api.example.com/');", isTrial: true);

        Assert.StartsWith("Requests are not sent in a trial.", outcome.Result.Error, StringComparison.Ordinal);
        Assert.Empty(network.Requests);
    }

    private static async Task<ScriptHost> HostAsync(AnsweringNetwork network)
    {
        var host = await ScriptHost.CreateAsync(services => services.AddSingleton<INetwork>(network));
        host.Add(Allowed("api"), Allowed("near"));
        return host;
    }

    private static AllowedHostDocument Allowed(string name) =>
        new()
        {
            Id = name,
            Name = LocalizedText.Of(name),
            Host = $"{name}.example.com",
        };

    private static Task<ScriptOutcome> RunAsync(ScriptHost host, string source, bool isTrial = false) =>
        host.Scripts.RunAsync(
            ScriptHost.Script("asks", source) with
            {
                Hosts = ["api.example.com", "near.example.com"],
            },
            1,
            new ScriptOccasion("test") { IsTrial = isTrial }
        );
}
