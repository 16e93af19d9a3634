using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Api.Tickets;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Queries.Searching;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Queries.Searching;

namespace ServiceDesk.Host.Api.Search;

/// <summary>The search over REST: the same as the search box.</summary>
internal static class SearchRoutes
{
    private const int GroupLimit = 10;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", GetAsync)
            .RequireAuthorization(Policies.ReadTickets)
            .WithTags("Search")
            .WithName("search")
            .WithSummary("Searches tickets and what else there is by words and operators, as the search box does.")
            .Produces<SearchAnswer>()
            .MayFail(400);

    private static async Task<IResult> GetAsync(
        HttpContext context,
        ITicketSearch search,
        SearchGroups groups,
        ICurrentConfiguration configuration,
        ITexts texts,
        ApiProblems problems,
        string? q = null,
        string? limit = null,
        string? cursor = null
    )
    {
        if (!PageLimit.TryRead(limit, out var count))
        {
            return problems.OfLimit();
        }

        var viewer = context.RequireViewer();
        var cancellation = context.RequestAborted;
        try
        {
            var read = await search.ReadAsync(viewer, q ?? "", cancellation: cancellation);
            var page = await search.FindAsync(viewer, read, null, count, cursor, cancellation);
            var counted = cursor is null ? await search.CountAsync(viewer, read, cancellation) : (int?)null;
            var found = cursor is null
                ? await groups.FindAsync(viewer, read.Words, GroupLimit, inPortal: false, cancellation)
                : [];
            return Results.Ok(
                new SearchAnswer(
                    QueryScope.Of(viewer, configuration.Snapshot).IsCustomer ? null : read.Query,
                    [.. read.Notes.Select(note => Note(note, texts))],
                    counted is { } number ? Math.Min(number, ITicketSearch.MostCounted) : null,
                    counted > ITicketSearch.MostCounted,
                    new SearchTicketsAnswer([.. page.Items.Select(Ticket)], page.Next),
                    [.. found.Select(group => Group(group, texts))]
                )
            );
        }
        catch (QueryException error)
        {
            return problems.Of(
                error.Error,
                error.Error.Code.Contains("cursor", StringComparison.Ordinal) ? "cursor" : "q"
            );
        }
    }

    private static SearchNoteAnswer Note(QueryError note, ITexts texts) =>
        new(note.Code, texts.Format(note.Code, [.. note.Arguments]), note.Start, note.Length);

    private static FoundTicketAnswer Ticket(TicketHit hit) =>
        new(
            hit.Ticket.Key.ToString(),
            hit.Ticket.Type,
            hit.Ticket.Status,
            hit.Ticket.Requester.Value,
            hit.Ticket.CreatedAt,
            MarkedAnswer.Of(hit.Summary),
            hit.Found is { } found
                ? new FoundTextAnswer(
                    found.Text.Text,
                    MarkAnswer.Of(found.Text),
                    found.Comment,
                    found.Visibility == Visibility.Internal,
                    found.Author?.Person?.Value,
                    found.At
                )
                : null
        );

    private static SearchGroupAnswer Group(FoundGroup group, ITexts texts) =>
        new(
            group.Source.Id,
            texts[group.Source.NameKey],
            group.IsMissing,
            [
                .. group.Hits.Select(hit => new SearchHitAnswer(
                    MarkedAnswer.Of(hit.Title),
                    hit.Address,
                    hit.Detail is { } detail ? MarkedAnswer.Of(detail) : null,
                    hit.Text is { } text ? MarkedAnswer.Of(text) : null
                )),
            ]
        );
}
