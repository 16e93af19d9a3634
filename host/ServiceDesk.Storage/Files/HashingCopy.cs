using System.Buffers;
using System.Security.Cryptography;

namespace ServiceDesk.Storage.Files;

/// <summary>Copies a stream and hashes it on the way.</summary>
internal static class HashingCopy
{
    /// <exception cref="FileTooLargeException">The source is longer than <paramref name="limit"/>.</exception>
    public static async Task<(string Sha256, long Size)> RunAsync(
        Stream from,
        Stream to,
        long limit,
        CancellationToken cancellation
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            var size = 0L;
            int read;
            while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
            {
                size += read;
                if (size > limit)
                {
                    throw new FileTooLargeException(limit);
                }

                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
