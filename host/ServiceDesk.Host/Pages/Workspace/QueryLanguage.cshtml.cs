using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Queries;
using ServiceDesk.Sdk.Access;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>The query language explained, with the fields, values and conditions that there are here, from the catalogue that also reads queries.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class QueryLanguageModel(QueryLanguage language, ICurrentConfiguration configuration) : PageModel
{
    /// <summary>More values than these are not listed; the editor suggests them.</summary>
    public const int MostValues = 12;

    /// <summary>Everything that queries can name here.</summary>
    public QueryCatalog Catalog { get; private set; } = null!;

    public void OnGet() => Catalog = language.Catalog(configuration.Snapshot);

    /// <summary>Whether the viewer may name a field.</summary>
    public bool MayName(QueryField field) =>
        QueryScope.Of(HttpContext.RequireViewer(), configuration.Snapshot).MayName(field);

    /// <summary>The values of a field that the viewer may name: those of a desk that one does not know are not told.</summary>
    public IReadOnlyList<QueryChoice> ValuesOf(QueryField field) =>
        [.. field.Choices.Where(QueryScope.Of(HttpContext.RequireViewer(), configuration.Snapshot).MayName)];

    /// <summary>What a field is, where the product says it; null for fields of the configuration and of plugins.</summary>
    public static string? KeyOf(QueryField field) => QueryHelp.IsSystem(field) ? QueryHelp.KeyOf(field) : null;
}
