using System.Net;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>The event stream tells each person of changes of tickets that the person may see, and customers of nothing internal.</summary>
public sealed partial class EventStreamIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_stream_names_visible_tickets_only_and_no_customer_hears_of_a_note()
    {
        await world.Get<TicketFeed>().Following.WaitAsync(Patience);
        var streams = await Task.WhenAll(world.Members.Select(OpenAsync));

        var named = await TellAsync(streams, "internal");
        Assert.All(named, told => Assert.Equal(Keys(ticket => WhoMaySee.Internals(told.Member, ticket)), told.Keys));

        named = await TellAsync(streams, "public");
        Assert.All(named, told => Assert.Equal(Keys(ticket => WhoMaySee.Ticket(told.Member, ticket)), told.Keys));

        foreach (var stream in streams)
        {
            Assert.Empty(Canary.WordsIn(stream.Everything));
            stream.Dispose();
        }
    }

    [Fact]
    public async Task A_page_carries_where_it_was_drawn_and_its_stream_begins_there()
    {
        await world.Get<TicketFeed>().Following.WaitAsync(Patience);
        foreach (var member in world.Members)
        {
            var drawn = await DrawnAsync(member);
            foreach (var ticket in world.Tickets)
            {
                await world
                    .Admin.Api.PostAsync(
                        $"/api/v1/tickets/{ticket.Key}/comments",
                        new { body = "Between.", visibility = "internal" }
                    )
                    .OkAsync(HttpStatusCode.Created);
            }

            // A new ticket of the person is the last that there is to tell.
            var mark = await MarkAsync(member);
            using var stream = new Listening(member, await member.Pages.OpenAsync($"/events?since={drawn}"));
            var named = await stream.UpToAsync(mark);

            Assert.True(
                Keys(ticket => WhoMaySee.Internals(member, ticket))
                    .SequenceEqual(Keys(ticket => named.Contains(ticket.Key))),
                $"{member.Title} since {drawn}: {stream.Everything}"
            );
            Assert.Empty(Canary.WordsIn(stream.Everything));
        }
    }

    private static async Task<string> DrawnAsync(Member member)
    {
        var html = await (await member.Pages.GetAsync("/account/profile")).Content.ReadAsStringAsync();
        var drawn = Drawn().Match(html);
        Assert.True(drawn.Success, html[..Math.Min(html.Length, 300)]);
        return drawn.Groups["at"].Value;
    }

    [System.Text.RegularExpressions.GeneratedRegex("<html[^>]* data-log=\"(?<at>[0-9]+)\"", default, 1000)]
    private static partial System.Text.RegularExpressions.Regex Drawn();

    private IEnumerable<string> Keys(Func<Errand, bool> which) =>
        world.Tickets.Where(which).Select(ticket => ticket.Key).Order(StringComparer.Ordinal);

    // A new ticket of each person marks the place up to which that person's stream has told.
    private async Task<IReadOnlyList<(Member Member, IEnumerable<string> Keys)>> TellAsync(
        IReadOnlyList<Listening> streams,
        string visibility
    )
    {
        foreach (var ticket in world.Tickets)
        {
            await world
                .Admin.Api.PostAsync($"/api/v1/tickets/{ticket.Key}/comments", new { body = "News.", visibility })
                .OkAsync(HttpStatusCode.Created);
        }

        var marks = new List<string>();
        foreach (var stream in streams)
        {
            marks.Add(await MarkAsync(stream.Member));
        }

        var told = new List<(Member, IEnumerable<string>)>();
        foreach (var (stream, mark) in streams.Zip(marks))
        {
            var named = await stream.UpToAsync(mark);
            told.Add((stream.Member, Keys(ticket => named.Contains(ticket.Key))));
        }

        return told;
    }

    private async Task<string> MarkAsync(Member requester)
    {
        var opened = await world
            .Admin.Api.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "A mark",
                    requester = requester.Person.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return (string)opened["key"]!;
    }

    private static async Task<Listening> OpenAsync(Member member)
    {
        var stream = new Listening(member, await member.Pages.OpenAsync("/events"));
        await stream.UpToLineAsync(line => line == ": welcome");
        return stream;
    }

    private sealed class Listening(Member member, Stream body) : IDisposable
    {
        private readonly StreamReader reader = new(body);
        private readonly List<string> lines = [];

        public Member Member => member;

        public string Everything => string.Join('\n', lines);

        /// <summary>The keys that are named from here on until this one is.</summary>
        public async Task<IReadOnlySet<string>> UpToAsync(string key)
        {
            var from = lines.Count;
            await UpToLineAsync(line => line == $"event: ticket:{key}");
            return lines
                .Skip(from)
                .Select(line => line.Replace("event: ticket:", "", StringComparison.Ordinal))
                .ToHashSet(StringComparer.Ordinal);
        }

        public async Task UpToLineAsync(Func<string, bool> wanted)
        {
            string? line;
            do
            {
                line = await reader.ReadLineAsync().WaitAsync(Patience);
                lines.Add(line ?? throw new InvalidOperationException("The stream ended."));
            } while (!wanted(line));
        }

        public void Dispose() => reader.Dispose();
    }
}
