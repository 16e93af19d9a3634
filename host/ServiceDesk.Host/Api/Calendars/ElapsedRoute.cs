using NodaTime;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>How much working time lies between two moments?</summary>
/// <param name="From">The begin, ISO 8601 with its offset.</param>
/// <param name="To">The end, not before the begin.</param>
public sealed record ElapsedBody(string? From = null, string? To = null);

/// <summary>How much working time lies between them.</summary>
/// <param name="Elapsed">The working time.</param>
/// <param name="Segments">What counts and what does not, without gaps; at most the first 10,000.</param>
/// <param name="IsCut">Whether there are more segments.</param>
public sealed record ElapsedAnswer(Duration Elapsed, IReadOnlyList<SegmentAnswer> Segments, bool IsCut);

/// <summary>Answers how much working time lies between two moments.</summary>
internal static class ElapsedRoute
{
    public static async Task<IResult> PostAsync(
        HttpContext context,
        string id,
        ICurrentConfiguration configuration,
        JsonBodyReader reader,
        ApiProblems problems
    )
    {
        var (calendar, body, problem) = await CalendarQuestion.ReadAsync<ElapsedBody>(
            context,
            id,
            configuration,
            reader,
            problems
        );
        if (calendar is null || body is null)
        {
            return problem!;
        }

        var question = new CalendarQuestion(problems);
        var from = question.Moment(body.From, "/from");
        var to = question.Moment(body.To, "/to");
        if (question.Problem is null && to < from)
        {
            question.Refuse("sla.span-backwards", "/to");
        }

        if (question.Problem is { } wrong)
        {
            return wrong;
        }

        var (segments, isCut) = SegmentAnswer.Of(calendar, from, to);
        return Results.Ok(new ElapsedAnswer(calendar.Between(from, to), segments, isCut));
    }
}
