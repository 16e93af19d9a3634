using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Configuration.Yaml;

namespace ServiceDesk.Core.Tests.Configuration;

public class YamlTests
{
    private static readonly string[] Awkward =
    [
        "",
        " ",
        "~",
        "null",
        "yes",
        "No",
        "on",
        "True",
        "1",
        "1.0",
        "1e3",
        "0x1F",
        "0o7",
        "12:30",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        ".inf",
        "-",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "'a'",
        "\"a\"",
        "%a",
        "@a",
        "`a`",
        "{a}",
        "[a]",
        "a, b",
        "? a",
        "---",
        "...",
        "<<",
        "=",
        "a\nb",
        "a\n\nb\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a\n  b",
        "a \nb",
        "a\r\nb",
        "a\tb",
        "\ta",
        "a\u0085b",
        "a\u2028b",
        "\ufeff",
        "a\u00a0b",
        "\u0000",
        "\u001b",
        "\u007f",
        "안녕하세요: 반갑습니다",
        "日本語",
        "👍🏽",
        "a👍",
        "\\",
        "\\n",
        "C:\\Users",
        "https://example.com/?a=b#c",
        "é",
        "e\u0301",
        "\u202e",
    ];

    [Fact]
    public void Awkward_texts_come_back_as_they_were()
    {
        foreach (var text in Awkward)
        {
            AssertComesBack(text);
        }
    }

    [Fact]
    public void Any_tree_comes_back_as_it_was() =>
        Prop.ForAll(
                Trees().ToArbitrary(),
                tree => JsonNode.DeepEquals(tree, YamlReader.Read(YamlWriter.Write(tree)).Root)
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a: 1\na: 2\n", "configuration.yaml-key-twice")]
    [InlineData("a: &x 1\n", "configuration.yaml-no-anchors")]
    [InlineData("a: &x {b: 1}\n", "configuration.yaml-no-anchors")]
    [InlineData("a: *x\n", "configuration.yaml-no-anchors")]
    [InlineData("a: !!str 1\n", "configuration.yaml-no-anchors")]
    [InlineData("&x {a: 1}\n", "configuration.yaml-no-anchors")]
    [InlineData("? [a]\n: 1\n", "configuration.yaml-key")]
    [InlineData("- a\n", "configuration.yaml-no-mapping")]
    [InlineData("", "configuration.yaml-no-mapping")]
    [InlineData("a: 1\n---\nb: 1\n", "configuration.yaml-one-document")]
    [InlineData("a: [1\n", "configuration.yaml-syntax")]
    [InlineData("a: \"x\n", "configuration.yaml-syntax")]
    public void What_is_no_plain_mapping_is_refused_in_a_sentence(string yaml, string code)
    {
        var content = YamlReader.Read(yaml);

        Assert.Null(content.Root);
        Assert.Equal(code, Assert.Single(content.Problems).Code);
    }

    [Fact]
    public void Nothing_that_is_read_throws() =>
        Prop.ForAll(
                Gen.OneOf(Gen.Elements(Awkward), Gen.Elements("a: ", "\n", "- ", "{", "]", "&x ", "*x", "|", "'", "\""))
                    .ListOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                yaml => YamlReader.Read(yaml).Root is not null || YamlReader.Read(yaml).Problems.Count > 0
            )
            .QuickCheckThrowOnFailure();

    private static void AssertComesBack(string text)
    {
        var tree = new JsonObject { [text.Length == 0 ? "key" : text] = text, ["list"] = new JsonArray(text, text) };
        var yaml = YamlWriter.Write(tree);
        var content = YamlReader.Read(yaml);
        Assert.True(content.Root is not null, $"{yaml}: {content.Problems}");
        Assert.Equal(tree.ToJsonString(), content.Root.ToJsonString());
    }

    private static Gen<JsonObject> Trees() =>
        Gen.Sized(size =>
            Nodes(Math.Min(size, 12)).ListOf(3).Select(items => Map(items.Select(item => item?.DeepClone())))
        );

    private static Gen<JsonNode?> Nodes(int size) =>
        size <= 1
            ? Leaves()
            : Gen.OneOf(
                Leaves(),
                Nodes(size / 2)
                    .ListOf()
                    .Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())])),
                Nodes(size / 2).ListOf().Select(items => (JsonNode?)Map(items.Select(i => i?.DeepClone())))
            );

    private static Gen<JsonNode?> Leaves() =>
        Gen.OneOf(
            Texts().Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Choose(-1000, 1000).Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant((JsonNode?)null)
        );

    private static Gen<string> Texts() =>
        Gen.OneOf(
            Gen.Elements(Awkward),
            Gen.Elements(Awkward).Two().Select(two => two.Item1 + two.Item2),
            Gen.Choose(1, 0xd7ff).Select(code => (char)code).ListOf().Select(characters => string.Concat(characters))
        );

    private static JsonObject Map(IEnumerable<JsonNode?> values)
    {
        var map = new JsonObject();
        foreach (var (index, value) in values.Index())
        {
            map[index < Awkward.Length ? $"{Awkward[(index * 7) % Awkward.Length]}{index}" : $"key{index}"] = value;
        }

        return map;
    }
}
