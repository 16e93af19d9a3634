using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>All configuration documents by kind, and those that come shipped in another form.</summary>
[Authorize(Policy = Permissions.Configure)]
public sealed class ConfigurationModel(ICurrentConfiguration configuration, IConfigurationEditor editor, ITexts texts)
    : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    public string Revision { get; private set; } = "";

    public IReadOnlyList<OfferedDocument> Offers { get; private set; } = [];

    public IReadOnlyList<(string Kind, IReadOnlyList<VersionedDocument> Documents)> Kinds { get; private set; } = [];

    /// <summary>The offer that was not taken over, and why; null for none.</summary>
    public (string Kind, string Id, IReadOnlyList<DocumentProblem> Problems)? Refused { get; private set; }

    /// <summary>Tickets whose statuses that offer would take away, to be asked where they go; null when it takes none.</summary>
    public StatusMoveForm? Moves { get; private set; }

    /// <summary>The kind's name in the reader's language.</summary>
    public string NameOf(string kind) => texts.NameOfKind(kind);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var snapshot = (ConfigurationSnapshot)configuration.Snapshot;
        Revision = snapshot.Revision.ToString(CultureInfo.CurrentCulture);
        Offers = await editor.OffersAsync(cancellation);
        var byKind = snapshot
            .Documents.Where(Matches)
            .OrderBy(document => document.Document.Id, StringComparer.Ordinal)
            .ToLookup(document => DocumentTypes.KindOf(document.Document), StringComparer.Ordinal);
        Kinds =
        [
            .. DocumentKinds
                .All.Union(byKind.Select(group => group.Key))
                .Select(kind => (kind, (IReadOnlyList<VersionedDocument>)[.. byKind[kind]]))
                .Where(group => group.Item2.Count > 0 || string.IsNullOrWhiteSpace(Filter)),
        ];
    }

    public async Task<IActionResult> OnPostTakeAsync(string kind, string id, CancellationToken cancellation)
    {
        var offer = (await editor.OffersAsync(cancellation)).FirstOrDefault(o => o.Kind == kind && o.Id == id);
        if (offer is null)
        {
            return NotFound();
        }

        var author = new ConfigurationAuthor(HttpContext.RequireViewer().Person.Id, null, offer.Source);
        var outcome = await editor.SaveAsync(
            offer.Shipped,
            null,
            author with
            {
                StatusMoves = StatusMoveForm.Read(Request),
            },
            cancellation
        );
        if (outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage("/Administration/Document", new { kind, id });
        }

        await OnGetAsync(cancellation);
        Refused = (kind, id, [.. outcome.Problems.Select(found => found.Problem)]);
        Moves = outcome.Stranded.Count > 0 ? new(outcome.Stranded, StatusMoveForm.Read(Request)) : null;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private bool Matches(VersionedDocument document) =>
        string.IsNullOrWhiteSpace(Filter)
        || document.Document.Id.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase)
        || document.Document.Name.ToString().Contains(Filter.Trim(), StringComparison.CurrentCultureIgnoreCase);
}
