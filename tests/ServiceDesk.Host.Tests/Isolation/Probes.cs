using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Asks for something hidden and for something that never was, and looks whether the answers can be told apart.</summary>
internal static partial class Probes
{
    private const int OfAKind = 2;
    private const int Shown = 60;

    /// <summary>Hidden words to ask for: of each kind of row some, from different tickets and people.</summary>
    public static IEnumerable<Canary> Hidden(IsolationWorld world, Member member) =>
        world
            .Canaries.Values.Where(canary => !canary.MaySee(member))
            .GroupBy(canary => canary.What.Split(" of ")[0], StringComparer.Ordinal)
            .SelectMany(group => group.OrderBy(canary => canary.What, StringComparer.Ordinal).Take(OfAKind));

    /// <summary>Every search and filter in which a word can be asked for, by the API and on pages.</summary>
    public static IReadOnlyList<string> Searches(string word)
    {
        string[] filters =
        [
            $"text ~ {word}",
            $"summary ~ {word} OR description ~ {word}",
            $"label = {word}",
            $"externalId = {word}",
            $"{WorldDocuments.ShownField} ~ {word}",
            $"{WorldDocuments.HiddenField} ~ {word}",
            $"requester = \"{word} Doe\"",
            $"requester = \"{word}@example.com\"",
            $"assignee = \"{word} Doe\"",
            $"team = {word}",
            $"organization = \"{word} Corporation\"",
            $"organization = {word}",
            $"requestType = {word}",
            $"account = {word}",
            $"contract = {word}",
            $"plan = {word}",
        ];
        return
        [
            .. filters.Select(filter => $"/api/v1/tickets?query={Uri.EscapeDataString(filter)}"),
            $"/portal?q={word}",
            $"/portal/requests?state=all&scope=organization&q={word}",
            $"/workspace/search?q={word}",
            $"/workspace/people?q={word}",
            $"/plugins/crm/accounts?q={word}",
            $"/plugins/crm/contacts?q={word}",
            $"/plugins/crm/contracts?q={word}",
            $"/api/v1/plugins/crm/accounts?q={word}",
            $"/api/v1/plugins/crm/contacts?q={word}",
            $"/api/v1/plugins/crm/contracts?q={word}",
        ];
    }

    /// <summary>Where two answers differ, without what is random in each page and without what was asked for; null when they do not.</summary>
    public static string? Difference(Answer hidden, string word, Answer unknown, string other)
    {
        var (one, two) = (Plain(hidden, word), Plain(unknown, other));
        if (one == two)
        {
            return null;
        }

        var at = one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"\"{Around(one, at)}\" instead of \"{Around(two, at)}\"";
    }

    private static string Around(string text, int at) =>
        text.Substring(Math.Max(0, at - 20), Math.Min(Shown, text.Length - Math.Max(0, at - 20)));

    private static string Plain(Answer answer, string asked) =>
        $"{(int)answer.Status} {Random().Replace(answer.Body, "").Replace(asked, "ASKED", StringComparison.OrdinalIgnoreCase)}";

    [GeneratedRegex(
        "nonce=\"[^\"]*\"|name=\"__RequestVerificationToken\"[^>]*value=\"[^\"]*\"|\"traceId\":\"[^\"]*\"|value=\"[0-9a-f]{24}\"|<code>[^<]*</code>|CfDJ8[A-Za-z0-9_-]+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Random();
}
