using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;

namespace ServiceDesk.Host.Api.Documents;

/// <summary>What a request that writes an SLA policy or a calendar chooses for the clocks that run.</summary>
internal static class RunningClocks
{
    /// <summary>The author of the request with the choice of its <c>mode</c>; without one, nothing is chosen.</summary>
    /// <param name="kind">The kind of the document that is written.</param>
    /// <param name="mode">A word of <see cref="SlaDrafts.ModeWord"/>; null for none.</param>
    /// <returns>The author, or the answer that says what is wrong: another word, or a document that no clock counts by.</returns>
    public static (ConfigurationAuthor? Author, IResult? Problem) Chosen(
        HttpContext context,
        string kind,
        string? mode,
        SlaDrafts drafts,
        ApiProblems problems
    )
    {
        var author = DocumentRoutes.Author(context);
        return mode is null ? (author, null)
            : !SlaDrafts.IsKind(kind)
                ? (
                    null,
                    problems.OfParameter(StatusCodes.Status400BadRequest, "mode", "sla-version.mode-of-others", kind)
                )
            : SlaDrafts.ModeOf(mode) is { } chosen
                ? (drafts.AuthorOf(author.Person!.Value, chosen, author.Comment), null)
            : (null, problems.OfParameter(StatusCodes.Status400BadRequest, "mode", "sla-version.mode-wrong"));
    }

    /// <summary>Begins to bring a version that was written to the clocks that run, if that was chosen.</summary>
    public static void Begin(ConfigurationAuthor author, ConfigurationStatus status, SlaDrafts drafts)
    {
        if (author.RunningClocks is not null && status == ConfigurationStatus.Written)
        {
            drafts.Begin();
        }
    }

    /// <summary>The same, and the answer to a choice that nothing hears because nothing was changed; null when it was heard.</summary>
    public static async Task<IResult?> BeginAsync(
        HttpContext context,
        ConfigurationAuthor author,
        ConfigurationStatus status,
        string kind,
        string document,
        SlaDrafts drafts,
        ApiProblems problems
    )
    {
        Begin(author, status, drafts);
        return await drafts.IsUnheardAsync(status, author, kind, document, context.RequestAborted)
            ? problems.OfParameter(StatusCodes.Status422UnprocessableEntity, "mode", "sla-version.mode-unheard")
            : null;
    }
}
