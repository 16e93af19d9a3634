using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Which page of which list is wanted.</summary>
/// <param name="Query">The whole query.</param>
/// <param name="Limit">Lines on a page.</param>
/// <param name="Cursor">Where the page before ended.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Path">The address of the list without its parameters.</param>
/// <param name="Filter">What was typed to narrow it.</param>
public sealed record ListRequest(
    string Query,
    int Limit,
    string? Cursor,
    IReadOnlyList<string> Columns,
    string Path,
    string? Filter
)
{
    /// <summary>How it is drawn.</summary>
    public ListShape Shape { get; init; } = ListShape.Usual;
}

/// <summary>A page of an agents' list, ready to be drawn; or what is wrong with its query.</summary>
public sealed record ListModel(ListRequest Request, IReadOnlyList<TicketLine> Lines, string? Next, QueryError? Error)
{
    /// <summary>Reads the page. A wrong query is part of the answer; a cursor that no longer fits begins at the first page.</summary>
    public static async Task<ListModel> ReadAsync(
        TicketLines lines,
        Viewer viewer,
        ListRequest request,
        CancellationToken cancellation
    )
    {
        var query = request.Shape.Ordered(request.Query);
        try
        {
            var page = await lines.ReadAsync(
                viewer,
                query,
                request.Limit,
                request.Cursor,
                request.Shape.Group is { } group ? [.. request.Columns, group] : request.Columns,
                cancellation
            );
            return new ListModel(request, page.Items, page.Next, null);
        }
        catch (QueryException exception) when (request.Cursor is null)
        {
            return new ListModel(request, [], null, exception.Error);
        }
        catch (QueryException)
        {
            return await ReadAsync(lines, viewer, request with { Cursor = null }, cancellation);
        }
    }

    /// <summary>The address of the whole list as a file.</summary>
    public string ExportAddress => Request.Path + Given().Add("handler", "Export").ToUriComponent();

    /// <summary>The address of this list at a cursor.</summary>
    public string AddressAt(string? cursor) => Request.Path + Given().AddWhen("cursor", cursor).ToUriComponent();

    /// <summary>The address of this list, from its beginning, in another order.</summary>
    /// <param name="order">A column, with a minus before it for the greatest first.</param>
    public string AddressBy(string order) => Request.Path + Given(order).ToUriComponent();

    private QueryString Given(string? order = null) =>
        new QueryString()
            .AddWhen("q", Request.Filter)
            .AddWhen("group", Request.Shape.GivenGroup)
            .AddWhen("rows", Request.Shape.GivenRows)
            .AddWhen("order", order ?? Request.Shape.GivenOrder);
}

file static class QueryStrings
{
    public static QueryString AddWhen(this QueryString query, string name, string? value) =>
        string.IsNullOrEmpty(value) ? query : query.Add(name, value);
}
