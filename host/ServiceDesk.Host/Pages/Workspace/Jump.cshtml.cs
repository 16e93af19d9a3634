using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Host.Access;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Tickets that one may mean by a key, a number or words, for the palette. Of those that the viewer may see.</summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class JumpModel(TicketLines lines) : PageModel
{
    private const int Most = 6;
    private const int Longest = 200;

    /// <summary>The tickets; none while nothing is typed.</summary>
    public IReadOnlyList<TicketLine> Lines { get; private set; } = [];

    /// <summary>What the search would be asked; null while nothing is typed.</summary>
    public string? SearchFor { get; private set; }

    public async Task OnGetAsync(string? q, CancellationToken cancellation)
    {
        var text = (q ?? "").Trim();
        if (text.Length is 0 or > Longest)
        {
            return;
        }

        SearchFor = text;
        var viewer = HttpContext.RequireViewer();
        try
        {
            Lines = (await lines.ReadAsync(viewer, QueryOf(viewer, text), Most, null, [], cancellation)).Items;
        }
        catch (QueryException)
        {
            // A query that is not finished finds nothing yet.
        }
    }

    // A number alone is that ticket of whichever desk the viewer works on.
    private static string QueryOf(Viewer viewer, string text)
    {
        if (
            viewer.Desks.Count > 0
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            var keys = viewer.Desks.Select(desk => QueryText.Quote($"{desk}-{number}"));
            return $"key IN ({string.Join(", ", keys)})";
        }

        var query = FilterQuery.Of(text);
        return FilterQuery.IsQuery(text) ? query : $"{query} ORDER BY updated DESC";
    }
}
