using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Crm.Pages;

/// <summary>A contract: state, period, promises, budget with its ledger, and files.</summary>
[Authorize(Policy = CrmPlugin.SeePermission)]
[RequestSizeLimit(DocumentWriting.Largest + (1024 * 1024))]
public sealed class ContractModel(
    CrmReader reader,
    ContractWriting writing,
    LedgerWriting ledger,
    DocumentWriting documents,
    IConfigurationReader configuration,
    ITexts texts
) : CrmPageModel(texts)
{
    /// <summary>The contract.</summary>
    public ContractDetail Found { get; private set; } = null!;

    /// <summary>The correction that was typed.</summary>
    public (string Amount, string Note, string Corrects) Correction { get; private set; } = ("", "", "");

    /// <summary>Where it can go.</summary>
    public IReadOnlyList<ContractState> Moves => ContractLife.From(Found.Item.State);

    /// <summary>The name of an SLA policy.</summary>
    public string PolicyName(string policy) =>
        configuration.Current.TryGet<SlaPolicyDocument>(policy, out var document) ? document.Name.ToString() : policy;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(long contract, CancellationToken cancellation) =>
        await FindAsync(contract, cancellation) ? Page() : NotFound();

    /// <summary>A file of it, to be kept: never shown as a page.</summary>
    public async Task<IActionResult> OnGetDocumentAsync(long contract, long document, CancellationToken cancellation)
    {
        if (await reader.DocumentAsync(Viewer, contract, document, cancellation) is not { } file)
        {
            return NotFound();
        }

        Response.Headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; sandbox";
        Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        return File(file.Content, "application/octet-stream", file.Name);
    }

    /// <summary>Moves it to another state.</summary>
    public async Task<IActionResult> OnPostMoveAsync(long contract, string? state, CancellationToken cancellation)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        var to = Api.ContractBody.Word<ContractState>(state, default);
        return await FindAsync(contract, cancellation)
            ? await AnswerAsync(await writing.MoveAsync(Viewer, contract, to, cancellation), contract, cancellation)
            : NotFound();
    }

    /// <summary>Corrects the ledger.</summary>
    public async Task<IActionResult> OnPostCorrectAsync(
        long contract,
        string? amount,
        string? note,
        string? corrects,
        CancellationToken cancellation
    )
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        if (!await FindAsync(contract, cancellation))
        {
            return NotFound();
        }

        Correction = (amount ?? "", note ?? "", corrects ?? "");
        var entry = long.TryParse(corrects, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : (long?)null;
        return await AnswerAsync(
            await ledger.CorrectAsync(Viewer, contract, amount, note, entry, cancellation),
            contract,
            cancellation
        );
    }

    /// <summary>Puts a file to it.</summary>
    public async Task<IActionResult> OnPostAddDocumentAsync(
        long contract,
        IFormFile? file,
        CancellationToken cancellation
    )
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        if (!await FindAsync(contract, cancellation))
        {
            return NotFound();
        }

        var content =
            file is null || file.Length > DocumentWriting.Largest
                ? []
                : await ImportModel.BytesOfAsync(file, cancellation);
        var added =
            file?.Length > DocumentWriting.Largest
                ? Written.No(Sdk.Tickets.Refusal.Invalid("crm.refusal.large-file", "file", "10"))
                : await documents.AddAsync(Viewer, contract, file?.FileName ?? "", content, cancellation);
        return await AnswerAsync(added, contract, cancellation);
    }

    /// <summary>Takes a file away.</summary>
    public async Task<IActionResult> OnPostRemoveDocumentAsync(
        long contract,
        long document,
        CancellationToken cancellation
    )
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        return await FindAsync(contract, cancellation)
            ? await AnswerAsync(
                await documents.RemoveAsync(Viewer, contract, document, cancellation),
                contract,
                cancellation
            )
            : NotFound();
    }

    private async Task<IActionResult> AnswerAsync(Written written, long contract, CancellationToken cancellation)
    {
        if (written.IsDone)
        {
            return Redirect(At($"contract?contract={contract}"));
        }

        await FindAsync(contract, cancellation);
        return Refuse(written.Refusals);
    }

    private async Task<bool> FindAsync(long contract, CancellationToken cancellation)
    {
        if (await reader.ContractAsync(Viewer, contract, cancellation) is not { } found)
        {
            return false;
        }

        Found = found;
        return true;
    }
}
