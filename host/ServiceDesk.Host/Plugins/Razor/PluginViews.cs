using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Razor.Hosting;
using ServiceDesk.Host.Plugins.Loading;

namespace ServiceDesk.Host.Plugins.Razor;

/// <summary>The pages and views that are compiled into a plugin: where they may live and who may open them.</summary>
internal static class PluginViews
{
    private const string PageKind = "mvc.1.0.razor-page";

    /// <summary>Makes the pages of loaded plugins known.</summary>
    public static void AddParts(IServiceCollection services, PluginCatalog catalog) =>
        services
            .AddMvcCore()
            .ConfigureApplicationPartManager(manager =>
            {
                foreach (var plugin in catalog.Loaded)
                {
                    manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(plugin.Contents!.Assembly));
                }
            });

    /// <summary>Every view lies below the plugin's own path, every page names a policy, every slot's view exists.</summary>
    /// <exception cref="PluginRefusedException">One does not.</exception>
    public static void Check(string plugin, PluginContents contents)
    {
        var items = new RazorCompiledItemLoader().LoadItems(contents.Assembly);
        var prefix = $"/Pages/plugins/{plugin}/";
        foreach (var item in items)
        {
            if (!item.Identifier.StartsWith(prefix, StringComparison.Ordinal))
            {
                throw Refuse("plugins.reason.view-elsewhere", item.Identifier);
            }

            if (item.Kind == PageKind)
            {
                CheckPage(item);
            }
        }

        var missing = contents.SlotViews.FirstOrDefault(view => items.All(item => item.Identifier != view.View));
        if (missing is not null)
        {
            throw Refuse("plugins.reason.no-view", missing.View);
        }
    }

    private static void CheckPage(RazorCompiledItem page)
    {
        // A route of its own that begins at the root would leave the plugin's path.
        var route = page
            .Type.GetCustomAttributes<RazorCompiledItemMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "RouteTemplate")
            ?.Value;
        if (route is ['/', ..] or ['~', ..])
        {
            throw Refuse("plugins.reason.view-elsewhere", route);
        }

        var model = page.Type.GetProperty("Model")?.PropertyType;
        var attributes = page
            .Type.GetCustomAttributes(inherit: true)
            .Concat(model?.GetCustomAttributes(true) ?? [])
            .ToList();
        if (
            attributes.Exists(attribute => attribute is IAllowAnonymous)
            || !attributes.OfType<IAuthorizeData>().Any(data => !string.IsNullOrEmpty(data.Policy))
        )
        {
            throw Refuse("plugins.reason.page-without-policy", page.Identifier);
        }
    }

    private static PluginRefusedException Refuse(string code, string argument) => new(PluginReason.Of(code, argument));
}
