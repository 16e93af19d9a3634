using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>The fields of tickets: what each holds, which ticket types have it, and how many documents name it.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class FieldsModel(ICurrentConfiguration configuration, DocumentText documents) : PageModel
{
    /// <summary>A field in the list.</summary>
    /// <param name="Types">The ticket types that have it.</param>
    /// <param name="Uses">How many documents name it besides.</param>
    public sealed record Line(FieldDocument Field, IReadOnlyList<TicketTypeDocument> Types, int Uses);

    /// <summary>A part of the name or id of the fields that are looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>The fields by name.</summary>
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public void OnGet()
    {
        var snapshot = (ConfigurationSnapshot)configuration.Snapshot;
        var uses = new FieldUses(snapshot, documents);
        var types = snapshot.All<TicketTypeDocument>();
        Lines =
        [
            .. snapshot
                .All<FieldDocument>()
                .Where(Matches)
                .OrderBy(field => field.Name.ToString(), StringComparer.CurrentCulture)
                .Select(field => new Line(
                    field,
                    [.. types.Where(type => type.Fields.Contains(field.Id))],
                    uses.Of(field.Id).Count(document => document is not TicketTypeDocument)
                )),
        ];
    }

    private bool Matches(FieldDocument field) =>
        string.IsNullOrWhiteSpace(Filter)
        || field.Id.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase)
        || field.Name.Texts.Values.Any(name => name.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase));
}
