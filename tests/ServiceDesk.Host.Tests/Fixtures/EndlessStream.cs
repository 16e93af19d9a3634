namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>Bytes without meaning, of which it is known how many were asked for.</summary>
internal sealed class EndlessStream(long length) : Stream
{
    /// <summary>How many were read.</summary>
    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Given;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var given = (int)Math.Min(count, length - Given);
        buffer.AsSpan(offset, given).Fill((byte)'x');
        Given += given;
        return given;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
