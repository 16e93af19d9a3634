using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServiceDesk.Faults.Tests;

/// <summary>A ticket as the server tells it afterwards.</summary>
public sealed record ToldTicket(string Key, IReadOnlyList<ToldEvent> Events);

/// <summary>An event of a ticket as the server tells it.</summary>
public sealed record ToldEvent(long Version, string Name, DateTimeOffset At, JsonElement Data);

/// <summary>Holds what the server tells afterwards against the clients' books.</summary>
public sealed class Audit(Installation installation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Waits until every timer that is due has had its effect, then reads everything.</summary>
    public async Task<IReadOnlyList<ToldTicket>> ReadAsync()
    {
        using var client = installation.Client();
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var tickets = await AllAsync(client);
            if (
                tickets.All(ticket =>
                    ticket.Events.Count(IsBreach) == ExpectedBreaches(ticket)
                    && ticket.Events.Count(IsReminder) == ExpectedReminders(ticket)
                )
            )
            {
                return tickets;
            }

            if (limit.IsCancellationRequested)
            {
                // Told by the assertions that follow, ticket by ticket.
                return tickets;
            }

            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }

    /// <summary>Every acknowledged act stands there once, nothing stands there twice, and nothing that nobody asked for.</summary>
    public static void HoldAgainst(Ledger ledger, IReadOnlyList<ToldTicket> tickets)
    {
        var told = tickets
            .SelectMany(ticket => ticket.Events.Select(e => (ticket.Key, Marker: MarkerOf(e))))
            .Where(entry => entry.Marker is not null)
            .ToLookup(entry => entry.Marker!, entry => entry.Key, StringComparer.Ordinal);
        Assert.DoesNotContain(told, entry => entry.Count() > 1);
        Assert.Empty(told.Select(entry => entry.Key).Except(ledger.Attempted, StringComparer.Ordinal));
        foreach (var act in ledger.Acknowledged.Where(act => act.Deed != Deed.Resolved))
        {
            Assert.True(told[act.Marker].SequenceEqual([act.Ticket]), $"{act} is not there");
        }

        var byKey = tickets.ToDictionary(ticket => ticket.Key, StringComparer.Ordinal);
        foreach (var act in ledger.Acknowledged.Where(act => act.Deed == Deed.Resolved))
        {
            Assert.Single(byKey[act.Ticket].Events, e => e.Name == "ticket.status-changed");
        }
    }

    /// <summary>The events of each ticket have no gap, and each timer that fell due took effect once, at its instant.</summary>
    public static void HoldPromises(IReadOnlyList<ToldTicket> tickets)
    {
        foreach (var ticket in tickets)
        {
            Assert.Equal(
                Enumerable.Range(1, ticket.Events.Count).Select(v => (long)v),
                ticket.Events.Select(e => e.Version)
            );
            Assert.True(
                ticket.Events.Zip(ticket.Events.Skip(1)).All(pair => pair.First.At <= pair.Second.At),
                ticket.Key
            );
            var breaches = ticket.Events.Where(IsBreach).ToList();
            Assert.True(breaches.Count == ExpectedBreaches(ticket), $"{ticket.Key} has {breaches.Count} breaches");
            Assert.All(breaches, breach => Assert.Equal(ticket.Events[0].At + Installation.Target, breach.At));
            var reminders = ticket.Events.Where(IsReminder).ToList();
            Assert.True(
                reminders.Count == ExpectedReminders(ticket),
                $"{ticket.Key} was reminded {reminders.Count} times"
            );
            Assert.All(reminders, one => Assert.Equal(ticket.Events[0].At + Installation.Reminder, one.At));
        }
    }

    private static int ExpectedBreaches(ToldTicket ticket) => Expected(ticket, Installation.Target);

    private static int ExpectedReminders(ToldTicket ticket) => Expected(ticket, Installation.Reminder);

    // What falls due so long after a ticket was opened comes once, unless it was resolved before.
    private static int Expected(ToldTicket ticket, TimeSpan after)
    {
        var due = ticket.Events[0].At + after;
        var resolved = ticket.Events.FirstOrDefault(e => e.Name == "ticket.status-changed");
        return resolved is null || resolved.At >= due ? 1 : 0;
    }

    private static bool IsBreach(ToldEvent told) => told.Name == "sla.breached";

    private static bool IsReminder(ToldEvent told) => told.Name == "sla.threshold-reached";

    // What the client called it: the last word of the summary or comment, or the name of the file.
    private static string? MarkerOf(ToldEvent told) =>
        told.Name switch
        {
            "ticket.opened" or "ticket.text-edited" => told.Data.GetProperty("summary").GetString()!.Split(' ')[^1],
            "ticket.public-comment-added" or "ticket.internal-note-added" => told
                .Data.GetProperty("body")
                .GetString()!
                .Split(' ')[^1],
            "ticket.files-attached" => Path.GetFileNameWithoutExtension(
                told.Data.GetProperty("files")[0].GetProperty("name").GetString()
            ),
            _ => null,
        };

    private static async Task<IReadOnlyList<ToldTicket>> AllAsync(HttpClient client)
    {
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var query = "/api/v1/tickets?limit=200&query=" + Uri.EscapeDataString("desk = FAULT ORDER BY created");
            var page = await client.GetFromJsonAsync<JsonElement>(
                cursor is null ? query : query + "&cursor=" + Uri.EscapeDataString(cursor)
            );
            keys.AddRange(
                page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString()!)
            );
            cursor = page.GetProperty("next").GetString();
        } while (cursor is not null);
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());

        var tickets = new ToldTicket[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            async (index, cancellation) => tickets[index] = await OneAsync(client, keys[index], cancellation)
        );
        return tickets;
    }

    private static async Task<ToldTicket> OneAsync(HttpClient client, string key, CancellationToken cancellation)
    {
        var history = await client.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{key}/history", cancellation);
        return new ToldTicket(
            key,
            [
                .. history
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(item => new ToldEvent(
                        item.GetProperty("version").GetInt64(),
                        item.GetProperty("event").GetString()!,
                        DateTimeOffset.Parse(item.GetProperty("at").GetString()!, CultureInfo.InvariantCulture),
                        item.GetProperty("data")
                    )),
            ]
        );
    }
}
