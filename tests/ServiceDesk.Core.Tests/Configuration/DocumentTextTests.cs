using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

public class DocumentTextTests
{
    [Fact]
    public async Task Every_kind_reads_back_from_its_yaml_and_its_json_as_it_was()
    {
        var text = await Shown.TextAsync();
        foreach (var (document, _, _) in Shown.Whole.Documents)
        {
            var fromYaml = text.FromYaml(text.ToYaml(document));
            Assert.Empty(fromYaml.Problems);
            Assert.Equal(document, fromYaml.Document);
            Assert.Equal(document, DocumentText.FromStored(DocumentTypes.KindOf(document), text.ToJson(document)));
        }
    }

    [Fact]
    public async Task A_value_that_no_schema_can_judge_is_told_with_its_whole_place_and_line()
    {
        var text = await Shown.TextAsync();

        var reading = text.FromYaml(
            """
            kind: calendar
            id: seoul
            name: Seoul
            zone: Asia/Seoul
            holidays:
              - date: "2026-09-25"
              - date: "2026-02-30"
            """
        );

        var problem = Assert.Single(reading.Problems);
        Assert.Equal("/holidays/1/date", problem.Path);
        Assert.Equal(7, reading.LineOf(problem));
    }

    [Fact]
    public async Task A_document_has_one_yaml_in_the_order_of_its_schema_without_what_goes_without_saying()
    {
        var text = await Shown.TextAsync();

        Assert.Equal(
            """
            kind: calendar
            id: seoul
            name: Seoul office
            zone: Asia/Seoul
            hours:
              monday:
                - from: "09:00"
                  to: "12:00"
                - from: "13:00"
                  to: "24:00"
              tuesday:
                - from: "09:00"
                  to: "18:00"
            holidays:
              - date: "2026-09-25"
                name:
                  en: Chuseok
                  ko: 추석
              - month: 1
                day: 1
                yearly: true

            """.ReplaceLineEndings("\n"),
            text.ToYaml(Shown.Calendar)
        );
        Assert.Contains(
            "help: |-\n  Tell us what happened.\n\n  - what you did\n  - what you saw\n",
            text.ToYaml(Shown.RequestType),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_same_document_written_otherwise_is_brought_into_the_one_form()
    {
        var text = await Shown.TextAsync();
        var reading = text.FromYaml(
            """
            # a remark
            {kind: queue, order: 100, icon: 'inbox', desk: ITSD,
             query: "", id: all, name: {en: All}, columns: []}
            """
        );

        Assert.Empty(reading.Problems);
        Assert.Equal("kind: queue\nid: all\nname: All\ndesk: ITSD\nquery: \"\"\n", text.ToYaml(reading.Document!));
    }

    [Theory]
    [InlineData("kind: queue\nid: a\nname: A\ndesk: ITSD\n", "/query", "configuration.schema-missing", 1)]
    [InlineData("kind: role\nid: a\nname: A\npermisions: []\n", "/permisions", "configuration.schema-unknown-key", 4)]
    [InlineData("kind: role\nid: a\nname: 7\n", "/name", "configuration.schema-wrong", 3)]
    [InlineData("kind: role\nid: A b\nname: A\n", "/id", "configuration.schema-wrong-form", 2)]
    [InlineData("kind: role\nid: con\nname: A\n", "/id", "configuration.schema-wrong-form", 2)]
    [InlineData("kind: role\nid: a\nname: {en: \"\"}\n", "/name/en", "configuration.schema-too-short", 3)]
    [InlineData("kind: role\nid: a\nname: {}\n", "/name", "configuration.schema-no-text", 3)]
    [InlineData("kind: field\nid: a\nname: A\nkind2: x\n", "/kind2", "configuration.schema-unknown-key", 4)]
    [InlineData("id: a\n", "/kind", "configuration.kind-missing", 1)]
    [InlineData("kind: [a]\n", "/kind", "configuration.kind-missing", 1)]
    [InlineData("kind: desks\n", "/kind", "configuration.kind-unknown", 1)]
    public async Task What_does_not_fit_is_named_with_its_place_and_line(
        string yaml,
        string path,
        string code,
        int line
    )
    {
        var reading = (await Shown.TextAsync()).FromYaml(yaml);

        Assert.Null(reading.Document);
        var problem = Assert.Single(reading.Problems, problem => problem.Code == code);
        Assert.Equal(path, problem.Path);
        Assert.Equal(line, reading.LineOf(problem));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"id":"a","id":"b","name":"A"}""")]
    [InlineData("\ud800")]
    public async Task Json_that_is_no_object_is_refused(string json) =>
        Assert.NotEmpty((await Shown.TextAsync()).FromJson(DocumentKinds.Role, json).Problems);

    [Fact]
    public async Task A_deeply_nested_document_is_refused_and_costs_nothing()
    {
        var text = await Shown.TextAsync();
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.NotEmpty(text.FromJson(DocumentKinds.Role, $$"""{"id":"a","name":{{deep}}""").Problems);
        Assert.NotEmpty(text.FromYaml($"kind: role\nid: a\nname: {deep}").Problems);
    }

    [Fact]
    public async Task Each_schema_has_the_keys_and_defaults_of_its_record_and_no_others()
    {
        var schemas = new DocumentSchemas();
        foreach (var kind in DocumentKinds.All)
        {
            var keys = schemas.Shape(kind).Keys().ToDictionary(key => key.Path, key => key.Default);
            Assert.Equal(RecordKeys(DocumentTypes.Find(kind)!, "").Order(), keys.Keys.Except(WeekDays).Order());
        }
    }

    [Fact]
    public async Task A_default_that_is_left_out_comes_back_as_the_default_of_the_record()
    {
        var text = await Shown.TextAsync();
        foreach (var (document, _, _) in Shown.Whole.Documents)
        {
            var kind = DocumentTypes.KindOf(document);
            var full = JsonNode.Parse(text.ToJson(document))!.AsObject();
            foreach (var (path, fallback) in text.Schemas.Shape(kind).Keys().Where(key => !key.Path.Contains('/')))
            {
                if (fallback is not null)
                {
                    full[path] = fallback.DeepClone();
                }
            }

            var withDefaults = DocumentText.FromStored(kind, full.ToJsonString());
            foreach (var (path, _) in text.Schemas.Shape(kind).Keys().Where(key => key.Default is not null))
            {
                full.Remove(path);
            }

            Assert.Equal(withDefaults, DocumentText.FromStored(kind, full.ToJsonString()));
        }
    }

    private static IEnumerable<string> WeekDays =>
        new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.SelectMany(day =>
            new[] { $"hours/{day}", $"hours/{day}/from", $"hours/{day}/to" }
        );

    private static IEnumerable<string> RecordKeys(Type type, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is null)
            {
                continue;
            }

            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name;
            var key = prefix + char.ToLowerInvariant(name[0]) + name[1..];
            yield return key;
            var held =
                property.PropertyType.IsGenericType
                && property.PropertyType.GetGenericTypeDefinition() == typeof(ValueList<>)
                    ? property.PropertyType.GetGenericArguments()[0]
                    : property.PropertyType;
            if (held.Namespace == typeof(DeskDocument).Namespace && held.IsClass)
            {
                foreach (var inner in RecordKeys(held, key + "/"))
                {
                    yield return inner;
                }
            }
        }
    }
}
