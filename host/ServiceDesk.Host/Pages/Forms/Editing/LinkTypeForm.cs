using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>Reads a link type from its editor's form.</summary>
public sealed class LinkTypeForm(IFormCollection form) : DocumentForm<LinkTypeDocument>(form)
{
    /// <inheritdoc/>
    public override LinkTypeDocument Read()
    {
        var rest = Rest(Blank());
        return rest with
        {
            Id = Given("newId") ?? rest.Id,
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Outward = Words("outward", rest.Outward) ?? LocalizedText.Of(""),
            Inward = IsTicked("same") ? null : Words("inward", rest.Inward) ?? LocalizedText.Of(""),
            Hierarchical = IsTicked("hierarchical"),
            CustomersSee = IsTicked("customersSee"),
            Order = Place(),
        };
    }

    /// <inheritdoc/>
    public override LinkTypeDocument Apply(LinkTypeDocument document, string? asked) => document;

    /// <summary>A type whose ends read differently, and have no words yet.</summary>
    public static LinkTypeDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Outward = LocalizedText.Of(""),
            Inward = LocalizedText.Of(""),
        };

    /// <summary>An id for a new type: of its English name.</summary>
    public static string IdFor(LinkTypeDocument type) => RuleIds.From(type.Name.Texts.Find("en") ?? "", "link");
}
