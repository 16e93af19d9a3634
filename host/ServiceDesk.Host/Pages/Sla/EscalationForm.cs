using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Sla;

/// <summary>The escalation levels of one goal in a form, drawn by <c>Sla/_Escalations</c>. A page may hold many, each under a path of its own.</summary>
public sealed record EscalationForm
{
    /// <summary>Before the names of its controls, such as <c>metrics.0.goals.1</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The levels as they are written.</summary>
    public required ValueList<SlaEscalation> Levels { get; init; }

    /// <summary>Where the form is drawn anew when a button or choice changes its shape.</summary>
    public required string Shape { get; init; }

    /// <summary>The id of the form.</summary>
    public required string Form { get; init; }

    internal RulePhrases Phrases { private get; init; } = null!;

    /// <summary>The levels as the form carries them along, so that what it does not show is kept.</summary>
    public string Rest => JsonSerializer.Serialize(Levels, ServiceDeskJson.Stored);

    /// <summary>The name of a control of a level.</summary>
    public string Name(int level, string part) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}.levels.{level}.{part}");

    /// <summary>An action of a level, as a sentence of choices.</summary>
    public IHtmlContent Do(int level, int number) =>
        Phrases.Action(
            Name(level, string.Create(CultureInfo.InvariantCulture, $"do.{number}")),
            Levels[level].Do[number],
            EscalationRules.Actions
        );

    /// <summary>What a button asks for; <see cref="EscalationForms.Apply"/> understands it.</summary>
    public string Op(string act, params ReadOnlySpan<int> places)
    {
        var op = $"{Path}:{act}";
        foreach (var place in places)
        {
            op += string.Create(CultureInfo.InvariantCulture, $".{place}");
        }

        return op;
    }
}

/// <summary>Draws escalation levels in forms and reads them back.</summary>
public sealed class EscalationForms(
    RuleVocabulary vocabulary,
    ICurrentConfiguration configuration,
    IPeopleStore people,
    ITexts texts
)
{
    private const int MostLevels = 20;

    /// <summary>The form of levels.</summary>
    /// <param name="path">Before the names of its controls; unique in the page.</param>
    /// <param name="shape">Where the form is drawn anew.</param>
    /// <param name="form">The id of the form.</param>
    public async Task<EscalationForm> DrawAsync(
        string path,
        ValueList<SlaEscalation> levels,
        string shape,
        string form,
        CancellationToken cancellation
    ) =>
        new()
        {
            Path = path,
            Levels = levels,
            Shape = shape,
            Form = form,
            Phrases = new RulePhrases(
                texts,
                vocabulary,
                new RuleChoices(texts, vocabulary, configuration.Snapshot),
                new RuleControls(shape, $"#{form}"),
                [.. (await people.TeamsAsync(cancellation)).Select(team => team.Name)],
                new HashSet<string>(),
                completion: ""
            ),
        };

    /// <summary>The levels that stand in a form under a path; they need not be valid.</summary>
    public ValueList<SlaEscalation> Read(IFormCollection form, string path)
    {
        var rest = Rest(form[$"{path}.levels-rest"].ToString());
        var rules = new RuleForm(form, vocabulary);
        var levels = new List<SlaEscalation>();
        for (var number = 0; number < MostLevels; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{path}.levels.{number}");
            if (!form.ContainsKey($"{name}.at"))
            {
                break;
            }

            var isKnown = int.TryParse(form[$"{name}.drawn"].ToString(), CultureInfo.InvariantCulture, out var drawn);
            var before = isKnown && drawn >= 0 && drawn < rest.Count ? rest[drawn] : new SlaEscalation { At = "" };
            levels.Add(
                before with
                {
                    At = At(form[$"{name}.at"].ToString()),
                    Urgent = form[$"{name}.urgent"].Contains("true"),
                    Do = rules.Actions($"{name}.do", before.Do),
                }
            );
        }

        return levels.ToValueList();
    }

    /// <summary>What a button of the form asks for, on levels that were read; those of other paths change nothing.</summary>
    public static ValueList<SlaEscalation> Apply(ValueList<SlaEscalation> levels, string path, string? asked)
    {
        if (asked is null || !asked.StartsWith(path + ":", StringComparison.Ordinal))
        {
            return levels;
        }

        var parts = asked[(path.Length + 1)..].Split('.');
        var (level, number) = (Place(parts, 1), Place(parts, 2));
        var isThere = level >= 0 && level < levels.Count;
        return parts[0] switch
        {
            "add" when levels.Count < MostLevels => levels.Add(
                new SlaEscalation { At = "100%", Do = [Told(PeopleWords.Lead)] }
            ),
            "remove" when isThere => Without(levels, level),
            "add-do" when isThere => levels.SetItem(
                level,
                levels[level] with
                {
                    Do = levels[level].Do.Add(Told(PeopleWords.Assignee)),
                }
            ),
            "remove-do" when isThere => levels.SetItem(
                level,
                levels[level] with
                {
                    Do = Without(levels[level].Do, number),
                }
            ),
            _ => levels,
        };
    }

    /// <summary>A level's time as documents have it: also <c>30m</c> and <c>+1h</c>, as people write them.</summary>
    public static string At(string typed)
    {
        var text = typed.Trim().Replace(" ", "", StringComparison.Ordinal);
        var isAfter = text.StartsWith('+');
        return !text.EndsWith('%') && DurationText.TryParse(isAfter ? text[1..] : text, out var time)
            ? (isAfter ? "+" : "") + IsoDuration.Format(time)
            : text;
    }

    private static RuleAction Told(string word) => new() { Do = ActionWords.Notify, People = [word] };

    private static int Place(string[] parts, int index) =>
        parts.Length > index && int.TryParse(parts[index], CultureInfo.InvariantCulture, out var place) ? place : -1;

    private static ValueList<T> Without<T>(ValueList<T> list, int number) =>
        list.Where((_, index) => index != number).ToValueList();

    private static ValueList<SlaEscalation> Rest(string json)
    {
        try
        {
            return json.Length == 0
                ? []
                : JsonSerializer.Deserialize<ValueList<SlaEscalation>>(json, ServiceDeskJson.Stored) ?? [];
        }
        catch (JsonException)
        {
            // A form that was tampered with, or of another version: what it shows is read all the same.
            return [];
        }
    }
}
