using Microsoft.Extensions.Logging.Abstractions;

namespace ServiceDesk.Host.Plugins.Api;

/// <summary>
/// Stands in for the services while a plugin loads, when there are none yet: routes are mapped on it only to see what they
/// declare, and never run. It says of every type that it is a service, so that no parameter is taken for a body. Routes that
/// were compiled with the plugin ask for a log.
/// </summary>
internal sealed class RouteProbe : IServiceProvider, IServiceProviderIsService
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(ILoggerFactory))
        {
            return NullLoggerFactory.Instance;
        }

        return serviceType == typeof(IServiceProviderIsService) ? this : null;
    }

    public bool IsService(Type serviceType) => true;
}
