using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Holidays;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>A holiday of the file.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Holiday">What was read, in the words of a calendar.</param>
public sealed record ImportedHolidayAnswer(int Line, Holiday Holiday);

/// <summary>A holiday that the calendar has already.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Holiday">What was read.</param>
/// <param name="Name">What the calendar calls it, by language.</param>
public sealed record KnownHolidayAnswer(int Line, Holiday Holiday, LocalizedText? Name);

/// <summary>A line that is no holiday.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">What stands there, shortened.</param>
/// <param name="Code">The code of the reason.</param>
/// <param name="Reason">The reason in the language of the request.</param>
public sealed record BadLineAnswer(int Line, string Text, string Code, string Reason);

/// <summary>What the file did, or with preview would do.</summary>
/// <param name="Written">Whether a version was written: never with preview, nor when there was nothing new.</param>
/// <param name="Version">The calendar's current version.</param>
/// <param name="New">What was, or would be, added.</param>
/// <param name="Known">What the calendar has already.</param>
/// <param name="Bad">What is no holiday.</param>
public sealed record ImportAnswer(
    bool Written,
    int Version,
    IReadOnlyList<ImportedHolidayAnswer> New,
    IReadOnlyList<KnownHolidayAnswer> Known,
    IReadOnlyList<BadLineAnswer> Bad
);

/// <summary>Brings holidays in.</summary>
internal static class ImportRoute
{
    public static async Task<IResult> PostAsync(
        HttpContext context,
        string id,
        bool? preview,
        ICurrentConfiguration configuration,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        ITexts texts,
        ApiProblems problems,
        string? mode = null
    )
    {
        var snapshot = configuration.Snapshot;
        if (!snapshot.TryGet<CalendarDocument>(id, out var document))
        {
            return CalendarQuestion.Missing(id, problems);
        }

        var (author, unclear) = RunningClocks.Chosen(context, DocumentKinds.Calendar, mode, drafts, problems);
        if (author is null)
        {
            return unclear!;
        }

        if (await JsonBodyReader.ReadBytesAsync(context.Request, context.RequestAborted) is not { } bytes)
        {
            return problems.Of(StatusCodes.Status413PayloadTooLarge, "calendar.import-large");
        }

        var reading = HolidayFile.Read(bytes.ToArray());
        if (reading.Refusal is { } refusal)
        {
            return problems.Of(StatusCodes.Status422UnprocessableEntity, refusal);
        }

        var plan = HolidayPlan.Of(document, reading);
        var version = snapshot.VersionOf<CalendarDocument>(id);
        if (preview == true || plan.New.Count == 0)
        {
            return Results.Ok(Answer(plan, false, version, texts));
        }

        var (expected, wrong) = DocumentRoutes.Expected(context, problems);
        if (wrong is not null)
        {
            return wrong;
        }

        // What was compared is what is written to: who was faster is not overwritten.
        var outcome = await editor.SaveAsync(
            text.ToYaml(plan.Calendar),
            expected ?? version,
            author,
            context.RequestAborted
        );
        RunningClocks.Begin(author, outcome.Status, drafts);
        return outcome.Status is ConfigurationStatus.Written or ConfigurationStatus.Unchanged
            ? Results.Ok(Answer(plan, true, configuration.Snapshot.VersionOf<CalendarDocument>(id), texts))
            : DocumentRoutes.Problem(problems, outcome, ConfigurationFolder.PathOf(DocumentKinds.Calendar, id));
    }

    private static ImportAnswer Answer(HolidayPlan plan, bool written, int version, ITexts texts) =>
        new(
            written,
            version,
            [.. plan.New.Select(read => new ImportedHolidayAnswer(read.Line, read.Holiday))],
            [.. plan.Known.Select(known => new KnownHolidayAnswer(known.Read.Line, known.Read.Holiday, known.Name))],
            [
                .. plan.Bad.Select(line => new BadLineAnswer(
                    line.Line,
                    line.Text,
                    line.Code,
                    texts.Format(line.Code, [.. line.Arguments])
                )),
            ]
        );
}
