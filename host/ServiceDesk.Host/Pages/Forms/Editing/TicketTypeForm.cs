using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>Reads a ticket type from its editor's form.</summary>
public sealed class TicketTypeForm(IFormCollection form) : DocumentForm<TicketTypeDocument>(form)
{
    /// <inheritdoc/>
    public override TicketTypeDocument Read()
    {
        var rest = Rest(Blank(""));
        return rest with
        {
            Id = Given("newId") ?? rest.Id,
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Icon = Given("icon") ?? rest.Icon,
            Workflow = Given("workflow") ?? rest.Workflow,
            DefaultPriority = Word<Priority>("priority") ?? rest.DefaultPriority,
            CustomersAskApproval = IsTicked("customersAskApproval"),
            Fields = Chosen("fields"),
        };
    }

    /// <inheritdoc/>
    public override TicketTypeDocument Apply(TicketTypeDocument document, string? asked) =>
        document with
        {
            Fields = Arranged(document.Fields, asked, "fields"),
        };

    /// <summary>A type without fields of its own.</summary>
    public static TicketTypeDocument Blank(string workflow) =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Workflow = workflow,
        };

    /// <summary>An id for a new type: of its English name.</summary>
    public static string IdFor(TicketTypeDocument type) => RuleIds.From(type.Name.Texts.Find("en") ?? "", "type");
}
