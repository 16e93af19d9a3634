using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins;

/// <summary>Why a plugin is in its state: a text key with arguments, translated where it is shown.</summary>
/// <param name="Code">A key of <c>Texts/Plugins.resx</c>.</param>
/// <param name="Arguments">What fills its places.</param>
public sealed record PluginReason(string Code, ValueList<string> Arguments)
{
    /// <summary>A reason with its arguments.</summary>
    public static PluginReason Of(string code, params ReadOnlySpan<string> arguments) =>
        new(code, ValueList.Create(arguments));

    /// <summary>What an exception says, without its stack.</summary>
    public static PluginReason Threw(string code, Exception exception) =>
        Of(code, exception.GetType().Name, exception.Message);
}
