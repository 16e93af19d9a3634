using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServiceDesk.Faults.Tests;

/// <summary>The server is killed while tickets are merged, given back and split. Afterwards both ends of each say the same, and each message is one ticket.</summary>
public sealed class BranchKillTests
{
    private const int Pairs = 24;
    private const int Kills = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(40);

    [Fact]
    public async Task No_half_of_a_merge_or_split_stays_on_SQLite()
    {
        await using var installation = await Installation.CreateAsync();
        await NoHalfStaysAsync(installation, 20261127);
    }

    [PostgreSqlFact]
    public async Task No_half_of_a_merge_or_split_stays_on_PostgreSQL()
    {
        await using var database = await OwnPostgreSql.StartAsync();
        await using var installation = await Installation.CreateAsync(database.Connection);
        await NoHalfStaysAsync(installation, 20261128);
    }

    private static async Task NoHalfStaysAsync(Installation installation, ulong seed)
    {
        var numbers = new SeededNumbers(seed);
        using var client = installation.Client();
        var pairs = new List<Pair>();
        await using (var first = await installation.StartAsync())
        {
            for (var number = 0; number < Pairs; number++)
            {
                pairs.Add(await PrepareAsync(client, number));
            }

            await first.KillAsync();
        }

        using var limit = new CancellationTokenSource(Patience);
        var done = 0;
        var work = Task.Run(
            () =>
                Parallel.ForEachAsync(
                    pairs,
                    limit.Token,
                    async (pair, token) =>
                    {
                        await WorkAsync(client, pair, token);
                        Interlocked.Increment(ref done);
                    }
                ),
            limit.Token
        );
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await installation.StartAsync();
            var until = done + 1 + numbers.Below(3);
            while (done < until && !work.IsCompleted)
            {
                await Task.Delay(BetweenTries, limit.Token);
            }

            await server.KillAsync();
        }

        await using var last = await installation.StartAsync();
        await work;
        foreach (var pair in pairs)
        {
            await HoldsAsync(client, pair, limit.Token);
        }

        Assert.Equal(0, await last.StopAsync());
        var verified = await installation.RunAsync("verify");
        Assert.True(verified.Exit == 0, $"Seed {seed}:\n{verified.Output}\n{verified.Error}");
    }

    private static async Task<Pair> PrepareAsync(HttpClient client, int number)
    {
        var (goes, stays) = (await OpenAsync(client, $"Goes {number}"), await OpenAsync(client, $"Stays {number}"));
        var comment = await AskAsync(
            client,
            HttpMethod.Post,
            $"/api/v1/tickets/{stays}/comments",
            new { body = $"Matter {number}" },
            CancellationToken.None
        );
        return new Pair(goes, stays, comment!.Value.GetProperty("id").GetInt64(), IsUndone: number % 2 == 0);
    }

    private static async Task<string> OpenAsync(HttpClient client, string summary)
    {
        var opened = await AskAsync(
            client,
            HttpMethod.Post,
            "/api/v1/tickets",
            new
            {
                desk = "FAULT",
                type = "incident",
                summary,
            },
            CancellationToken.None
        );
        return opened!.Value.GetProperty("key").GetString()!;
    }

    private static async Task WorkAsync(HttpClient client, Pair pair, CancellationToken stop)
    {
        var split = $"/api/v1/tickets/{pair.Stays}/comments/{pair.Comment}/split";
        var first = await AskAsync(client, HttpMethod.Post, split, new { }, stop);
        pair.Split = first!.Value.GetProperty("key").GetString()!;
        await AskAsync(client, HttpMethod.Post, $"/api/v1/tickets/{pair.Goes}/merge", new { into = pair.Stays }, stop);
        var again = await AskAsync(client, HttpMethod.Post, split, new { }, stop);
        Assert.Equal(pair.Split, again!.Value.GetProperty("key").GetString());
        if (pair.IsUndone)
        {
            await AskAsync(client, HttpMethod.Delete, $"/api/v1/tickets/{pair.Goes}/merge", null, stop);
        }
    }

    // The other end follows by a moment, and after a kill when the server is there again.
    private static async Task HoldsAsync(HttpClient client, Pair pair, CancellationToken stop)
    {
        while (true)
        {
            var goes = await AskAsync(client, HttpMethod.Get, $"/api/v1/tickets/{pair.Goes}", null, stop);
            var stays = await AskAsync(client, HttpMethod.Get, $"/api/v1/tickets/{pair.Stays}", null, stop);
            var into = goes!.Value.GetProperty("mergedInto").GetString();
            var merged = stays!.Value.GetProperty("merged").EnumerateArray().Select(key => key.GetString()).ToList();
            var offspring = stays.Value.GetProperty("offspring").EnumerateArray().ToList();
            Assert.Equal(pair.IsUndone ? null : pair.Stays, into);
            Assert.True(offspring.Count <= 1, $"{pair.Stays} has {offspring.Count} tickets of one message");
            if (merged.SequenceEqual(pair.IsUndone ? [] : [pair.Goes]) && offspring.Count == 1)
            {
                Assert.Equal(pair.Split, offspring[0].GetProperty("key").GetString());
                return;
            }

            await Task.Delay(BetweenTries, stop);
        }
    }

    // Asked again until it is answered: each of these has one effect however often it is asked.
    private static async Task<JsonElement?> AskAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body,
        CancellationToken stop
    )
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body);
            try
            {
                using var answer = await client.SendAsync(request, stop);
                if (answer.IsSuccessStatusCode)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
                }

                var said = await answer.Content.ReadAsStringAsync(stop);
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{method} {path}: {said}");
            }
            catch (Exception problem)
                when (problem is HttpRequestException or IOException or JsonException
                    || (problem is TaskCanceledException && !stop.IsCancellationRequested)
                )
            {
                // The server went away, or answers too late; whether it had written is unknown.
            }

            await Task.Delay(BetweenTries, stop);
        }
    }

    private sealed record Pair(string Goes, string Stays, long Comment, bool IsUndone)
    {
        public string Split { get; set; } = "";
    }
}
