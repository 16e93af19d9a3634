using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Bulk;

/// <summary>What is typed of a bulk edit. An empty input leaves the value as it is on each ticket.</summary>
public sealed class BulkForm
{
    /// <summary>In a choice: the value is emptied.</summary>
    public const string None = "none";

    /// <summary>The names of the inputs that are not fields.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "assignee",
        "team",
        "priority",
        "to",
        "resolution",
        "addLabels",
        "removeLabels",
        "watcher",
        "participant",
        "comment",
        "visibility",
    ];

    /// <summary>What stands in each input.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields that are emptied.</summary>
    public HashSet<string> Emptied { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with it.</summary>
    public required FormErrors Errors { get; init; }

    /// <summary>Agents who work on the desk of every ticket.</summary>
    public IReadOnlyList<(string Id, string Name)> Agents { get; init; } = [];

    /// <summary>Teams.</summary>
    public IReadOnlyList<(string Id, string Name)> Teams { get; init; } = [];

    /// <summary>Statuses to which a way leads.</summary>
    public IReadOnlyList<(string Id, string Name)> Statuses { get; init; } = [];

    /// <summary>Resolutions.</summary>
    public IReadOnlyList<(string Id, string Name)> Resolutions { get; init; } = [];

    /// <summary>The fields that types of the tickets have.</summary>
    public IReadOnlyList<FieldDocument> Fields { get; init; } = [];

    /// <summary>The inputs of the fields, beside their ids.</summary>
    public IReadOnlyList<(string Id, FieldInput Input)> Inputs { get; set; } = [];

    /// <summary>What stands in an input.</summary>
    public string this[string name] => Texts.GetValueOrDefault(name, "");

    /// <summary>Whether what is written is for customers.</summary>
    public bool IsPublic => this["visibility"] == nameof(Visibility.Public);

    /// <summary>Takes what a browser sent.</summary>
    public BulkForm Fill(IFormCollection sent)
    {
        foreach (var name in Names)
        {
            Texts[name] = (sent[name].LastOrDefault() ?? "").ReplaceLineEndings("\n").Trim();
        }

        foreach (var field in Fields)
        {
            var name = FieldForm.NameOf(field.Id);
            Texts[name] = FieldForm.Text(field, sent[name]);
        }

        Emptied.UnionWith(sent["emptied"].OfType<string>());
        return this;
    }
}
