using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ServiceDesk.Benchmarks.Filling;

namespace ServiceDesk.Benchmarks.Http;

/// <summary>Something that people ask of the server again and again.</summary>
/// <param name="Name">What.</param>
/// <param name="Reads">Whether it only reads.</param>
/// <param name="RunAsync">Asks once; the number is another one each time.</param>
internal sealed record Work(string Name, bool Reads, Func<int, Task> RunAsync);

/// <summary>What is measured: an agent's pages with a cookie, and the API with a token.</summary>
internal sealed class Workload : IDisposable
{
    public const string Opening = "open a ticket (API)";

    private readonly HttpClient pages;
    private readonly HttpClient api;
    private readonly FillingPlan plan;

    private Workload(HttpClient pages, HttpClient api, FillingPlan plan) =>
        (this.pages, this.api, this.plan) = (pages, api, plan);

    /// <summary>All of it, in the order of measuring: what writes comes last.</summary>
    public IReadOnlyList<Work> Works =>
        [
            Page("ticket page", number => $"/workspace/tickets/{KeyOf(number)}"),
            Page("queue page of 50: all open", _ => $"/workspace/{Filler.Desk}/itsd-open"),
            Page("queue page of 50: unassigned", _ => $"/workspace/{Filler.Desk}/itsd-unassigned"),
            Page("queue counts of the side", _ => $"/workspace/side?desk={Filler.Desk}"),
            Search("a rare word", number => $"#{Vocabulary.Mix(number, 40) % (uint)plan.Tickets}"),
            Search("a common word", _ => "printer"),
            Search("a word in every third comment", _ => "error number"),
            Search("part of a Korean word", _ => "메신"),
            Search("a common Korean word", _ => "재부팅"),
            Search("two words", _ => "프린터 0x80070005"),
            Search("words and operators", _ => "\"error number\" -printer is:open"),
            Search("nothing to find", _ => "zebrafish"),
            Api(
                "list of 50 (API)",
                _ => "/api/v1/tickets?limit=50&query=" + Uri.EscapeDataString("category != done ORDER BY remaining")
            ),
            new Work("comment (API)", Reads: false, CommentAsync),
            new Work(Opening, Reads: false, OpenAsync),
        ];

    public static async Task<Workload> StartAsync(Site site)
    {
        var withToken = Clients.Of(site.Address);
        withToken.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", site.Token);
        return new Workload(await AgentSession.OpenAsync(site), withToken, site.Plan);
    }

    public void Dispose()
    {
        pages.Dispose();
        api.Dispose();
    }

    private Work Search(string what, Func<int, string> text) =>
        Page($"search: {what}", number => $"/workspace/search?q={Uri.EscapeDataString(text(number))}");

    private Work Page(string name, Func<int, string> path) =>
        new(name, Reads: true, number => ReadAsync(pages, path(number)));

    private Work Api(string name, Func<int, string> path) =>
        new(name, Reads: true, number => ReadAsync(api, path(number)));

    private string KeyOf(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Filler.Desk}-{1 + (Vocabulary.Mix(number, 41) % (uint)plan.Tickets)}"
        );

    private Task CommentAsync(int number) =>
        WriteAsync(
            $"/api/v1/tickets/{KeyOf(number)}/comments",
            new { body = Vocabulary.Text(number, 42), visibility = number % 2 == 0 ? "public" : "internal" }
        );

    private Task OpenAsync(int number) =>
        WriteAsync(
            "/api/v1/tickets",
            new
            {
                desk = Filler.Desk,
                type = number % 3 == 0 ? "service-request" : "incident",
                summary = Vocabulary.Summary(number),
                description = Vocabulary.Text(number, 10),
                requester = $"customer{1 + (number % plan.Customers)}@example.com",
            }
        );

    private static async Task ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        await TakeAsync(answer, path);
    }

    private async Task WriteAsync(string path, object body)
    {
        using var answer = await api.PostAsJsonAsync(path, body);
        await TakeAsync(answer, path);
    }

    private static async Task TakeAsync(HttpResponseMessage answer, string path)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode || body.Length == 0)
        {
            throw new InvalidOperationException(
                $"{path} ended with {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}"
            );
        }
    }
}
