using System.Globalization;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Roles;

/// <summary>A permission as people read it.</summary>
/// <param name="Why">What follows from it; null when nobody says so.</param>
public sealed record PermissionLine(string Id, string Name, string? Why);

/// <summary>Permissions that belong together.</summary>
public sealed record PermissionGroup(string Id, string Name, IReadOnlyList<PermissionLine> Lines);

/// <summary>The permissions of the product and of its plugins, in words of the reader.</summary>
public sealed class PermissionWords(PluginCatalog plugins, TextCatalogue catalogue, ITexts texts)
{
    private static readonly (string Group, string[] Permissions)[] Own =
    [
        ("asking", [Permissions.AskInPortal]),
        (
            "working",
            [
                Permissions.WorkTickets,
                Permissions.SeeEverything,
                Permissions.MoveTickets,
                Permissions.CorrectClocks,
                Permissions.Announce,
                Permissions.Redact,
            ]
        ),
        ("administering", [Permissions.Configure, Permissions.ManagePeople, Permissions.Operate]),
    ];

    /// <summary>All that there are, and those of a role that there no longer are.</summary>
    public IReadOnlyList<PermissionGroup> Groups(IEnumerable<string> held)
    {
        PermissionGroup[] known =
        [
            .. Own.Select(group => new PermissionGroup(
                group.Group,
                texts[$"roles.group-{group.Group}"],
                [.. group.Permissions.Select(Line)]
            )),
            .. plugins
                .Loaded.Where(plugin => plugin.Contents!.Permissions.Count > 0)
                .Select(plugin => new PermissionGroup(
                    plugin.Id,
                    Find($"{plugin.Id}.plugin.name") ?? plugin.Manifest?.Name ?? plugin.Id,
                    [.. plugin.Contents!.Permissions.Select(permission => Line(permission.Id))]
                )),
        ];
        var gone = held.Except(known.SelectMany(group => group.Lines).Select(line => line.Id)).ToList();
        return gone.Count == 0
            ? known
            :
            [
                .. known,
                new PermissionGroup(
                    "gone",
                    texts["roles.group-gone"],
                    [.. gone.Select(id => new PermissionLine(id, id, texts["roles.gone-why"]))]
                ),
            ];
    }

    /// <summary>The name of a permission; its id when there is none.</summary>
    public string NameOf(string permission) => Line(permission).Name;

    private PermissionLine Line(string id) =>
        Permissions.All.Contains(id) ? new(id, texts[$"roles.may-{id}"], texts[$"roles.why-{id}"])
        : plugins.Permissions.FirstOrDefault(permission => permission.Id == id) is { } brought
            ? new(id, texts[brought.NameKey], brought.DescriptionKey is { } key ? texts[key] : null)
        : new(id, id, null);

    private string? Find(string key) => catalogue.Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, key);
}
