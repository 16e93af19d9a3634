using System.Buffers.Binary;

namespace ServiceDesk.Host.Scripting.Workers.Protocol;

/// <summary>Messages on a pipe: four bytes of length, little end first, and that many bytes of JSON.</summary>
public static class Frames
{
    /// <summary>The largest message that either side takes.</summary>
    public const int Largest = 8 * 1024 * 1024;

    /// <summary>A message with its length in front.</summary>
    /// <exception cref="InvalidDataException">It is too large.</exception>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        if (json.Length > Largest)
        {
            throw new InvalidDataException($"A message of {json.Length} bytes is too large.");
        }

        var frame = new byte[sizeof(int) + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        json.CopyTo(frame.AsSpan(sizeof(int)));
        return frame;
    }

    /// <summary>The next message; null when the other side has gone.</summary>
    /// <exception cref="InvalidDataException">What comes is no message.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > Largest)
        {
            throw new InvalidDataException($"A message of {length} bytes cannot be.");
        }

        var json = new byte[length];
        var read = await stream.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancellation);
        return read < length ? null : json;
    }
}
