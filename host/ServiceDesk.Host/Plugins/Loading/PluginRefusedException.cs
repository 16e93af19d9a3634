namespace ServiceDesk.Host.Plugins.Loading;

/// <summary>A plugin broke a rule of the SDK while it was loaded; it does not load.</summary>
public sealed class PluginRefusedException(PluginReason reason) : Exception(reason.Code)
{
    /// <summary>Which rule, for the administration page.</summary>
    public PluginReason Reason { get; } = reason;
}
