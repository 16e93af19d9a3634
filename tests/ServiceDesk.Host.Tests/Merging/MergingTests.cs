using System.Net;
using System.Text.RegularExpressions;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Merging;

/// <summary>Two tickets become one and two again, on pages.</summary>
public sealed partial class MergingTests : IAsyncLifetime
{
    private ServiceDeskServer server = null!;
    private Person agent = null!;
    private Person ask = null!;
    private Person other = null!;
    private TicketState goes = null!;
    private TicketState stays = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        server = await ServiceDeskServer.StartAsync();
        (agent, ask, other) = (
            await server.PersonAsync("Alex Agent", "agent"),
            await server.PersonAsync("Carla Customer", "customer"),
            await server.PersonAsync("Otto Other", "customer")
        );
        client = server.ClientOf(agent);
        (goes, stays) = (
            await server.OpenAsync(ask, "Mail *is* down"),
            await server.OpenAsync(other, "No mail since noon")
        );
        await server.SendAsync(ask, goes.Id, new AddPublicComment("words-of-carla", []));
        await server.SendAsync(agent, goes.Id, new AddInternalNote("words-of-a-note", []));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_is_merged_by_pages_read_on_the_other_one_and_given_back()
    {
        var page = $"/workspace/tickets/{goes.Key}/merge";
        Assert.Contains(
            $"{stays.Key}",
            await client.GetStringAsync($"{page}/targets?q=noon"),
            StringComparison.Ordinal
        );
        var preview = await client.GetStringAsync($"{page}?into={stays.Key}&lang=en");
        Assert.Contains("Carla Customer will take part", preview, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, await PostAsync(page, page, ("into", $"{stays.Key}")));
        await UntilAsync(ticket => ticket.TakenIn.Count == 1);

        foreach (var (language, word) in new[] { ("en", "Merged into"), ("ko", "병합된 곳") })
        {
            Assert.Contains(
                word,
                await ReadAsync(client, $"/workspace/tickets/{goes.Key}?lang={language}"),
                StringComparison.Ordinal
            );
        }

        var whole = await ReadAsync(client, $"/workspace/tickets/{stays.Key}?lang=en");
        Assert.All(
            ["words-of-carla", "words-of-a-note", "<p>Mail *is* down</p>", $"from {goes.Key}"],
            words => Assert.Contains(words, whole, StringComparison.Ordinal)
        );
        var history = await ReadAsync(client, $"/workspace/tickets/{stays.Key}?tab=history&lang=en");
        Assert.Contains($"merged {goes.Key} into it", history, StringComparison.Ordinal);
        var ledger = await ReadAsync(client, $"/workspace/tickets/{goes.Key}?tab=promises&lang=en");
        Assert.Contains("erged into another ticket", ledger, StringComparison.Ordinal);

        Assert.Equal(
            HttpStatusCode.Found,
            await PostAsync($"/workspace/tickets/{stays.Key}", $"/workspace/tickets/{goes.Key}?handler=UndoMerge")
        );
        await UntilAsync(ticket => ticket.TakenIn.Count == 0 && ticket.Participants.Count == 0);
        Assert.Equal((goes.Status, null), await StandingAsync());
    }

    [Fact]
    public async Task Customers_read_where_theirs_went_and_nothing_that_is_not_theirs()
    {
        await MergedAsync();

        using var carla = server.ClientOf(ask);
        var went = await ReadAsync(carla, $"/portal/requests/{goes.Key}?lang=en");
        Assert.Contains($"Go on with {stays.Key}", went, StringComparison.Ordinal);
        Assert.Contains("words-of-carla", went, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"answer\"", went, StringComparison.Ordinal);
        var there = await ReadAsync(carla, $"/portal/requests/{stays.Key}?lang=en");
        Assert.Contains($"Read {goes.Key}", there, StringComparison.Ordinal);
        Assert.Contains("id=\"answer\"", there, StringComparison.Ordinal);

        using var otto = server.ClientOf(other);
        var theirs = await ReadAsync(otto, $"/portal/requests/{stays.Key}?lang=en");
        Assert.All(
            ["words-of-carla", "words-of-a-note", "Mail *is* down", $"{goes.Key}"],
            words => Assert.DoesNotContain(words, theirs, StringComparison.Ordinal)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync($"/portal/requests/{goes.Key}")).StatusCode);
    }

    [Fact]
    public async Task Two_that_are_merged_into_each_other_at_once_end_apart()
    {
        // Each decided while the other was one of its own, as two agents do in the same moment.
        await Task.WhenAll(
            server.SendAsync(agent, goes.Id, new MergeTicket(stays.Key)),
            server.SendAsync(agent, stays.Id, new MergeTicket(goes.Key))
        );

        await server.UntilAsync(async () =>
        {
            var (one, two) = (await StateAsync(goes.Id), await StateAsync(stays.Id));
            return (one.Merged is null || two.Merged is null)
                && one.TakenIn.Count == (two.Merged is null ? 0 : 1)
                && two.TakenIn.Count == (one.Merged is null ? 0 : 1);
        });
    }

    private async Task MergedAsync()
    {
        Assert.True((await server.SendAsync(agent, goes.Id, new MergeTicket(stays.Key))).IsAccepted);
        await UntilAsync(ticket => ticket.TakenIn.Count == 1);
    }

    private Task UntilAsync(Func<TicketState, bool> holds) =>
        server.UntilAsync(async () => holds(await StateAsync(stays.Id)));

    private async Task<TicketState> StateAsync(TicketId id) => (await server.Tickets.GetAsync(id))!.State;

    private async Task<(string Status, MergedInto? Merged)> StandingAsync()
    {
        var state = await StateAsync(goes.Id);
        return (state.Status, state.Merged);
    }

    private static async Task<string> ReadAsync(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(path));

    private async Task<HttpStatusCode> PostAsync(string from, string to, params (string Name, string Value)[] fields)
    {
        using var page = await client.GetAsync(from);
        using var post = new HttpRequestMessage(HttpMethod.Post, to);
        post.Headers.Add(
            "Cookie",
            string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]))
        );
        post.Headers.Add(
            "RequestVerificationToken",
            Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value
        );
        post.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.SendAsync(post);
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"request-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
