using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Demo;

/// <summary>A server that was started with <c>--demo</c>.</summary>
public sealed class DemoServer : ServerUnderTest
{
    protected override HostOptions Adjusted(HostOptions options) => options with { Demo = true };
}
