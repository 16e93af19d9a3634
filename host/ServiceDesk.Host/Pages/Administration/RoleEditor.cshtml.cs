using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Roles;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>A role in the browser: what it may, who has it, and what follows when it is published.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class RoleEditorModel(
    IConfigurationEditor editor,
    ICurrentConfiguration configuration,
    DocumentText documents,
    ConfigurationReview review,
    RoleHolding holding,
    KnownPermissions permissions,
    PermissionWords words,
    ITexts texts
) : DocumentEditorModel<RoleDocument>(editor, configuration, documents, texts)
{
    private IReadOnlySet<string> known = new HashSet<string>();

    /// <inheritdoc/>
    public override bool CanGo => Id is null || !ConfigurationReview.NeededRoles.Contains(Id);

    /// <summary>What roles can give, in groups.</summary>
    public IReadOnlyList<PermissionGroup> Groups => words.Groups(Published?.Permissions ?? []);

    /// <summary>Who has it.</summary>
    public RoleHolders Holders { get; private set; } = RoleHolders.None;

    /// <summary>What names it.</summary>
    public IReadOnlyList<ConfigurationDocument> Naming { get; private set; } = [];

    /// <summary>What follows; null when it was not asked.</summary>
    public RoleConsequences? Consequences { get; private set; }

    /// <summary>Whether the reader finds people by role.</summary>
    public bool MayManagePeople => Reader.May(Permissions.ManagePeople);

    /// <summary>Whether the reader can neither give the permission to this role nor take it.</summary>
    public bool IsFixed(PermissionLine line) =>
        Published?.Permissions.Contains(line.Id) == true
            ? !Reader.May(line.Id) && known.Contains(line.Id)
            : !RoleChanges.MayHandOut(Reader, line.Id, Snapshot);

    /// <summary>Names of permissions with commas between.</summary>
    public string NamesOf(IEnumerable<string> permissions) => string.Join(", ", permissions.Select(words.NameOf));

    /// <inheritdoc/>
    protected override string List => "/Administration/Roles";

    private Viewer Reader => HttpContext.RequireViewer();

    private RoleDocument? Published =>
        Id is not null && Snapshot.TryGet<RoleDocument>(Id, out var published) ? published : null;

    /// <summary>Removes the role, unless somebody has it or something names it.</summary>
    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellation) => RemoveAsync(cancellation);

    /// <inheritdoc/>
    protected override RoleDocument Blank() => RoleForm.Blank();

    /// <inheritdoc/>
    protected override DocumentForm<RoleDocument> Form(IFormCollection form) => new RoleForm(form);

    /// <inheritdoc/>
    protected override string IdFor(RoleDocument document) => RoleForm.IdFor(document);

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellation)
    {
        var snapshot = (ConfigurationSnapshot)Snapshot;
        known = await permissions.AllAsync(cancellation);
        if (Id is not null)
        {
            Holders = (await holding.AllAsync(cancellation)).GetValueOrDefault(Id, RoleHolders.None) with
            {
                Names = MayManagePeople ? await holding.NamesAsync(Id, cancellation) : [],
            };
            Naming = review.Naming<RoleDocument>(Id, snapshot);
        }

        if (Difference is not null)
        {
            Consequences = RoleConsequences.Of(Published, Edited, Reader, snapshot.With(Edited));
        }
    }
}
