using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Plugins;

/// <summary>
/// Which tickets use a document of the configuration: those that have one of its words in a query function of the plugin. The
/// administration says how many they are, and a document that tickets use is not removed unless somebody says so.
/// </summary>
/// <param name="Kind">One of <see cref="Configuration.DocumentKinds"/>.</param>
/// <param name="Function">The name of the query function, which the plugin registered before.</param>
/// <param name="Words">The words of a ticket that uses the document with this id; the function takes each as an argument too. Pure.</param>
public sealed record DocumentUseDefinition(string Kind, string Function, Func<string, ValueList<string>> Words);
