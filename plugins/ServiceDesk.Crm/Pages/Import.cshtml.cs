using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Import;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Pages;

/// <summary>Brings in a table: first it is looked through, then it is taken. Works without JavaScript.</summary>
[Authorize(Policy = CrmPlugin.EditPermission)]
[RequestSizeLimit(CsvReading.Largest + (1024 * 1024))]
public sealed class ImportModel(Importing importing, ITexts texts) : CrmPageModel(texts)
{
    /// <summary>What the table holds.</summary>
    public ImportKind Kind { get; private set; } = ImportKind.Accounts;

    /// <summary>The table that waits.</summary>
    public long Upload { get; private set; }

    /// <summary>What was done, or would be.</summary>
    public ImportReport? Report { get; private set; }

    /// <summary>Whether it was done.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What may stand over the columns.</summary>
    public IEnumerable<string> Headers => AccountsModel.Headers(Kind, ImportColumns.Of(Kind));

    /// <summary>Shows the form.</summary>
    public void OnGet(string? kind) => Choose(kind);

    /// <summary>Looks through a table, and keeps it until it is taken.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string? kind, IFormFile? file, CancellationToken cancellation)
    {
        Choose(kind);
        if (file is null || file.Length == 0)
        {
            return Refuse([Refusal.Invalid("crm.refusal.empty-file", "file")]);
        }

        if (file.Length > CsvReading.Largest)
        {
            return Refuse([Refusal.Invalid("crm.refusal.large-file", "file", "10")]);
        }

        var content = await BytesOfAsync(file, cancellation);
        var kept = await importing.KeepAsync(Viewer, Kind, file.FileName, content, cancellation);
        if (!kept.IsDone)
        {
            return Refuse(kept.Refusals);
        }

        Upload = kept.Id;
        var (report, refusals) = await importing.RunAsync(Viewer, Kind, content, isTrial: true, cancellation);
        Report = report;
        return report is null ? Refuse(refusals) : Page();
    }

    /// <summary>Takes the table.</summary>
    public async Task<IActionResult> OnPostRunAsync(string? kind, long upload, CancellationToken cancellation)
    {
        Choose(kind);
        if (await importing.FindAsync(Viewer, upload, cancellation) is not { } kept)
        {
            return Refuse([Refusal.NotFound("crm.refusal.no-upload")]);
        }

        Kind = kept.Kind;
        var (report, refusals) = await importing.RunAsync(Viewer, Kind, kept.Content, isTrial: false, cancellation);
        (Report, IsDone) = (report, report is not null);
        return report is null ? Refuse(refusals) : Page();
    }

    /// <summary>What was uploaded.</summary>
    internal static async Task<byte[]> BytesOfAsync(IFormFile file, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    private void Choose(string? kind) =>
        Kind = Enum.GetValues<ImportKind>()
            .Where(one => string.Equals($"{one}", kind, StringComparison.OrdinalIgnoreCase))
            .DefaultIfEmpty(ImportKind.Accounts)
            .First();
}
