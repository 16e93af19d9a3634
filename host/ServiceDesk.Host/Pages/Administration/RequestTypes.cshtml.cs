using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms.Editing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>What customers can ask of a desk, in the portal's groups and order.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RequestTypesModel(
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText documents,
    ITexts texts
) : PageModel
{
    /// <summary>Stands where a group is named for what belongs to none.</summary>
    public const string NoGroup = "-";

    private const int LongestName = 200;

    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? DeskKey { get; set; }

    public IReadOnlyList<DeskDocument> Desks { get; private set; } = [];

    public DeskDocument? Desk { get; private set; }

    /// <summary>The groups with what they offer.</summary>
    public IReadOnlyList<(PortalGroup Group, IReadOnlyList<RequestTypeDocument> Types)> Groups { get; private set; } =
    [];

    /// <summary>What stands in no group. The portal offers it only while the desk has no groups.</summary>
    public IReadOnlyList<RequestTypeDocument> Others { get; private set; } = [];

    public void OnGet()
    {
        if (!Find())
        {
            return;
        }

        var types = TypesOf(Desk!).ToList();
        Groups =
        [
            .. Desk!.Groups.Select(group =>
                (
                    group,
                    (IReadOnlyList<RequestTypeDocument>)
                        [
                            .. group
                                .RequestTypes.Select(id => types.Find(type => type.Id == id))
                                .OfType<RequestTypeDocument>(),
                        ]
                )
            ),
        ];
        Others = [.. types.Where(type => PortalOrder.GroupOf(Desk, type.Id) is null)];
    }

    public Task<IActionResult> OnPostMoveAsync(string id, bool up, CancellationToken cancellation) =>
        ChangeAsync(desk => PortalOrder.Moved(desk, id, up), $"type-{id}", cancellation);

    /// <summary>Puts a request type to a place of a group; of its own when none is named, of none for <see cref="NoGroup"/>.</summary>
    public Task<IActionResult> OnPostPlaceAsync(string id, int to, string? group, CancellationToken cancellation) =>
        ChangeAsync(
            desk =>
                TypesOf(desk).All(type => type.Id != id) ? desk
                : group == NoGroup ? PortalOrder.Put(desk, id, null)
                : PortalOrder.Placed(desk, id, to, group),
            $"type-{id}",
            cancellation
        );

    /// <summary>Puts a group to another place.</summary>
    public Task<IActionResult> OnPostPlaceGroupAsync(string id, int to, CancellationToken cancellation) =>
        ChangeAsync(desk => PortalOrder.GroupPlaced(desk, id, to), $"group-{id}", cancellation);

    public Task<IActionResult> OnPostPutAsync(string id, string? group, CancellationToken cancellation) =>
        ChangeAsync(
            desk => TypesOf(desk).Any(type => type.Id == id) ? PortalOrder.Put(desk, id, group) : desk,
            $"type-{id}",
            cancellation
        );

    public Task<IActionResult> OnPostAddGroupAsync(string? english, string? korean, CancellationToken cancellation) =>
        Named(english, korean) is { } name
            ? ChangeAsync(
                desk => PortalOrder.WithGroup(desk, name, TypesOf(desk).Select(type => type.Id)),
                null,
                cancellation
            )
            : Nameless();

    public Task<IActionResult> OnPostNameGroupAsync(
        string group,
        string? english,
        string? korean,
        CancellationToken cancellation
    ) =>
        Named(english, korean) is { } name
            ? ChangeAsync(
                desk =>
                    desk with
                    {
                        Groups = desk
                            .Groups.Select(one => one.Id == group ? one with { Name = name } : one)
                            .ToValueList(),
                    },
                $"group-{group}",
                cancellation
            )
            : Nameless();

    public Task<IActionResult> OnPostMoveGroupAsync(string group, bool up, CancellationToken cancellation) =>
        ChangeAsync(desk => PortalOrder.GroupMoved(desk, group, up), $"group-{group}", cancellation);

    public Task<IActionResult> OnPostRemoveGroupAsync(string group, CancellationToken cancellation) =>
        ChangeAsync(
            desk => desk with { Groups = desk.Groups.Where(one => one.Id != group).ToValueList() },
            null,
            cancellation
        );

    private bool Find()
    {
        Desks = [.. configuration.Snapshot.All<DeskDocument>()];
        Desk = Desks.FirstOrDefault(desk => desk.Id == DeskKey) ?? (DeskKey is null ? Desks.FirstOrDefault() : null);
        return Desk is not null;
    }

    private IEnumerable<RequestTypeDocument> TypesOf(DeskDocument desk) =>
        configuration.Snapshot.All<RequestTypeDocument>().Where(type => type.Desk == desk.Id);

    private static LocalizedText? Named(string? english, string? korean)
    {
        var names = ValueMap<string>.Empty;
        foreach (var (language, name) in new[] { ("en", Cut(english)), ("ko", Cut(korean)) })
        {
            names = name.Length > 0 ? names.SetItem(language, name) : names;
        }

        return names.Count > 0 ? new LocalizedText(names) : null;
    }

    private static string Cut(string? name)
    {
        var text = (name ?? "").Trim();
        return text.Length <= LongestName ? text : text[..LongestName];
    }

    private Task<IActionResult> Nameless()
    {
        TempData["Done"] = texts["forms.group-needs-name"];
        return Task.FromResult<IActionResult>(RedirectToPage(null, new { desk = DeskKey }));
    }

    private async Task<IActionResult> ChangeAsync(
        Func<DeskDocument, DeskDocument> change,
        string? place,
        CancellationToken cancellation
    )
    {
        if (!Find())
        {
            return NotFound();
        }

        var changed = change(Desk!);
        var outcome = await editor.SaveAsync(
            documents.ToYaml(changed),
            configuration.Snapshot.VersionOf<DeskDocument>(changed.Id),
            new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, null),
            cancellation
        );
        TempData["Done"] = outcome.Status switch
        {
            ConfigurationStatus.Written or ConfigurationStatus.Unchanged => texts["forms.ordered"],
            ConfigurationStatus.Invalid when outcome.Problems.Count > 0 => texts.Format(
                outcome.Problems[0].Problem.Code,
                [.. outcome.Problems[0].Problem.Arguments]
            ),
            _ => texts["administration.conflict"],
        };
        return RedirectToPage(null, null, new { desk = changed.Id }, place);
    }
}
