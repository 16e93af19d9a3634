using System.Net;
using System.Text;
using ServiceDesk.Host.Outbound;

namespace ServiceDesk.Host.Tests.Fixtures;

/// <summary>A network in which somebody takes requests and gives each the same answer.</summary>
internal sealed class AnsweringNetwork(string answer) : INetwork
{
    private readonly List<Conversation> conversations = [];

    public int Connections => conversations.Count;

    public IReadOnlyList<string> Requests => [.. conversations.Select(one => one.Asked.ToString())];

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([
            IPAddress.Parse(host.StartsWith("near", StringComparison.Ordinal) ? "10.0.0.5" : "93.184.215.14"),
        ]);

    public Task<Stream> ConnectAsync(IPEndPoint address, CancellationToken cancellation)
    {
        var conversation = new Conversation(answer);
        conversations.Add(conversation);
        return Task.FromResult<Stream>(conversation);
    }

    /// <summary>A connection that takes what is asked and gives an answer.</summary>
    internal sealed class Conversation(string answer) : MemoryStream(Encoding.ASCII.GetBytes(answer))
    {
        public StringBuilder Asked { get; } = new();

        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count) =>
            Asked.Append(Encoding.UTF8.GetString(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Asked.Append(Encoding.UTF8.GetString(buffer));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer, offset, count);
            return Task.CompletedTask;
        }
    }
}
