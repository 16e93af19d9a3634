using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;

namespace TestPlugins.HangsInHandler;

public sealed class HangsInHandlerPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder) =>
        builder
            .AddSlotView(Slots.TicketBanner, "/plugins/hangs-in-handler/_Hanging.cshtml")
            .AddApi(routes => routes.MapGet("/hang", NeverAsync).RequirePermission(Permissions.WorkTickets));

    /// <summary>A task that nobody ever completes.</summary>
    public static Task ForEver { get; } = new TaskCompletionSource().Task;

    private static async Task<IResult> NeverAsync()
    {
        await ForEver;
        return Results.Ok();
    }
}
