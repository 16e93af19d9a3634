using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ServiceDesk.Faults.Tests;

/// <summary>
/// A client that opens tickets, comments, edits, attaches and resolves, one request behind the other, and keeps its own books. What it does
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
            else if (choice < 6)
            {
                await CommentAsync(client, marker, tickets[numbers.Below(tickets.Count)]);
            }
            else if (choice < 8)
            {
                await EditAsync(client, marker, tickets[numbers.Below(tickets.Count)]);
            }
            else if (choice < 9 && installation.Addresses.Count == 1)
            {
                // Of several servers each has its files in a folder of its own.
                await AttachAsync(client, marker, tickets[numbers.Below(tickets.Count)]);
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
        var answer = await AskAsync(client, HttpMethod.Post, "/api/v1/tickets", marker, Json(body));
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
        if (
            await AskAsync(client, HttpMethod.Post, $"/api/v1/tickets/{ticket}/comments", marker, Json(body))
            is not null
        )
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Commented));
        }
    }

    private async Task EditAsync(Callers client, string marker, string ticket)
    {
        var body = Json(new { summary = $"Edited as {marker}" });
        if (await AskAsync(client, HttpMethod.Patch, $"/api/v1/tickets/{ticket}", marker, body) is not null)
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Edited));
        }
    }

    private async Task AttachAsync(Callers client, string marker, string ticket)
    {
        var file = new Body(Encoding.UTF8.GetBytes($"Attached as {marker}"), "application/octet-stream");
        var path = $"/api/v1/tickets/{ticket}/attachments?name={marker}.txt";
        if (await AskAsync(client, HttpMethod.Post, path, marker, file) is not null)
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Attached));
        }
    }

    private async Task ResolveAsync(Callers client, string marker)
    {
        var ticket = tickets[^1];
        tickets.RemoveAt(tickets.Count - 1);
        var body = new { to = "resolved", resolution = "solved" };
        if (
            await AskAsync(client, HttpMethod.Post, $"/api/v1/tickets/{ticket}/transitions", marker, Json(body))
            is not null
        )
        {
            ledger.Acknowledge(new Act(marker, ticket, Deed.Resolved));
        }
    }

    // The answer; null when the client gave up without one.
    private async Task<JsonElement?> AskAsync(Callers client, HttpMethod method, string path, string key, Body body)
    {
        var givesUp = numbers.Below(5) == 0;
        ledger.Attempt(key);
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body.Bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(body.Type);
            request.Headers.Add("Idempotency-Key", key);
            if (method == HttpMethod.Patch)
            {
                // Others write to the ticket too: whatever it says now is edited.
                request.Headers.TryAddWithoutValidation("If-Match", "*");
            }

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

    private static Body Json(object body) => new(JsonSerializer.SerializeToUtf8Bytes(body), "application/json");

    private sealed record Body(byte[] Bytes, string Type);

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
