using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServiceDesk.Faults.Tests;

/// <summary>
/// A client that opens tickets, comments and resolves, one request behind the other, and keeps its own books. What it does
/// not know the outcome of it asks again under the same key, or gives up, as clients do.
/// </summary>
public sealed class LoadClient(Installation installation, Ledger ledger, string name, SeededNumbers numbers)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(40);
    private readonly List<string> tickets = [];
    private int number;

    /// <summary>How often a request had to be asked again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Works until told to stop, and then to the end of what it is at.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var client = new Callers(installation);
        while (!stop.IsCancellationRequested)
        {
            number++;
            var marker = $"{name}-{number}";
            var choice = tickets.Count == 0 ? 0 : numbers.Below(10);
            if (choice < 3)
            {
                await OpenAsync(client, marker);
            }
            else if (choice < 9)
            {
                await CommentAsync(client, marker, tickets[numbers.Below(tickets.Count)]);
            }
            else
            {
                await ResolveAsync(client, marker);
            }
        }
    }

    private async Task OpenAsync(Callers client, string marker)
    {
        var body = new
        {
            desk = "FAULT",
            type = "incident",
            summary = $"Opened as {marker}",
            description = "By the load.",
        };
        var answer = await AskAsync(client, "/api/v1/tickets", marker, body);
        if (answer is { } opened)
        {
            var key = opened.GetProperty("key").GetString()!;
            ledger.Acknowledge(new Act(marker, key, Deed.Opened));
            tickets.Add(key);
        }
    }

    private async Task CommentAsync(Callers client, string marker, string ticket)
    {
        var body = new { body = $"Written as {marker}", visibility = numbers.Below(2) == 0 ? "public" : "internal" };
        if (await AskAsync(client, $"/api/v1/tickets/{ticket}/comments", marker, body) is not null)
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Commented));
        }
    }

    private async Task ResolveAsync(Callers client, string marker)
    {
        var ticket = tickets[^1];
        tickets.RemoveAt(tickets.Count - 1);
        var body = new { to = "resolved", resolution = "solved" };
        if (await AskAsync(client, $"/api/v1/tickets/{ticket}/transitions", marker, body) is not null)
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Resolved));
        }
    }

    // The answer; null when the client gave up without one.
    private async Task<JsonElement?> AskAsync(Callers client, string path, string key, object body)
    {
        var givesUp = numbers.Below(5) == 0;
        ledger.Attempt(key);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var response = await client.Current.SendAsync(request);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadFromJsonAsync<JsonElement>();
                }

                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    var said = await response.Content.ReadAsStringAsync();
                    throw new InvalidOperationException($"{path} as {key}: {(int)response.StatusCode} {said}");
                }

                ledger.Refuse();
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or JsonException)
            {
                // The server went away; whether it had written is unknown.
                client.TurnToNext();
            }

            if (givesUp)
            {
                return null;
            }

            Repeats++;
            await Task.Delay(BetweenTries);
        }
    }

    // One for each server: where one does not answer, the next is asked.
    private sealed class Callers(Installation installation) : IDisposable
    {
        private readonly HttpClient[] servers =
        [
            .. Enumerable.Range(0, installation.Addresses.Count).Select(installation.Client),
        ];
        private int turn;

        public HttpClient Current => servers[turn % servers.Length];

        public void TurnToNext() => turn++;

        public void Dispose()
        {
            foreach (var server in servers)
            {
                server.Dispose();
            }
        }
    }
}
