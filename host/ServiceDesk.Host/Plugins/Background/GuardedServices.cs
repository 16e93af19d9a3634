using Microsoft.Extensions.Hosting;
using ServiceDesk.Host.Plugins.Isolation;

namespace ServiceDesk.Host.Plugins.Background;

/// <summary>Merges a plugin's services into the product's, its background services guarded.</summary>
internal static class GuardedServices
{
    public static void Merge(IServiceCollection product, InstalledPlugin plugin)
    {
        foreach (var descriptor in plugin.Contents!.Services)
        {
            product.Add(
                descriptor.ServiceType == typeof(IHostedService) ? Guard(descriptor, plugin.Health) : descriptor
            );
        }
    }

    private static ServiceDescriptor Guard(ServiceDescriptor descriptor, PluginHealth health)
    {
        var name = (descriptor.ImplementationType ?? descriptor.ImplementationInstance?.GetType())?.Name ?? health.Id;
        return ServiceDescriptor.Singleton<IHostedService>(provider => new GuardedHostedService(
            () => Make(descriptor, provider),
            name,
            health,
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    private static IHostedService Make(ServiceDescriptor descriptor, IServiceProvider provider) =>
        (IHostedService)(
            descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!)
        );
}
