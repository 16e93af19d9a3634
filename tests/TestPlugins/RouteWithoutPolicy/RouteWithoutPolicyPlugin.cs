using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Plugins;

namespace TestPlugins.RouteWithoutPolicy;

public sealed class RouteWithoutPolicyPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) =>
        builder.AddApi(routes =>
        {
            routes.MapGet("/guarded", () => Results.Ok()).RequirePermission(Permissions.WorkTickets);
            routes.MapGet("/open", () => Results.Ok("anybody reads this"));
        });
}
