using System.Text;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Scripting.Api.Modules;
using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>A module, type or group of values in the reference.</summary>
public sealed record ReferenceSection(string Name, IReadOnlyList<ReferenceEntry> Entries);

/// <summary>A function or value in the reference.</summary>
/// <param name="Name">Its name in the section.</param>
/// <param name="Signature">As TypeScript declares it.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Permission">What the script's person needs; null for nothing.</param>
public sealed record ReferenceEntry(string Name, string Signature, string Summary, string? Permission);

/// <summary>The description of the API for people and editors: reference page, declarations, completion.</summary>
public sealed class ScriptReference(ScriptApi api, TextCatalogue texts)
{
    private static readonly (string Name, Type Record)[] Types =
    [
        ("Ticket", typeof(TicketAnswer)),
        ("Person", typeof(ScriptPerson)),
    ];

    private static readonly (string Name, string Type)[] Values =
    [
        ("ticket", "Ticket | null"),
        ("event", "{ type: string; at: string; position: number; actor: any; data: any } | null"),
        ("argument", "any"),
        ("now", "string"),
    ];

    /// <summary>The reference in a language.</summary>
    public IReadOnlyList<ReferenceSection> Sections(string language) =>
        [
            new(
                "global",
                [
                    .. Values.Select(value => new ReferenceEntry(
                        value.Name,
                        $"{value.Name}: {value.Type}",
                        Text(language, $"scripts.api.global.{value.Name}"),
                        null
                    )),
                ]
            ),
            new(
                "log",
                [
                    .. new[] { "info", "warn", "error" }.Select(level => new ReferenceEntry(
                        level,
                        $"log.{level}(...values: any[]): void",
                        Text(language, $"scripts.api.log.{level}"),
                        null
                    )),
                ]
            ),
            .. api.Active.Select(known => Section(known, language)),
        ];

    /// <summary>The declarations in TypeScript.</summary>
    public string Declarations(string language)
    {
        var declared = new StringBuilder();
        foreach (var (name, record) in Types)
        {
            declared.Append("interface ").Append(name).Append(" {\n");
            foreach (var property in TypeScript.PropertiesOf(record))
            {
                declared.Append("  ").Append(property.Name).Append(": ").Append(property.Type).Append(";\n");
            }

            foreach (var known in api.Active.Where(known => known.Type == name))
            {
                Declare(declared, known, language, "  ");
            }

            declared.Append("}\n\n");
        }

        foreach (var value in Values)
        {
            declared.Append("declare const ").Append(value.Name).Append(": ").Append(value.Type).Append(";\n");
        }

        declared.Append(
            "declare const log: { info(...values: any[]): void; warn(...values: any[]): void; error(...values: any[]): void };\n\n"
        );
        foreach (var known in api.Active.Where(known => known.Type is null))
        {
            declared.Append("declare const ").Append(known.Module.Name).Append(": {\n");
            Declare(declared, known, language, "  ");
            declared.Append("};\n\n");
        }

        return declared.ToString();
    }

    /// <summary>What an editor completes: names behind each module and type, with signature and summary.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string[]>> Words(string language)
    {
        var words = new Dictionary<string, IReadOnlyList<string[]>>(StringComparer.Ordinal);
        foreach (var section in Sections(language))
        {
            words[section.Name] = [.. section.Entries.Select(e => new[] { e.Name, e.Signature, e.Summary })];
        }

        words["ticket"] =
        [
            .. words.GetValueOrDefault("ticket") ?? [],
            .. TypeScript.PropertiesOf(typeof(TicketAnswer)).Select(p => new[] { p.Name, $"{p.Name}: {p.Type}", "" }),
        ];
        return words;
    }

    private ReferenceSection Section(KnownModule known, string language) =>
        new(
            known.Module.Name,
            [
                .. known.Module.Functions.Select(function => new ReferenceEntry(
                    function.Name,
                    known.Module.Name + "." + function.Name + TypeScript.Of(Seen(known, function)),
                    Text(language, function.SummaryKey),
                    function.Permission
                )),
            ]
        );

    private void Declare(StringBuilder declared, KnownModule known, string language, string indent)
    {
        foreach (var function in known.Module.Functions)
        {
            declared
                .Append(indent)
                .Append("/** ")
                .Append(Text(language, function.SummaryKey).Replace("*/", "* /", StringComparison.Ordinal))
                .Append(" */\n")
                .Append(indent)
                .Append(function.Name)
                .Append(TypeScript.Of(Seen(known, function)))
                .Append(";\n");
        }
    }

    // A method's first parameter is the value it belongs to.
    private static Sdk.Scripting.ScriptFunction Seen(KnownModule known, Sdk.Scripting.ScriptFunction function) =>
        known.Type is null ? function : function with { Parameters = [.. function.Parameters.Skip(1)] };

    private string Text(string language, string key) => texts.Find(language, key) ?? $"[{key}]";
}
