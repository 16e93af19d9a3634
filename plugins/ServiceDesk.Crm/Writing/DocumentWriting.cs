using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Writing;

/// <summary>Puts files to contracts and takes them away again.</summary>
public sealed class DocumentWriting(CrmWriter writer)
{
    /// <summary>The most bytes of a file.</summary>
    public const int Largest = 10 * 1024 * 1024;

    /// <summary>The most files of a contract.</summary>
    public const int Most = 100;

    private const int PieceSize = 512 * 1024;

    /// <summary>Puts a file to a contract.</summary>
    public Task<Written> AddAsync(
        Viewer viewer,
        long contract,
        string name,
        byte[] content,
        CancellationToken cancellation,
        Once? once = null
    ) =>
        writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                if (await ContractWriting.FindAsync(change, contract, token) is null)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-contract", $"{contract}"));
                }

                var check = new InputCheck();
                var shown = check.Line(name.Split('/', '\\')[^1], "file", 255, isRequired: true);
                check.Require(content.Length > 0, "crm.refusal.empty-file", "file");
                check.Require(content.Length <= Largest, "crm.refusal.large-file", "file", "10");
                var count = await change.Db.Documents.CountAsync(row => row.ContractId == contract, token);
                check.Require(count < Most, "crm.refusal.too-many", "file", $"{Most}");
                if (!check.IsFine)
                {
                    return new Written(0, check.Refusals);
                }

                var document = new DocumentRow
                {
                    ContractId = contract,
                    Name = shown,
                    Size = content.Length,
                    Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
                    PersonId = change.Person ?? 0,
                    At = change.Now.ToUnixTimeTicks(),
                };
                change.Db.Documents.Add(document);
                await change.Db.SaveChangesAsync(token);
                Keep(change.Db, OwnerOf(document.Id), content);
                change.Note("contract", contract, "document-added", shown);
                return Written.Done(document.Id);
            },
            cancellation,
            once
        );

    /// <summary>Takes a file away.</summary>
    public Task<Written> RemoveAsync(Viewer viewer, long contract, long document, CancellationToken cancellation) =>
        writer.WriteAsync(
            viewer,
            async (change, token) =>
            {
                var row = await ContractWriting.FindAsync(change, contract, token) is null
                    ? null
                    : await change.Db.Documents.FirstOrDefaultAsync(
                        one => one.Id == document && one.ContractId == contract,
                        token
                    );
                if (row is null)
                {
                    return Written.No(Refusal.NotFound("crm.refusal.no-document", $"{document}"));
                }

                var owner = OwnerOf(document);
                change.Db.Documents.Remove(row);
                await change.Db.Pieces.Where(piece => piece.Owner == owner).ExecuteDeleteAsync(token);
                change.Note("contract", contract, "document-removed", row.Name);
                return Written.Done(contract);
            },
            cancellation
        );

    /// <summary>Whose pieces a document's are.</summary>
    internal static string OwnerOf(long document) => $"document:{document}";

    /// <summary>Keeps a content in pieces.</summary>
    internal static void Keep(CrmTables db, string owner, byte[] content)
    {
        for (var (at, ordinal) = (0, 0); at < content.Length; at += PieceSize, ordinal++)
        {
            var bytes = content[at..Math.Min(content.Length, at + PieceSize)];
            db.Pieces.Add(
                new PieceRow
                {
                    Owner = owner,
                    Ordinal = ordinal,
                    Bytes = bytes,
                }
            );
        }
    }

    /// <summary>A content of pieces.</summary>
    internal static async Task<byte[]> ReadAsync(CrmTables db, string owner, CancellationToken cancellation)
    {
        var pieces = await db
            .Pieces.Where(piece => piece.Owner == owner)
            .OrderBy(piece => piece.Ordinal)
            .Select(piece => piece.Bytes)
            .ToListAsync(cancellation);
        return [.. pieces.SelectMany(piece => piece)];
    }
}
