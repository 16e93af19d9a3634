namespace ServiceDesk.Sdk.Plugins;

/// <summary>The saved settings of a plugin. Inject it; each read gives the newest.</summary>
/// <typeparam name="TSettings">The class registered with <see cref="IPluginBuilder.AddSettings{TSettings}"/>.</typeparam>
public interface IPluginSettings<TSettings>
    where TSettings : class, new()
{
    /// <summary>The current settings; the defaults of the class until an administrator saves others.</summary>
    TSettings Current { get; }
}
