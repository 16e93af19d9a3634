using System.Collections.Concurrent;
using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Whoever may not change something sends every writing request that there is: nothing changes, and nothing is told.</summary>
public sealed class OutsiderTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    /// <summary>What somebody does to oneself: it ends or changes the own session alone.</summary>
    private static readonly HashSet<string> OfOneself = new(StringComparer.Ordinal)
    {
        "/account/sign-out",
        "/account/profile",
        "/account/preferences",
        "/sign-in",
        "/account/setup",
    };

    private static readonly ParallelOptions Together = new() { MaxDegreeOfParallelism = 4 };
    private static readonly string[] Files = ["/attachments", "/documents/"];
    private static readonly string[] Administrative =
    [
        "/administration",
        "/configuration",
        "/calendars",
        "/invitations",
    ];
    private readonly ConcurrentQueue<string> failures = new();

    [Fact]
    public async Task Writes_by_outsiders_change_nothing_and_tell_nothing()
    {
        var calls = (await new RouteCalls(world).WritingAsync())
            .Where(call => !OfOneself.Contains(call.Route))
            .ToList();
        Assert.Contains(calls, call => call.Route == "/api/v1/tickets/{key}" && call.Method == HttpMethod.Patch);
        Assert.Contains(calls, call => call.Address.EndsWith("?handler=Comment", StringComparison.Ordinal));
        var before = await Stand.OfAsync(world);
        await Parallel.ForEachAsync(
            calls,
            Together,
            async (call, _) =>
            {
                foreach (var member in world.Members.Where(member => IsOutside(member, call)))
                {
                    await TryAsync(member, call);
                }

                var stranger = await Answer.OfAsync(SendAsync(world.Client(), world.Anonymous, call));
                Note(stranger.Violations(world, "nobody", null, call));
                Note((int)stranger.Status < 300 ? [$"{call} took something from nobody: {(int)stranger.Status}"] : []);
            }
        );

        foreach (var (name, never) in HiddenRows.Parameters)
        {
            var families = HiddenRows.Of(calls, name, never).ToList();
            Assert.NotEmpty(families);
            await Parallel.ForEachAsync(families, Together, async (family, _) => await LookAsync(family, name));
        }

        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} violations:\n{string.Join('\n', failures.Order(StringComparer.Ordinal).Take(40))}\n{world.Faults()}"
        );
        Assert.Equal(before, await Stand.OfAsync(world));
    }

    private async Task TryAsync(Member member, RouteCall call) =>
        Note(
            (await Answer.OfAsync(SendAsync(member.Api, member.Pages, call))).Violations(
                world,
                member.Title,
                member,
                call
            )
        );

    private async Task LookAsync(HiddenRows.Family family, string name)
    {
        foreach (var member in world.Members)
        {
            Answer? unknown = null;
            foreach (var (call, id) in family.For(world, member, name))
            {
                unknown ??= await Answer.OfAsync(SendAsync(member.Api, member.Pages, family.Never));
                var hidden = await Answer.OfAsync(SendAsync(member.Api, member.Pages, call));
                Note(hidden.Violations(world, member.Title, member, call));
                Note(Probes.TellsApart(family, call, id, hidden, unknown, member));
            }
        }
    }

    // In the administration: who is not one of those who do it. On a ticket: who neither works on it nor takes part.
    private bool IsOutside(Member member, RouteCall call)
    {
        if (
            HiddenRows.Parameters.Any(row =>
                HiddenRows.IsHidden(world, member, row.Name, call.Values.GetValueOrDefault(row.Name, ""))
            )
        )
        {
            return false; // these are compared with rows that never were
        }

        if (Administrative.Any(part => call.Route.Contains(part, StringComparison.Ordinal)))
        {
            return member.Person.Role is "customer" or "agent";
        }

        var ticket = world.Tickets.FirstOrDefault(one => one.Key == call.Values.GetValueOrDefault("key"));
        if (ticket is not null && call.Route.EndsWith("/watch", StringComparison.Ordinal))
        {
            // Whoever sees a ticket may watch it.
            return !WhoMaySee.Ticket(member, ticket);
        }

        return ticket is not null && !WhoMaySee.Internals(member, ticket) && !WhoMaySee.TakesPart(member, ticket);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient api, BrowserSession pages, RouteCall call)
    {
        if (!call.IsApi)
        {
            return await pages.PostAsync(call.Address, call.Form);
        }

        using var request = Answers.Request(call.Method, call.Address, KnownBodies.Of(call), ("If-Match", "*"));
        if (Files.Any(ending => call.Route.EndsWith(ending, StringComparison.Ordinal)))
        {
            request.Content!.Headers.ContentType = new("application/octet-stream");
        }

        return await api.SendAsync(request);
    }

    private void Note(IEnumerable<string> found)
    {
        foreach (var failure in found)
        {
            failures.Enqueue(failure);
        }
    }
}
