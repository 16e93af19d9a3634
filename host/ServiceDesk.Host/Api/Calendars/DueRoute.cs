using NodaTime;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>When is it due?</summary>
/// <param name="From">The begin, ISO 8601 with its offset.</param>
/// <param name="Duration">Working time, ISO 8601, not negative.</param>
public sealed record DueBody(string? From = null, string? Duration = null);

/// <summary>When it is due.</summary>
/// <param name="Due">The earliest moment by which the working time has passed.</param>
/// <param name="Segments">What counts until then and what does not, without gaps; at most the first 10,000.</param>
/// <param name="IsCut">Whether there are more segments.</param>
public sealed record DueAnswer(Instant Due, IReadOnlyList<SegmentAnswer> Segments, bool IsCut);

/// <summary>Answers when a duration of working time has passed.</summary>
internal static class DueRoute
{
    public static async Task<IResult> PostAsync(
        HttpContext context,
        string id,
        ICurrentConfiguration configuration,
        JsonBodyReader reader,
        ApiProblems problems
    )
    {
        var (calendar, body, problem) = await CalendarQuestion.ReadAsync<DueBody>(
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
        var length = question.Length(body.Duration, "/duration");
        if (question.Problem is { } wrong)
        {
            return wrong;
        }

        if (calendar.Add(from, length) is not { } due)
        {
            question.Refuse("sla.due-unreachable", "/duration", id);
            return question.Problem!;
        }

        var (segments, isCut) = SegmentAnswer.Of(calendar, from, due);
        return Results.Ok(new DueAnswer(due, segments, isCut));
    }
}
