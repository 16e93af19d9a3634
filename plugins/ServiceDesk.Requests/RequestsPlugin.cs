using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Requests;

/// <summary>Service requests. All that they are stands in the documents of the folder <c>configuration</c>, so that an administrator can change it.</summary>
public sealed class RequestsPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "requests";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder) => builder.AddTexts<Texts>().AddScriptModule(RequestScripts.Module);
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
