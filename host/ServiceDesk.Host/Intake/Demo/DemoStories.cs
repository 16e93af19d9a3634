using System.Reflection;
using System.Text.Json;
using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>What somebody asks for and how it goes on. Places such as <c>{place}</c> are filled anew each time it is told.</summary>
/// <param name="RequestType">The id of the request type.</param>
/// <param name="Impact">Of an incident: <c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="Urgency">As impact.</param>
/// <param name="Turns">What is written: <c>A:</c> the agent, <c>C:</c> the customer, <c>N:</c> a note among agents. The last is the answer that solves it.</param>
internal sealed record DemoStory(
    string Desk,
    string RequestType,
    string Impact,
    string Urgency,
    string Summary,
    string Description,
    IReadOnlyList<string> Turns
);

/// <summary>Stories of one language, and the words that fill their places.</summary>
internal sealed record DemoStories(IReadOnlyDictionary<string, string[]> Words, IReadOnlyList<DemoStory> Stories)
{
    private static readonly JsonSerializerOptions Notation = new(JsonSerializerDefaults.Web);
    private static readonly Assembly Own = typeof(DemoStories).Assembly;

    /// <summary>The stories of a language, <c>en</c> or <c>ko</c>.</summary>
    public static DemoStories In(string language)
    {
        using var stream = Own.GetManifestResourceStream($"demo/stories.{language}.json")!;
        return JsonSerializer.Deserialize<DemoStories>(stream, Notation)!;
    }

    /// <summary>The documents of the demo's further desks.</summary>
    public static IReadOnlyList<ConfigurationFile> Documents()
    {
        const string folder = "demo/configuration/";
        return
        [
            .. Own.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new ConfigurationFile(name[folder.Length..], Read(name))),
        ];
    }

    /// <summary>A story with its places filled.</summary>
    public DemoStory Tell(DemoStory story, DemoRandom random)
    {
        var chosen = Words.ToDictionary(word => word.Key, word => random.Of(word.Value), StringComparer.Ordinal);
        return story with
        {
            Summary = Filled(story.Summary, chosen),
            Description = Filled(story.Description, chosen),
            Turns = [.. story.Turns.Select(turn => Filled(turn, chosen))],
        };
    }

    private static string Filled(string text, Dictionary<string, string> words) =>
        words.Aggregate(
            text,
            (filled, word) => filled.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal)
        );

    private static string Read(string name)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
