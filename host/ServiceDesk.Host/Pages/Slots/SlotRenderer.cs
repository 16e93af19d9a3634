using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using ServiceDesk.Host.Plugins;

namespace ServiceDesk.Host.Pages.Slots;

/// <summary>Renders the plugins' views of a slot, each isolated from the page and from its neighbours.</summary>
public sealed partial class SlotRenderer(
    IEnumerable<SlotView> views,
    IEnumerable<ISlotFailures> failures,
    PluginCatalog plugins,
    TimeProvider time,
    IHtmlHelper html,
    ILogger<SlotRenderer> logger
)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>All views of the slot, in order.</summary>
    public async Task<IHtmlContent> RenderAsync(string slot, object? model, ViewContext context)
    {
        var all = new HtmlContentBuilder();
        foreach (
            var view in views
                .Where(view => view.Slot == slot && plugins.IsActive(view.Plugin))
                .OrderBy(view => view.Order)
        )
        {
            all.AppendHtml(await RenderOneAsync(view, model, context));
        }

        return all;
    }

    private async Task<IHtmlContent> RenderOneAsync(SlotView view, object? model, ViewContext context)
    {
        try
        {
            ((IViewContextAware)html).Contextualize(context);
            var rendering = html.PartialAsync(
                view.View,
                model,
                new ViewDataDictionary<object?>(context.ViewData, model)
            );
            return await rendering.WaitAsync(Limit, time);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            LogFailure(problem, view.Plugin, view.View, view.Slot);
            foreach (var failure in failures)
            {
                failure.Count(view.Plugin, problem);
            }

            return HtmlString.Empty;
        }
    }

    [LoggerMessage(LogLevel.Error, "The view {View} of plugin {Plugin} failed at slot {Slot}")]
    private partial void LogFailure(Exception problem, string plugin, string view, string slot);
}

/// <summary>Hears of plugin views that threw, so that administration can show it.</summary>
public interface ISlotFailures
{
    /// <summary>A view of the plugin threw.</summary>
    void Count(string plugin, Exception problem);
}
