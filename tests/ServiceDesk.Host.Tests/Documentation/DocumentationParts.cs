namespace ServiceDesk.Host.Tests.Documentation;

/// <summary>Makes whole documents of parts that pages show: what else a document of the kind needs, as small as it can be.</summary>
internal static class DocumentationParts
{
    private static readonly Dictionary<string, (string Key, string Yaml)[]> Needed = new()
    {
        ["calendar"] = [("zone", "zone: Asia/Seoul\n"), ("hours", "hours: {}\n")],
        ["rule"] = [("when", "when: [{ on: manual }]\n"), ("then", "then: [{ do: raise }]\n")],
        ["workflow"] =
        [
            ("initial", "initial: new\n"),
            (
                "statuses",
                "statuses:\n- { id: new, name: New, category: new }\n- { id: in-progress, name: Begun, category: active }\n"
                    + "- { id: resolved, name: Resolved, category: done }\n"
            ),
            ("transitions", "transitions: []\n"),
            ("resolutions", "resolutions: [{ id: solved, name: Solved }]\n"),
        ],
        ["sla-policy/metrics"] = [("start", "start: [{ on: opened }]\n"), ("stop", "stop: [{ on: resolved }]\n")],
    };

    /// <summary>The document of which a block is a part.</summary>
    public static string Whole(DocumentationBlock block)
    {
        var place = block.Part!.Split('/');
        var head = $"kind: {place[0]}\nid: shown\nname: Shown\n";
        return block.Part switch
        {
            "workflow/statuses" => head
                + Rest("workflow", "statuses:")
                + "statuses:\n"
                + "  - { id: new, name: New, category: new }\n"
                + block.Text,
            "sla-policy/metrics" => head
                + "metrics:\n  - id: shown\n    name: Shown\n"
                + Indented(Rest(block.Part, block.Text) + block.Text),
            _ => head + Rest(place[0], block.Text) + block.Text,
        };
    }

    private static string Rest(string part, string text) =>
        string.Concat(
            Needed[part]
                .Where(one => !text.Split('\n').Any(line => line.StartsWith(one.Key + ":", StringComparison.Ordinal)))
                .Select(one => one.Yaml)
        );

    private static string Indented(string text) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
}
