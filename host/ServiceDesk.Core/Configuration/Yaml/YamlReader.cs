using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServiceDesk.Sdk.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServiceDesk.Core.Configuration.Yaml;

/// <summary>What a YAML text holds.</summary>
/// <param name="Root">The tree; null when there are problems.</param>
/// <param name="Lines">The line, from 1, of each value by JSON pointer.</param>
/// <param name="Problems">Why it could not be read.</param>
internal sealed record YamlContent(
    JsonObject? Root,
    IReadOnlyDictionary<string, int> Lines,
    ValueList<DocumentProblem> Problems
);

/// <summary>
/// Reads YAML as a JSON tree: one document, a mapping at its root, at most 32 levels. Anchors, aliases and tags are refused,
/// since a file of configuration has no use for them and they let a few lines grow without bound.
/// </summary>
internal sealed partial class YamlReader
{
    private const int DeepestLevel = 32;
    private const int LongestText = 1_000_000;

    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly Parser parser;

    private YamlReader(string text) => parser = new Parser(new StringReader(text));

    /// <summary>Reads a text; never throws for what stands in it.</summary>
    public static YamlContent Read(string text)
    {
        if (text.Length > LongestText)
        {
            return Failed(DocumentProblem.At("", "configuration.yaml-too-large"));
        }

        var reader = new YamlReader(text);
        try
        {
            return new YamlContent(reader.Document(), reader.lines, []);
        }
        catch (RefusedYamlException refused)
        {
            return Failed(refused.Problem);
        }
        catch (YamlException error)
        {
            return Failed(Mistake("configuration.yaml-syntax", error.Start));
        }
        // The scanner answers some damaged texts (a byte order mark in the middle of a line) with this instead of a mistake.
        catch (InvalidOperationException)
        {
            return Failed(Mistake("configuration.yaml-syntax", new Mark(0, 1, 1)));
        }
    }

    private static YamlContent Failed(DocumentProblem problem) => new(null, new Dictionary<string, int>(), [problem]);

    private static DocumentProblem Mistake(string code, Mark at, params ReadOnlySpan<string> more) =>
        DocumentProblem.At("", code, [$"{at.Line}", $"{at.Column}", .. more]);

    private JsonObject Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.Accept<MappingStart>(out _))
        {
            throw new RefusedYamlException(Mistake("configuration.yaml-no-mapping", new Mark(0, 1, 1)));
        }

        lines[""] = 1;
        var root = Map("", 1);
        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _)
            ? root
            : throw Refused("configuration.yaml-one-document", parser.Current!);
    }

    private JsonNode? Node(string path, int level)
    {
        if (level > DeepestLevel)
        {
            throw Refused("configuration.yaml-too-deep", parser.Current!);
        }

        lines[path] = (int)parser.Current!.Start.Line;
        if (
            parser.Current is AnchorAlias
            || parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)
        )
        {
            throw Refused("configuration.yaml-no-anchors", parser.Current);
        }

        return parser.Current switch
        {
            MappingStart => Map(path, level),
            SequenceStart => List(path, level),
            _ => Plain(parser.Consume<Scalar>()),
        };
    }

    private JsonObject Map(string path, int level)
    {
        var start = parser.Consume<MappingStart>();
        if (!start.Anchor.IsEmpty || !start.Tag.IsEmpty)
        {
            throw Refused("configuration.yaml-no-anchors", start);
        }

        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw Refused("configuration.yaml-key", parser.Current!);
            }

            if (map.ContainsKey(key.Value))
            {
                throw new RefusedYamlException(Mistake("configuration.yaml-key-twice", key.Start, key.Value));
            }

            map[key.Value] = Node($"{path}/{JsonPointer.Escape(key.Value)}", level + 1);
        }

        return map;
    }

    private JsonArray List(string path, int level)
    {
        parser.Consume<SequenceStart>();
        var list = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(Node($"{path}/{list.Count}", level + 1));
        }

        return list;
    }

    private static JsonNode? Plain(Scalar scalar) =>
        scalar.Style != ScalarStyle.Plain
            ? JsonValue.Create(scalar.Value)
            : scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => null,
                "true" or "True" or "TRUE" => JsonValue.Create(true),
                "false" or "False" or "FALSE" => JsonValue.Create(false),
                var number when JsonNumber().IsMatch(number) => JsonNode.Parse(number),
                var text => JsonValue.Create(text),
            };

    private static RefusedYamlException Refused(string code, ParsingEvent at) => new(Mistake(code, at.Start));

    [GeneratedRegex(
        @"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex JsonNumber();

    /// <summary>Leaves the descent into the text; caught where reading began.</summary>
    private sealed class RefusedYamlException(DocumentProblem problem) : Exception(problem.Code)
    {
        public DocumentProblem Problem { get; } = problem;
    }
}
