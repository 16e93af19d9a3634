using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Desks;

/// <summary>Reads a desk from its editor's form; its groups of request types are ordered on their own page and stay.</summary>
public sealed class DeskForm(IFormCollection form) : DocumentForm<DeskDocument>(form)
{
    /// <inheritdoc/>
    public override DeskDocument Read()
    {
        var rest = Rest(Blank());
        return rest with
        {
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Description = Words("description", rest.Description),
            Icon = Given("icon") ?? rest.Icon,
            Accent = Given("accent")?.ToLowerInvariant(),
            Order = Place(),
            Types = Chosen("types"),
            Agents = rest.Agents with { Everyone = Text("agents") != "teams", Teams = Chosen("teams") },
            Customers = rest.Customers with
            {
                Everyone = Text("customers") != "some",
                Organizations = Chosen("organizations"),
                ShareWithinOrganization = IsTicked("shareWithinOrganization"),
            },
        };
    }

    /// <inheritdoc/>
    public override DeskDocument Apply(DeskDocument document, string? asked) =>
        document with
        {
            Types = Arranged(document.Types, asked, "types"),
            Agents = document.Agents with { Teams = Arranged(document.Agents.Teams, asked, "teams") },
            Customers = document.Customers with
            {
                Organizations = Arranged(document.Customers.Organizations, asked, "organizations"),
            },
        };

    /// <summary>What stands for a desk until its form is read.</summary>
    public static DeskDocument Blank() => new() { Id = "", Name = LocalizedText.Of("") };
}
