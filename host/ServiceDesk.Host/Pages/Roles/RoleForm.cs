using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Roles;

/// <summary>Reads a role from its editor's form. What it gave before keeps its place, so that the difference is what changed.</summary>
public sealed class RoleForm(IFormCollection form) : DocumentForm<RoleDocument>(form)
{
    /// <inheritdoc/>
    public override RoleDocument Read()
    {
        var rest = Rest(Blank());
        var ticked = Many("permissions");
        return rest with
        {
            Id = Given("newId") ?? rest.Id,
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Description = Words("description", rest.Description),
            Permissions = rest.Permissions.Where(ticked.Contains).Union(ticked).ToValueList(),
        };
    }

    /// <inheritdoc/>
    public override RoleDocument Apply(RoleDocument document, string? asked) => document;

    /// <summary>A role that may nothing yet.</summary>
    public static RoleDocument Blank() => new() { Id = "", Name = LocalizedText.Of("") };

    /// <summary>An id for a new role: of its English name.</summary>
    public static string IdFor(RoleDocument role) => RuleIds.From(role.Name.Texts.Find("en") ?? "", "role");
}
