using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Dialects;

/// <summary>SQLite's locks and shared memory do not work over a network: a data folder there would lose data in time.</summary>
internal static class NetworkShare
{
    private static readonly string[] Kinds =
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "ncpfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
    ];

    /// <exception cref="StorageUnavailableException">The folder lies on a network share.</exception>
    public static void Refuse(string folder)
    {
        if (Kind(folder) is { } kind)
        {
            throw new StorageUnavailableException(
                $"The data folder {folder} lies on a network share ({kind}). SQLite needs a local disk; "
                    + "choose another folder, or use PostgreSQL or SQL Server."
            );
        }
    }

    private static string? Kind(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            var root = Path.GetPathRoot(folder);
            return
                folder.StartsWith(@"\\", StringComparison.Ordinal)
                || (!string.IsNullOrEmpty(root) && new DriveInfo(root).DriveType == DriveType.Network)
                ? "network drive"
                : null;
        }

        const string mounts = "/proc/mounts";
        return File.Exists(mounts) ? KindOf(folder, File.ReadLines(mounts)) : null;
    }

    /// <summary>The kind of network file system that holds a folder, by the lines of <c>/proc/mounts</c>; null when it is local.</summary>
    internal static string? KindOf(string folder, IEnumerable<string> mounts)
    {
        var (longest, kind) = (-1, "");
        foreach (var line in mounts)
        {
            var parts = line.Split(' ');
            if (parts.Length < 3)
            {
                continue;
            }

            var point = parts[1].Replace(@"\040", " ", StringComparison.Ordinal).TrimEnd('/');
            // Of several mounts at one point the last hides the others.
            if (point.Length >= longest && (folder + "/").StartsWith(point + "/", StringComparison.Ordinal))
            {
                (longest, kind) = (point.Length, parts[2]);
            }
        }

        return Kinds.Contains(kind, StringComparer.Ordinal) ? kind : null;
    }
}
