using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla.Calendars;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A calendar that somebody asks, and the values of the question.</summary>
internal sealed class CalendarQuestion(ApiProblems problems)
{
    private readonly List<ApiMistake> mistakes = [];

    /// <summary>The calendar and the body, or the answer that says what is wrong with the question.</summary>
    public static async Task<(WorkingCalendar? Calendar, T? Body, IResult? Problem)> ReadAsync<T>(
        HttpContext context,
        string id,
        ICurrentConfiguration configuration,
        JsonBodyReader reader,
        ApiProblems problems
    )
        where T : class
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(id, out var document))
        {
            return (null, null, Missing(id, problems));
        }

        var (body, problem) = await reader.ReadAsync<T>(context);
        return (WorkingCalendar.Of(document), body?.Value, problem);
    }

    /// <summary>The answer when there is no such calendar.</summary>
    public static IResult Missing(string id, ApiProblems problems) =>
        problems.Of(StatusCodes.Status404NotFound, "configuration.no-such-document", id, DocumentKinds.Calendar);

    /// <summary>A moment with its offset; a mistake and the epoch when there is none.</summary>
    public Instant Moment(string? text, string pointer)
    {
        if (text is null)
        {
            mistakes.Add(problems.Mistake("sla.value-missing", pointer));
            return NodaConstants.UnixEpoch;
        }

        var read = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (read.TryGetValue(default, out var moment))
        {
            return moment.ToInstant();
        }

        mistakes.Add(problems.Mistake("sla.instant-unreadable", pointer, Shortened(text)));
        return NodaConstants.UnixEpoch;
    }

    /// <summary>A duration that is not negative; a mistake and zero when there is none.</summary>
    public Duration Length(string? text, string pointer)
    {
        if (text is null)
        {
            mistakes.Add(problems.Mistake("sla.value-missing", pointer));
            return Duration.Zero;
        }

        if (!Core.Json.IsoDuration.TryParse(text, out var length))
        {
            mistakes.Add(problems.Mistake("sla.duration-unreadable", pointer, Shortened(text)));
            return Duration.Zero;
        }

        if (length < Duration.Zero)
        {
            mistakes.Add(problems.Mistake("sla.duration-negative", pointer));
            return Duration.Zero;
        }

        return length;
    }

    /// <summary>Another mistake, where the values are right in themselves.</summary>
    public void Refuse(string code, string pointer, params ReadOnlySpan<string> arguments) =>
        mistakes.Add(problems.Mistake(code, pointer, arguments));

    /// <summary>The answer that tells all mistakes; null when there are none.</summary>
    public IResult? Problem =>
        mistakes.Count == 0 ? null : problems.Of(StatusCodes.Status422UnprocessableEntity, "api.body-wrong", mistakes);

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
