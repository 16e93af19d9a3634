using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Asks for something hidden and for something that never was, and looks whether the answers can be told apart.</summary>
internal static partial class Probes
{
    private const int OfAKind = 2;
    private const int AtOnce = 17;
    private const int Shown = 60;

    /// <summary>Hidden words to ask for: of each kind of row some, from different tickets and people.</summary>
    public static IEnumerable<Canary> Hidden(IsolationWorld world, Member member) =>
        world
            .Canaries.Values.Where(canary => !canary.MaySee(member))
            .GroupBy(canary => canary.What.Split(" of ")[0], StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(canary => canary.What, StringComparer.Ordinal).Take(OfAKind));

    /// <summary>
    /// Every search and filter in which words can be asked for, by the API and on pages: where a query takes several words, they are
    /// asked for together.
    /// </summary>
    public static IEnumerable<Probe> Searches(IReadOnlyList<string> words) =>
        words.Chunk(AtOnce).SelectMany(Filters).Concat(words.SelectMany(Boxes));

    private static IEnumerable<Probe> Filters(string[] words) =>
        new Func<string, string>[]
        {
            word => $"text ~ {word}",
            word => $"summary ~ {word}",
            word => $"description ~ {word}",
            word => $"label = {word}",
            word => $"externalId = {word}",
            word => $"{WorldDocuments.ShownField} ~ {word}",
            word => $"{WorldDocuments.HiddenField} ~ {word}",
            word => $"requester = \"{word} Doe\"",
            word => $"requester = \"{word}@example.com\"",
            word => $"assignee = \"{word} Doe\"",
            word => $"team = {word}",
            word => $"organization = \"{word} Corporation\"",
            word => $"organization = {word}",
            word => $"requestType = {word}",
            word => $"account = {word}",
            word => $"contract = {word}",
            word => $"plan = {word}",
        }.Select(filter => new Probe(
            "/api/v1/tickets?query=" + Uri.EscapeDataString(string.Join(" OR ", words.Select(filter))),
            words
        ));

    private static IEnumerable<Probe> Boxes(string word) =>
        new[]
        {
            "/portal?q=",
            "/portal/requests?state=all&scope=organization&q=",
            "/workspace/search?q=",
            "/api/v1/search?q=",
            "/workspace/people?q=",
            "/workspace/organizations?q=",
            "/portal/people?q=",
            "/plugins/crm/accounts?q=",
            "/plugins/crm/contacts?q=",
            "/plugins/crm/contracts?q=",
            "/api/v1/plugins/crm/accounts?q=",
            "/api/v1/plugins/crm/contacts?q=",
            "/api/v1/plugins/crm/contracts?q=",
        }.Select(address => new Probe(address + word, [word]));

    /// <summary>How an answer about a hidden row tells that there is something: it is another than about a row that never was, or not a 404.</summary>
    public static IEnumerable<string> TellsApart(
        HiddenRows.Family family,
        RouteCall call,
        string id,
        Answer hidden,
        Answer unknown,
        Member member
    )
    {
        if (Difference(hidden, id, unknown, family.Id) is { } difference)
        {
            yield return $"{call} tells {member} that there is something: {difference}";
        }

        // Who may not ask there at all is told so, whatever is asked for.
        if (family.IsAskedFor && hidden.Status != HttpStatusCode.NotFound && unknown.Status != HttpStatusCode.Forbidden)
        {
            yield return $"{call} answers {member} {(int)hidden.Status} instead of 404";
        }
    }

    /// <summary>Where two answers differ, without what is random in each page and without what was asked for; null when they do not.</summary>
    public static string? Difference(Answer hidden, string word, Answer unknown, string other) =>
        Difference(hidden, [word], unknown, [other]);

    /// <inheritdoc cref="Difference(Answer, string, Answer, string)"/>
    public static string? Difference(
        Answer hidden,
        IReadOnlyList<string> words,
        Answer unknown,
        IReadOnlyList<string> others
    )
    {
        // A number may stand elsewhere in both, so that each is taken out of both.
        var asked = words.Index().Concat(others.Index()).ToList();
        var search = SearchValues.Create([.. asked.Select(word => word.Item)], StringComparison.OrdinalIgnoreCase);
        var (one, two) = (Plain(hidden), Plain(unknown));
        if (one == two)
        {
            return null;
        }

        var at = one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"\"{Around(one, at)}\" instead of \"{Around(two, at)}\"";

        string Plain(Answer answer) =>
            $"{(int)answer.Status} {Without(asked, search, Random().Replace(answer.Body, ""))}";
    }

    private static string Without(
        IReadOnlyList<(int Index, string Item)> asked,
        SearchValues<string> search,
        string text
    )
    {
        var plain = new StringBuilder();
        var from = 0;
        for (var at = 0; text.AsSpan(at).IndexOfAny(search) is var next and >= 0; )
        {
            at += next;
            var begin = at;
            var found = asked.FirstOrDefault(word => Stands(text, begin, word.Item));
            if (found.Item is null)
            {
                at++;
                continue;
            }

            plain.Append(text, from, at - from).Append("ASKED").Append(found.Index);
            from = at += found.Item.Length;
        }

        return plain.Append(text, from, text.Length - from).ToString();
    }

    // A number is not found within a longer one.
    private static bool Stands(string text, int at, string word) =>
        text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && !(at + word.Length < text.Length && char.IsDigit(text[at + word.Length]))
        && !(char.IsDigit(word[0]) && at > 0 && char.IsDigit(text[at - 1]));

    private static string Around(string text, int at) =>
        text.Substring(Math.Max(0, at - 20), Math.Min(Shown, text.Length - Math.Max(0, at - 20)));

    [GeneratedRegex(
        "nonce=\"[^\"]*\"|name=\"__RequestVerificationToken\"[^>]*value=\"[^\"]*\"|\"traceId\":\"[^\"]*\"|value=\"[0-9a-f]{24}\"|<code>[^<]*</code>|CfDJ8[A-Za-z0-9_-]+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Random();
}

/// <summary>A search or filter for words.</summary>
internal sealed record Probe(string Address, IReadOnlyList<string> Words)
{
    /// <summary>Where it asks, whatever the words are.</summary>
    public string Place =>
        Words.Aggregate(Address, (address, word) => address.Replace(word, "", StringComparison.Ordinal));
}
