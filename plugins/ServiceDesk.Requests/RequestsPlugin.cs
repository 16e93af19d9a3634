using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Requests;

/// <summary>Service requests. All that they are stands in the documents of the folder <c>configuration</c>, so that an administrator can change it.</summary>
public sealed class RequestsPlugin : IServiceDeskPlugin
{
    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder) { }
}
