using System.ComponentModel.DataAnnotations;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Host.Plugins.Settings;

/// <summary>Settings are what their plugin's class takes. Those of a plugin that is not loaded are kept as they are.</summary>
public sealed class PluginSettingsCheck(PluginCatalog catalog) : DocumentCheck<PluginSettingsDocument>
{
    protected override IEnumerable<DocumentProblem> Check(PluginSettingsDocument document, IConfiguration configuration)
    {
        var type = catalog.Loaded.FirstOrDefault(plugin => plugin.Id == document.Id)?.Contents?.Settings;
        return type is null ? [] : Check(document, type);
    }

    private static IEnumerable<DocumentProblem> Check(PluginSettingsDocument document, Type type)
    {
        var properties = SettingsText.PropertiesOf(type).ToDictionary(SettingsText.NameOf, StringComparer.Ordinal);
        foreach (var (name, text) in document.Values)
        {
            if (!properties.TryGetValue(name, out var property))
            {
                yield return DocumentProblem.At($"/values/{name}", "plugins.settings.unknown", name);
            }
            else if (!SettingsText.TryParse(property.PropertyType, text, out _))
            {
                yield return DocumentProblem.At($"/values/{name}", "plugins.settings.unreadable", name, text);
            }
        }

        var settings = SettingsText.Read(Activator.CreateInstance(type)!, document.Values);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var name = result.MemberNames.FirstOrDefault() is { } member
                ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member)
                : "";
            yield return DocumentProblem.At(
                $"/values/{name}",
                "plugins.settings.refused",
                name,
                result.ErrorMessage ?? ""
            );
        }
    }
}
