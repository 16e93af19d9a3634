using System.Security.Cryptography;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Storage.Verification;

/// <summary>Each attachment and each file of a library has its file, and each file the content that its hash names. One that was taken out has none.</summary>
internal sealed class FileCheck(SnapshotReader reader, IFileStore files, List<Finding> findings)
{
    /// <summary>Runs the check.</summary>
    /// <returns>How many contents were read.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var lost = await reader.RowsAsync(
            new Statement(
                "SELECT a.ticket_id, a.file_id FROM attachments AS a WHERE NOT EXISTS "
                    + "(SELECT 1 FROM files AS f WHERE f.id = a.file_id AND f.sha256 = a.sha256 AND f.size = a.size) "
                    + "AND NOT EXISTS (SELECT 1 FROM redactions AS r WHERE r.ticket_id = a.ticket_id AND r.file_id = a.file_id)"
            ),
            cancellation
        );
        findings.AddRange(
            lost.Select(row => new Finding(
                "attachment",
                $"ticket {row[0]}",
                $"Its file {row[1]} is not in the store as it was attached."
            ))
        );
        var empty = await reader.RowsAsync(
            new Statement(
                "SELECT l.desk, l.id FROM library_files AS l WHERE NOT EXISTS "
                    + "(SELECT 1 FROM files AS f WHERE f.id = l.file_id)"
            ),
            cancellation
        );
        findings.AddRange(
            empty.Select(row => new Finding(
                "library",
                $"desk {row[0]}",
                $"File {row[1]} of its library is not in the store."
            ))
        );
        var kept = await reader.RowsAsync(
            new Statement(
                "SELECT DISTINCT r.ticket_id, r.file_id FROM redactions AS r WHERE r.file_id > 0 "
                    + "AND EXISTS (SELECT 1 FROM files AS f WHERE f.id = r.file_id) AND NOT EXISTS "
                    + "(SELECT 1 FROM attachments AS a WHERE a.file_id = r.file_id AND NOT EXISTS "
                    + "(SELECT 1 FROM redactions AS o WHERE o.ticket_id = a.ticket_id AND o.file_id = a.file_id))"
            ),
            cancellation
        );
        findings.AddRange(
            kept.Select(row => new Finding(
                "redaction",
                $"ticket {row[0]}",
                $"Its file {row[1]} was taken out and is still in the store."
            ))
        );
        var contents = await reader.RowsAsync(new Statement("SELECT DISTINCT sha256, size FROM files"), cancellation);
        foreach (var row in contents)
        {
            var (hash, size) = ((string)row[0]!, RowValues.Whole(row[1]));
            await using var content = await files.OpenAsync(hash, cancellation);
            if (content is null)
            {
                findings.Add(new Finding("file", $"file {hash}", "Its content is missing."));
            }
            else if (
                content.Length != size
                || Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) != hash
            )
            {
                findings.Add(new Finding("file", $"file {hash}", "Its content is not what its hash names."));
            }
        }

        return contents.Count;
    }
}
