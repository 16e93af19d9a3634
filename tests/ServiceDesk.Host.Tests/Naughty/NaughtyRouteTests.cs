using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>
/// The strings that break programs at everything that the running server's routes take: addresses, filters, forms and bodies. Each
/// field meets strings of many hazards, alone beside good values and together with others; over all fields each string is used.
/// </summary>
public sealed class NaughtyRouteTests(IsolationWorld world) : Attempts, IClassFixture<IsolationWorld>
{
    private const int Rounds = 8;

    /// <summary>What ends the session of whoever tries.</summary>
    private static readonly HashSet<string> Leaving = new(StringComparer.Ordinal) { "/account/sign-out" };

    private static readonly string[] Markup = [.. Strings.Where(IsMarkup)];

    [Fact]
    public async Task No_address_filter_form_or_body_is_a_fault_and_pages_hold_all_of_it_as_text()
    {
        var routes = new RouteCalls(world);
        var reading = OneOfEach(await routes.ReadingAsync()).Where(call => call.Route != "/events").ToList();
        var writing = OneOfEach(await routes.WritingAsync()).Where(call => !Leaving.Contains(call.Route)).ToList();
        Assert.True(reading.Count > 200 && writing.Count > 250, $"{reading.Count} and {writing.Count} routes");

        await Parallel.ForEachAsync(reading.Index(), AtOnce, async (call, _) => await ReadAsync(call.Item, call.Index));
        await Parallel.ForEachAsync(
            writing.Index(),
            AtOnce,
            async (call, _) => await WriteAsync(call.Item, call.Index)
        );
        await Parallel.ForEachAsync(
            reading.Where(call => !call.IsApi),
            AtOnce,
            async (call, _) => await LookAsync(call)
        );

        using var still = await world.Admin.Pages.GetAsync("/administration/people");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        AssertNothingFound();
    }

    protected override string Why() => world.Faults();

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 4 };

    // Each value of the address in turn, then all together.
    private async Task ReadAsync(RouteCall call, int seed)
    {
        var names = call.Values.Keys.ToList();
        for (var round = 0; names.Count > 0 && round < Rounds; round++)
        {
            var texts = Filled(names, call.Values, seed, round);
            var address = call.AddressWith(texts);
            await TryAsync(call, texts, () => AskAsync(call, new HttpRequestMessage(HttpMethod.Get, address)));
        }
    }

    private async Task WriteAsync(RouteCall call, int seed)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var texts = call.IsApi
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : Filled([.. call.Form.Keys], call.Form, seed, round);
            await TryAsync(
                call,
                texts,
                () =>
                    call.IsApi
                        ? AskAsync(call, Request(call, texts, seed, round))
                        : Pages(call).PostAsync(call.Address, texts)
            );
        }
    }

    private async Task TryAsync(RouteCall call, Dictionary<string, string> texts, Func<Task<HttpResponseMessage>> send)
    {
        var answer = await Answer.OfAsync(send());
        var tried = string.Join(", ", texts.Select(text => $"{text.Key}: {text.Value}"));
        Note((int)answer.Status >= 500 ? $"{call.Method} {call.Route} answers {(int)answer.Status}" : null, tried);
        NoteMarkup(call, answer, texts.Values.Where(IsMarkup));
    }

    // What was stored by all of it, on every page.
    private async Task LookAsync(RouteCall call)
    {
        var page = await Answer.OfAsync(Pages(call).GetAsync(call.Address));
        Note((int)page.Status >= 500 ? $"{call} answers {(int)page.Status}" : null, "");
        NoteMarkup(call, page, Markup);
    }

    private void NoteMarkup(RouteCall call, Answer answer, IEnumerable<string> texts)
    {
        if (answer.Head.Contains("text/html", StringComparison.Ordinal))
        {
            foreach (var text in texts.Where(text => answer.Body.Contains(text, StringComparison.Ordinal)))
            {
                Note($"{call} holds it as markup", text);
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(RouteCall call, HttpRequestMessage request)
    {
        using (request)
        {
            return call.IsApi ? await Asker(call).Api.SendAsync(request) : await Pages(call).SendAsync(request);
        }
    }

    private static HttpRequestMessage Request(RouteCall call, Dictionary<string, string> texts, int seed, int round)
    {
        var good = KnownBodies.Of(call);
        if (good is string)
        {
            return Answers.Request(call.Method, call.Address, texts["body"] = Pick(seed, round, 0), ("If-Match", "*"));
        }

        var body = JsonSerializer.SerializeToNode(good);
        var leaves = Leaves(body).ToList();
        foreach (var (place, leaf) in leaves.Index().Where(leaf => IsChosen(leaf.Index, leaves.Count, round)))
        {
            var text = texts[leaf.Path] = Pick(seed, round, place);
            leaf.Set(text);
        }

        return Answers.Request(call.Method, call.Address, body, ("If-Match", "*"));
    }

    // Every value of a body that is no object or list, with how it is replaced.
    private static IEnumerable<(string Path, Action<string> Set)> Leaves(JsonNode? node) =>
        node switch
        {
            JsonObject all => all.ToList()
                .SelectMany(one =>
                    one.Value is JsonObject or JsonArray
                        ? Leaves(one.Value)
                        : [($"{all.GetPath()}.{one.Key}", text => all[one.Key] = text)]
                ),
            JsonArray all => all.Index()
                .SelectMany(one =>
                    one.Item is JsonObject or JsonArray
                        ? Leaves(one.Item)
                        : [($"{all.GetPath()}[{one.Index}]", text => all[one.Index] = text)]
                ),
            _ => [],
        };

    private static Dictionary<string, string> Filled(
        List<string> names,
        IReadOnlyDictionary<string, string> good,
        int seed,
        int round
    ) =>
        names
            .Index()
            .ToDictionary(
                name => name.Item,
                name => IsChosen(name.Index, names.Count, round) ? Pick(seed, round, name.Index) : good[name.Item],
                StringComparer.Ordinal
            );

    // In even rounds all of them, in odd ones each by turns beside good values.
    private static bool IsChosen(int place, int count, int round) =>
        round % 2 == 0 || (round / 2 % count) == place % Math.Max(1, Rounds / 2);

    // Hazards go round by field, round and route; strings of a hazard by route, so that all of them are used.
    private static string Pick(int seed, int round, int place)
    {
        var hazard = Hazards[(round + (seed * Rounds) + (place * 5)) % Hazards.Count];
        return hazard[(seed + round) % hazard.Length];
    }

    // One request of each route and handler, with rows that exist, as far as there are any.
    private IEnumerable<RouteCall> OneOfEach(IEnumerable<RouteCall> calls) =>
        calls
            .GroupBy(call => $"{call.Method} {call.Route} {call.Handler}", StringComparer.Ordinal)
            .Select(same =>
            {
                var known = same.Where(call => call.Values.Values.All(IsKnown)).ToList();
                var values = known
                    .SelectMany(call => call.Values)
                    .GroupBy(value => value.Key, StringComparer.Ordinal)
                    .ToDictionary(value => value.Key, value => value.First().Value, StringComparer.Ordinal);
                return known.Count == 0 ? same.First() : known[0] with { Values = values };
            });

    private bool IsKnown(string value) =>
        value is not (KnownValues.Nothing or KnownValues.NoTicket or "none" or "NOPE")
        && value != world.Moved.FormerKey;

    private BrowserSession Pages(RouteCall call) => Asker(call).Pages;

    // In the portal, who asked; elsewhere the administrator, who works on every desk.
    private Member Asker(RouteCall call) =>
        call.Route.StartsWith("/portal", StringComparison.Ordinal)
            ? world.Tickets.FirstOrDefault(ticket => ticket.Key == call.Values.GetValueOrDefault("key"))?.Requester
                ?? world.Members.First(member => member.Firm is not null)
            : world.Admin;
}
