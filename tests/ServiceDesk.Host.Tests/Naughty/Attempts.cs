using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>Attempts with each of the strings that break programs, and what was found.</summary>
public abstract class Attempts
{
    private readonly ConcurrentQueue<string> failures = new();

    protected static string[] Strings { get; } =
        JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "blns.json")))!;

    /// <summary>The same by what they break: numbers, code points, markup, statements of SQL, paths and so on.</summary>
    protected static IReadOnlyList<string[]> Hazards { get; } =
    [.. Sections(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "blns.txt")))];

    /// <summary>One of each of these.</summary>
    protected static IReadOnlyList<string> OfEachKind { get; } = [.. Hazards.Select(kind => kind[0])];

    private static IEnumerable<string[]> Sections(IEnumerable<string> lines)
    {
        var section = new List<string>();
        foreach (var line in lines.Append("#"))
        {
            if (!line.StartsWith('#'))
            {
                section.Add(line);
            }
            else if (section.Exists(one => one.Length > 0))
            {
                yield return [.. section.Where(one => one.Length > 0)];
                section.Clear();
            }
        }
    }

    protected async Task<JsonNode> ReadAsync(HttpResponseMessage answer, string what, string text)
    {
        var read = await answer.Content.ReadAsStringAsync();
        Note((int)answer.StatusCode >= 500 ? $"{what} answers {(int)answer.StatusCode}" : null, text);
        return read.StartsWith('{') ? JsonNode.Parse(read)! : new JsonObject();
    }

    protected async Task PageAsync(Task<HttpResponseMessage> sent, string what, string text)
    {
        var page = await Answer.OfAsync(sent);
        Note((int)page.Status >= 500 ? $"{what} answers {(int)page.Status}" : null, text);
        Note(
            IsMarkup(text)
            && page.Head.Contains("text/html", StringComparison.Ordinal)
            && page.Body.Contains(text, StringComparison.Ordinal)
                ? $"{what} holds it as markup"
                : null,
            text
        );
    }

    // What a page must never hold as it is: an element with something in it.
    protected static bool IsMarkup(string text) =>
        text.Length > 4 && text.Contains('<', StringComparison.Ordinal) && text.Contains('>', StringComparison.Ordinal);

    // Headers are bytes: what cannot stand in one does not leave the client.
    protected static string Header(string text) =>
        string.Concat(text.Where(character => character is >= ' ' and < (char)127));

    protected void Same(string text, string? expected, string? found, string where) =>
        Note(expected == found ? null : $"{where} reads back as {JsonSerializer.Serialize(found)}", text);

    protected void Note(string? failure, string text)
    {
        if (failure is not null)
        {
            failures.Enqueue($"{failure}: {JsonSerializer.Serialize(text)}");
        }
    }

    protected async Task EachAsync(Func<string, Task> attempt, int atOnce = 4)
    {
        await Parallel.ForEachAsync(
            Strings,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (text, _) => await attempt(text)
        );
        AssertNothingFound();
    }

    /// <summary>What the server logged of it.</summary>
    protected abstract string Why();

    protected void AssertNothingFound() =>
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} failures:\n{string.Join('\n', failures.Order(StringComparer.Ordinal).Take(40))}\n{Why()}"
        );
}

/// <summary>Attempts in a small company.</summary>
public abstract class CompanyAttempts(SmallCompany company) : Attempts
{
    protected SmallCompany Company { get; } = company;

    protected override string Why() => Company.Faults();

    protected async Task<JsonNode> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        params (string, string?)[] headers
    )
    {
        using var request = Answers.Request(method, path, body, headers);
        using var answer = await Company.AsAgent.SendAsync(request);
        return await ReadAsync(answer, $"{method} {path}", "");
    }
}
