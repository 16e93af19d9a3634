using System.Globalization;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Api.Tickets;

/// <summary>What the routes of one ticket share: to find it for the viewer, to send it a command, to tell its version.</summary>
public sealed class TicketDoor(
    ITicketQueries queries,
    ITicketGrains grains,
    TicketAnswers answers,
    ApiProblems problems
)
{
    /// <summary>The ticket, or 404, whether there is none or the viewer may not see it.</summary>
    public async Task<(TicketSnapshot? Ticket, IResult? Problem)> FindAsync(
        Viewer viewer,
        string key,
        CancellationToken cancellation
    )
    {
        var found = TicketKey.TryParse(key, out var parsed)
            ? await queries.FindByKeyAsync(viewer, parsed, cancellation)
            : null;
        return found is null
            ? (null, problems.Of(StatusCodes.Status404NotFound, "refusal.ticket-unknown"))
            : (found, null);
    }

    /// <summary>Sends a command of the request's person to a ticket, once for the request's key.</summary>
    /// <param name="body">What was asked, for telling repeats.</param>
    public async Task<(GrainAnswer? Answer, IResult? Problem)> SendAsync(
        HttpContext context,
        TicketState ticket,
        TicketCommand command,
        ReadOnlyMemory<byte> body
    )
    {
        var (expected, wrong) = ExpectedVersion(context, ticket);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var envelope = Envelope(context, command, body) with { ExpectedVersion = expected };
        var answer = await grains.SendAsync(ticket.Id, envelope, context.RequestAborted);
        return answer.IsAccepted ? (answer, null) : (null, problems.Of(answer.Refusals));
    }

    /// <summary>
    /// Sends a command that is made from what the ticket holds, so that nothing is lost that others put there at the same time: it is made
    /// anew from the newer ticket, except for a client that named the version it knows.
    /// </summary>
    /// <param name="make">The command, and what is wrong with it on such a ticket.</param>
    public async Task<(GrainAnswer? Answer, IResult? Problem)> SendAsync(
        HttpContext context,
        TicketState ticket,
        Func<TicketState, (TicketCommand? Command, Refusal? Wrong)> make,
        ReadOnlyMemory<byte> body
    )
    {
        var (expected, wrong) = ExpectedVersion(context, ticket);
        for (var state = ticket; wrong is null; )
        {
            var (command, refusal) = make(state);
            if (command is null)
            {
                return (null, problems.Of([refusal!]));
            }

            var envelope = Envelope(context, command, body) with { ExpectedVersion = expected ?? state.Version };
            var answer = await grains.SendAsync(state.Id, envelope, context.RequestAborted);
            if (expected is not null || answer.Refusals.All(one => one.Code != RefusalCodes.VersionStale))
            {
                return answer.IsAccepted ? (answer, null) : (null, problems.Of(answer.Refusals));
            }

            var (found, missing) = await FindAsync(
                context.RequireViewer(),
                state.Key.ToString(),
                context.RequestAborted
            );
            (state, wrong) = (found?.State ?? state, missing);
        }

        return (null, wrong);
    }

    /// <summary>Sends a command and answers with what is shown of the ticket as it then is, tagged with its version.</summary>
    public async Task<IResult> AnswerAsync<T>(
        HttpContext context,
        TicketState ticket,
        TicketCommand command,
        ReadOnlyMemory<byte> body,
        Func<TicketState, Task<T>> show
    )
    {
        var (answer, refused) = await SendAsync(context, ticket, command, body);
        if (answer is null)
        {
            return refused!;
        }

        WriteTag(context, answer.Ticket!.State);
        return Results.Ok(await show(answer.Ticket.State));
    }

    /// <summary>Opens a ticket for the request's person, once for the request's key.</summary>
    public async Task<(GrainAnswer? Answer, IResult? Problem)> OpenAsync(
        HttpContext context,
        OpenTicket command,
        ReadOnlyMemory<byte> body
    )
    {
        var answer = await grains.OpenAsync(Envelope(context, command, body), context.RequestAborted);
        return answer.IsAccepted ? (answer, null) : (null, problems.Of(answer.Refusals));
    }

    /// <summary>Writes the ETag of a ticket.</summary>
    public void WriteTag(HttpContext context, TicketState ticket) =>
        context.Response.Headers.ETag = TagOf(answers.VersionFor(context.RequireViewer(), ticket));

    /// <summary>Whether the client has the ticket in this version.</summary>
    public bool HasIt(HttpContext context, TicketState ticket) =>
        context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } tags
        && tags.Any(tag => Names(tag, answers.VersionFor(context.RequireViewer(), ticket)));

    private static CommandEnvelope Envelope(HttpContext context, TicketCommand command, ReadOnlyMemory<byte> body) =>
        CommandEnvelope.By(context.RequireViewer(), command).RepeatedBy(context, body.Span);

    // The tag of a viewer is looked at here; the ticket's own version is what the grain compares once more.
    internal (long? Version, IResult? Problem) ExpectedVersion(HttpContext context, TicketState ticket)
    {
        if (context.Request.GetTypedHeaders().IfMatch is not { Count: > 0 } tags)
        {
            return context.Request.Headers.IfMatch.Count > 0
                ? (null, problems.OfParameter(StatusCodes.Status400BadRequest, HeaderNames.IfMatch, "api.tag-wrong"))
                : (null, null);
        }

        if (tags.Any(tag => tag.Tag == "*"))
        {
            return (null, null);
        }

        var current = answers.VersionFor(context.RequireViewer(), ticket);
        return tags.Any(tag => Names(tag, current))
            ? (ticket.Version, null)
            : (null, problems.Of(StatusCodes.Status412PreconditionFailed, "refusal.version-stale"));
    }

    private static bool Names(EntityTagHeaderValue tag, long version) => tag.Tag == "*" || tag.Tag == TagOf(version);

    private static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
