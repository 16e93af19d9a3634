using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Crm.Import;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Api;

/// <summary>Tables over REST, as the page brings them in: looked through first and kept, then taken, as often as one likes.</summary>
internal static class ImportRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var imports = routes
            .MapGroup("/imports")
            .RequirePermission(CrmPlugin.EditPermission)
            .MayFail(400, 404, 413, 422);
        imports
            .MapPost("", PreviewAsync)
            .Accepts<string>("text/csv")
            .Produces<ImportAnswer>(StatusCodes.Status201Created)
            .WithMetadata(new RequestSizeLimitAttribute(CsvReading.Largest + 1));
        imports.MapGet("/{import:long}", AgainAsync).Produces<ImportAnswer>();
        imports.MapPost("/{import:long}/run", RunAsync).Produces<ImportAnswer>();
    }

    private static async Task<IResult> PreviewAsync(
        string? kind,
        string? name,
        Importing importing,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        if (KindOf(kind) is not { } known)
        {
            return Refused(Refusal.Invalid("crm.refusal.import-kind", "kind"));
        }

        var content = await BytesAsync(context.Request, cancellation);
        if (content.Length == 0)
        {
            return Refused(Refusal.Invalid("crm.refusal.empty-file", "file"));
        }

        var viewer = context.CurrentViewer()!;
        var kept = await importing.KeepAsync(viewer, known, name ?? "", content, cancellation);
        if (!kept.IsDone)
        {
            return new RefusedResult(kept.Refusals);
        }

        var (report, refusals) = await importing.RunAsync(viewer, known, content, isTrial: true, cancellation);
        return report is null
            ? new RefusedResult(refusals)
            : Results.Created(
                string.Create(CultureInfo.InvariantCulture, $"{context.Request.Path}/{kept.Id}"),
                ImportAnswer.Of(kept.Id, known, report, isDone: false, texts)
            );
    }

    private static Task<IResult> AgainAsync(
        long import,
        Importing importing,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    ) => ShowAsync(import, isTrial: true, importing, texts, context, cancellation);

    private static Task<IResult> RunAsync(
        long import,
        Importing importing,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    ) => ShowAsync(import, isTrial: false, importing, texts, context, cancellation);

    private static async Task<IResult> ShowAsync(
        long import,
        bool isTrial,
        Importing importing,
        ITexts texts,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var viewer = context.CurrentViewer()!;
        if (await importing.FindAsync(viewer, import, cancellation) is not { } kept)
        {
            return Refused(Refusal.NotFound("crm.refusal.no-upload"));
        }

        var (report, refusals) = await importing.RunAsync(viewer, kept.Kind, kept.Content, isTrial, cancellation);
        return report is null
            ? new RefusedResult(refusals)
            : Results.Ok(ImportAnswer.Of(import, kept.Kind, report, !isTrial, texts));
    }

    private static ImportKind? KindOf(string? word) =>
        Enum.GetValues<ImportKind>()
            .Where(one => string.Equals($"{one}", word, StringComparison.OrdinalIgnoreCase))
            .Select(one => (ImportKind?)one)
            .FirstOrDefault();

    /// <summary>The body of a request as it came.</summary>
    internal static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    private static RefusedResult Refused(Refusal refusal) => new([refusal]);
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Id">By which it is run; kept for a day.</param>
/// <param name="Kind">Accounts, contacts, products or contracts.</param>
/// <param name="Done">Whether it was done, or only tried.</param>
/// <param name="Encoding">What the bytes were taken for.</param>
/// <param name="Columns">The headers that were understood, and as what.</param>
/// <param name="Unknown">The headers that are passed over.</param>
/// <param name="New">How many records are new.</param>
/// <param name="Changed">How many records change.</param>
/// <param name="Same">How many say already what their line says.</param>
/// <param name="Bad">The lines that are left out, and why.</param>
public sealed record ImportAnswer(
    long Id,
    string Kind,
    bool Done,
    string Encoding,
    IReadOnlyList<ImportColumn> Columns,
    IReadOnlyList<string> Unknown,
    int New,
    int Changed,
    int Same,
    IReadOnlyList<BadLine> Bad
)
{
    internal static ImportAnswer Of(long id, ImportKind kind, ImportReport report, bool isDone, ITexts texts) =>
        new(
            id,
            $"{kind}".ToLowerInvariant(),
            isDone,
            report.Encoding,
            [.. report.Columns.Select(column => new ImportColumn(column.Header, column.Column))],
            report.Unknown,
            report.Count(LineFate.New),
            report.Count(LineFate.Changed),
            report.Count(LineFate.Same),
            [.. report.Bad.Select(line => BadLine.Of(line, texts))]
        );
}

/// <summary>A header that was understood.</summary>
public sealed record ImportColumn(string Header, string Column);

/// <summary>A line that is left out.</summary>
public sealed record BadLine(int Line, string Name, IReadOnlyList<LineProblem> Problems)
{
    internal static BadLine Of(LineReport line, ITexts texts) =>
        new(
            line.Line,
            line.Name,
            [
                .. line.Refusals.Select(refusal => new LineProblem(
                    refusal.Code,
                    texts.Format(refusal.Code, [.. refusal.Arguments])
                )),
            ]
        );
}

/// <summary>What is wrong with a line.</summary>
public sealed record LineProblem(string Code, string Detail);
