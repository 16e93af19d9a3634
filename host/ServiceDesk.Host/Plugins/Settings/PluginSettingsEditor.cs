using System.ComponentModel.DataAnnotations;
using System.Reflection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Plugins.Settings;

/// <summary>One setting of a plugin, for a form.</summary>
/// <param name="Name">The name under which it is saved.</param>
/// <param name="Label">Its name in the reader's language.</param>
/// <param name="Help">A sentence below the input; null for none.</param>
/// <param name="Kind">How it is typed.</param>
/// <param name="Value">What it is now, as text.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="IsRequired">Whether it must be filled.</param>
public sealed record SettingInput(
    string Name,
    string Label,
    string? Help,
    FieldKind Kind,
    string Value,
    IReadOnlyList<(string Id, string Name)> Choices,
    bool IsRequired
)
{
    /// <summary>What a form means that does not send it.</summary>
    public string WhenMissing => Kind == FieldKind.Flag ? "false" : string.Empty;
}

/// <summary>Draws the settings of plugins from their classes, and saves what was typed as a document of the configuration.</summary>
public sealed class PluginSettingsEditor(
    PluginCatalog catalog,
    ICurrentConfiguration configuration,
    IConfigurationEditor editor,
    DocumentText text,
    TextCatalogue catalogue,
    ITexts texts
)
{
    /// <summary>The display name of a loaded plugin; null when none is loaded under the id.</summary>
    public string? NameOf(string plugin) => Loaded(plugin)?.Manifest!.Name;

    /// <summary>Its settings; null when it is not loaded or has none.</summary>
    public IReadOnlyList<SettingInput>? InputsOf(string plugin)
    {
        if (Loaded(plugin)?.Contents?.Settings is not { } type)
        {
            return null;
        }

        var current = SettingsText.Read(
            Activator.CreateInstance(type)!,
            Saved(plugin)?.Values ?? ValueMap<string>.Empty
        );
        return [.. SettingsText.PropertiesOf(type).Select(property => Input(property, current))];
    }

    /// <summary>Saves settings; what is wrong is told at <c>/values/NAME</c>.</summary>
    public Task<ConfigurationOutcome> SaveAsync(
        string plugin,
        IReadOnlyDictionary<string, string> values,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var document = new PluginSettingsDocument
        {
            Id = plugin,
            Name = LocalizedText.Of(NameOf(plugin) ?? plugin),
            Values = ValueMap<string>.From(values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Trim()))),
        };
        var version = configuration.Snapshot.VersionOf<PluginSettingsDocument>(plugin);
        return editor.SaveAsync(text.ToYaml(document), version, author, cancellation);
    }

    private InstalledPlugin? Loaded(string plugin) => catalog.Loaded.FirstOrDefault(other => other.Id == plugin);

    private PluginSettingsDocument? Saved(string plugin) =>
        configuration.Snapshot.TryGet<PluginSettingsDocument>(plugin, out var saved) ? saved : null;

    private SettingInput Input(PropertyInfo property, object current)
    {
        var display = property.GetCustomAttribute<DisplayAttribute>();
        var type = property.PropertyType;
        return new SettingInput(
            SettingsText.NameOf(property),
            display?.Name is { } label ? texts[label] : property.Name,
            display?.Description is { } help ? texts[help] : null,
            KindOf(type),
            SettingsText.Format(property.GetValue(current)),
            type.IsEnum ? [.. Enum.GetValues(type).Cast<Enum>().Select(Choice)] : [],
            type != typeof(bool) && (type.IsValueType || property.GetCustomAttribute<RequiredAttribute>() is not null)
        );
    }

    // A plugin names the choices of its own enumerations: ID.choice.WORD; the product's priorities have their words already.
    private (string, string) Choice(Enum value)
    {
        var word = SettingsText.WordOf(value);
        var keys = catalog.Loaded.Select(plugin => $"{plugin.Id}.choice.{word}").Prepend($"common.priority-{word}");
        var key = keys.FirstOrDefault(candidate => catalogue.Find(Languages.All[0], candidate) is not null);
        return (word, key is null ? word : texts[key]);
    }

    private static FieldKind KindOf(Type type) =>
        type == typeof(bool) ? FieldKind.Flag
        : type.IsEnum ? FieldKind.Choice
        : type == typeof(int) || type == typeof(long) || type == typeof(decimal) || type == typeof(double)
            ? FieldKind.Number
        : FieldKind.Text;
}
