using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceDesk.Core.Configuration.Yaml;

/// <summary>Writes a JSON tree as YAML in one canonical form: keys in the order given, two spaces, line feeds, no line folding.</summary>
internal sealed class YamlWriter
{
    private readonly StringBuilder output = new();

    /// <summary>The tree as a YAML document that ends with a line feed.</summary>
    public static string Write(JsonObject root)
    {
        var writer = new YamlWriter();
        writer.Members(root, 0, continuesLine: false);
        return writer.output.ToString();
    }

    private void Members(JsonObject map, int indent, bool continuesLine)
    {
        foreach (var (key, value) in map)
        {
            if (!continuesLine)
            {
                output.Append(' ', indent);
            }

            continuesLine = false;
            output.Append(YamlText.Inline(key)).Append(':');
            Value(value, indent);
        }
    }

    private void Value(JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                output.Append('\n');
                Members(map, indent + 2, continuesLine: false);
                break;
            case JsonArray { Count: > 0 } list:
                output.Append('\n');
                Items(list, indent + 2);
                break;
            default:
                output.Append(' ');
                Scalar(value, indent + 2);
                break;
        }
    }

    private void Items(JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            output.Append(' ', indent).Append("- ");
            switch (item)
            {
                case JsonObject { Count: > 0 } map:
                    Members(map, indent + 2, continuesLine: true);
                    break;
                case JsonArray { Count: > 0 } inner:
                    output.Length -= 1;
                    output.Append('\n');
                    Items(inner, indent + 2);
                    break;
                default:
                    Scalar(item, indent + 2);
                    break;
            }
        }
    }

    private void Scalar(JsonNode? value, int indent)
    {
        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case JsonObject:
                output.Append("{}");
                break;
            case JsonArray:
                output.Append("[]");
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                Text(text.GetValue<string>(), indent);
                return;
            default:
                output.Append(value.ToJsonString());
                break;
        }

        output.Append('\n');
    }

    private void Text(string text, int indent)
    {
        if (!YamlText.IsBlock(text))
        {
            output.Append(YamlText.Inline(text)).Append('\n');
            return;
        }

        var endsWithBreak = text[^1] == '\n';
        output.Append(endsWithBreak ? "|\n" : "|-\n");
        foreach (var line in (endsWithBreak ? text[..^1] : text).Split('\n'))
        {
            output.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
        }
    }
}
