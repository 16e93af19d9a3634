using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Api.Documents;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Calendars;

/// <summary>What the copy is called.</summary>
/// <param name="Id">Its id, which no calendar has.</param>
/// <param name="Name">What people read; that of the other when it is missing.</param>
public sealed record CopyBody(string? Id = null, LocalizedText? Name = null);

/// <summary>Copies calendars.</summary>
internal static class CopyRoute
{
    public static async Task<IResult> PostAsync(
        HttpContext context,
        string id,
        ICurrentConfiguration configuration,
        ConfigurationCache cache,
        DocumentText text,
        IConfigurationEditor editor,
        SlaDrafts drafts,
        JsonBodyReader reader,
        ApiProblems problems
    )
    {
        if (!configuration.Snapshot.TryGet<CalendarDocument>(id, out var document))
        {
            return CalendarQuestion.Missing(id, problems);
        }

        var (body, problem) = await reader.ReadAsync<CopyBody>(context);
        if (body is null)
        {
            return problem!;
        }

        if (body.Value.Id is not { } copy)
        {
            return problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "api.body-wrong",
                [problems.Mistake("sla.value-missing", "/id")]
            );
        }

        if (configuration.Snapshot.TryGet<CalendarDocument>(copy, out _))
        {
            return problems.Of(StatusCodes.Status409Conflict, "calendar.id-taken", copy);
        }

        var written = document with { Id = copy, Name = body.Value.Name ?? document.Name };
        var author = DocumentRoutes.Author(context);
        return await DocumentRoutes.SaveAsync(context, written, 0, author, cache, text, editor, drafts, problems);
    }
}
