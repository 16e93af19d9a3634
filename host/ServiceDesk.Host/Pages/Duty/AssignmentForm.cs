using System.Globalization;
using System.Text.Json;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Duty;

/// <summary>An assignment policy as a form writes it: drawn from a document, and read into one.</summary>
public sealed class AssignmentForm
{
    private const string Korean = "ko";
    private static readonly string[] Names =
    [
        "name",
        "nameKo",
        "enabled",
        "team",
        "method",
        "skills",
        "skillField",
        "onlyWorking",
        "capacity",
        "capacities",
        "desks",
        "query",
        "order",
    ];

    private readonly Dictionary<string, string> values;

    private AssignmentForm(Dictionary<string, string> values) => this.values = values;

    /// <summary>A method as documents name it.</summary>
    public static string Word(AssignmentMethod method) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(method.ToString());

    /// <summary>A policy that says nothing yet.</summary>
    public static AssignmentForm Blank() =>
        Of(
            new AssignmentDocument
            {
                Id = "",
                Name = LocalizedText.Of(""),
                Team = "",
            }
        );

    /// <summary>The form of a document.</summary>
    public static AssignmentForm Of(AssignmentDocument document) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = document.Name.In("en"),
                ["nameKo"] = document.Name.Texts.Find(Korean) ?? "",
                ["enabled"] = Flag(document.Enabled),
                ["team"] = document.Team,
                ["method"] = Word(document.Method),
                ["skills"] = string.Join(", ", document.Skills),
                ["skillField"] = document.SkillField ?? "",
                ["onlyWorking"] = Flag(document.OnlyWorking),
                ["capacity"] = document.Capacity?.ToString(CultureInfo.InvariantCulture) ?? "",
                ["capacities"] = string.Join('\n', document.Capacities.Select(one => $"{one.Key} {one.Value}")),
                ["desks"] = string.Join('\n', document.Desks),
                ["query"] = document.Query,
                ["order"] = document.Order.ToString(CultureInfo.InvariantCulture),
            }
        );

    /// <summary>The form as somebody filled it.</summary>
    public static AssignmentForm Typed(Func<string, string> value) =>
        new(Names.ToDictionary(name => name, name => value(name).Trim(), StringComparer.Ordinal));

    /// <summary>The input at a place of the document; null for the whole.</summary>
    public static string? InputAt(string path) =>
        path.Split('/') is [_, var first, ..] && Names.Contains(first) ? first : null;

    /// <summary>The document that it says; what is no number is told at its input.</summary>
    /// <param name="id">The document's id; null makes one of the name.</param>
    public AssignmentDocument Read(string? id, FormErrors errors)
    {
        var (name, korean) = (values["name"], values["nameKo"]);
        if (name.Length is 0 or > 200 || korean.Length > 200)
        {
            errors.Add("name", "administration.name-wrong");
        }

        return new AssignmentDocument
        {
            Id = id ?? RuleIds.From(name),
            Name = korean.Length == 0 ? LocalizedText.Of(name) : LocalizedText.Of(name, korean),
            Enabled = values["enabled"] == "true",
            Team = values["team"],
            Method =
                Enum.GetValues<AssignmentMethod>().FirstOrDefault(method => Word(method) == values["method"])
                    is var chosen
                && Enum.IsDefined(chosen)
                    ? chosen
                    : AssignmentMethod.LeastWork,
            Skills = WorkForms.Skills(values["skills"]),
            SkillField = values["skillField"] is { Length: > 0 } field ? field : null,
            OnlyWorking = values["onlyWorking"] == "true",
            Capacity = values["capacity"].Length == 0 ? null : Number(values["capacity"], "capacity", errors),
            Capacities = Capacities(errors),
            Desks = Lines(values["desks"]).ToValueList(),
            Query = values["query"],
            Order = values["order"].Length == 0 ? 100 : Number(values["order"], "order", errors),
        };
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<FieldInput> Inputs(
        IConfiguration configuration,
        IReadOnlyList<string> teams,
        FormErrors errors,
        ITexts texts
    )
    {
        var own = values["team"];
        IEnumerable<string> known = own.Length == 0 || teams.Contains(own) ? teams : [.. teams, own];
        return
        [
            Input("name", FieldKind.Text) with
            {
                IsRequired = true,
                MaxLength = 200,
            },
            Input("nameKo", FieldKind.Text) with
            {
                MaxLength = 200,
            },
            Input("team", FieldKind.Choice) with
            {
                IsRequired = true,
                Choices = [.. known.Select(team => (team, team))],
            },
            Input("method", FieldKind.Choice) with
            {
                IsRequired = true,
                Choices =
                [
                    .. Enum.GetValues<AssignmentMethod>()
                        .Select(method => (Word(method), texts[$"duty.method-{Word(method)}"])),
                ],
            },
            Input("skills", FieldKind.Text) with
            {
                MaxLength = 3000,
                Help = texts["duty.assignment-skills-help"],
            },
            Input("skillField", FieldKind.Choice) with
            {
                Choices = [.. configuration.All<FieldDocument>().Select(field => (field.Id, field.Name.ToString()))],
                Help = texts["duty.assignment-skillField-help"],
            },
            Input("onlyWorking", FieldKind.Flag) with
            {
                Help = texts["duty.assignment-onlyWorking-help"],
            },
            Input("capacity", FieldKind.Number) with
            {
                Help = texts["duty.assignment-capacity-help"],
            },
            Input("capacities", FieldKind.LongText) with
            {
                MaxLength = 20_000,
                Help = texts["duty.assignment-capacities-help"],
            },
            Input("desks", FieldKind.Choices) with
            {
                Choices = [.. configuration.All<DeskDocument>().Select(desk => (desk.Id, $"{desk.Id} · {desk.Name}"))],
                Help = texts["duty.assignment-desks-help"],
            },
            Input("query", FieldKind.Text) with
            {
                MaxLength = 4000,
                Help = texts["duty.assignment-query-help"],
            },
            Input("order", FieldKind.Number) with
            {
                Help = texts["duty.assignment-order-help"],
            },
            Input("enabled", FieldKind.Flag),
        ];

        FieldInput Input(string name, FieldKind kind) =>
            new(name, texts[$"duty.assignment-{name}"], kind) { Value = values[name], Error = errors[name] };
    }

    // A line for each: address and number.
    private ValueMap<int> Capacities(FormErrors errors)
    {
        var capacities = ValueMap<int>.Empty;
        foreach (var line in Lines(values["capacities"]))
        {
            if (
                line.Split((char[])[' ', '\t', ':', '='], StringSplitOptions.RemoveEmptyEntries)
                    is [var email, var number]
                && email.Contains('@', StringComparison.Ordinal)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var capacity)
            )
            {
                capacities = capacities.SetItem(email, capacity);
            }
            else
            {
                errors.Add("capacities", "duty.capacity-line-wrong", line.Length <= 60 ? line : line[..60] + "…");
            }
        }

        return capacities;
    }

    private static int Number(string text, string input, FormErrors errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(input, "duty.number-wrong");
        return 0;
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Flag(bool value) => value ? "true" : "";
}
