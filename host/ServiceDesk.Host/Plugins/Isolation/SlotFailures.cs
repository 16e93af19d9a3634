using ServiceDesk.Host.Pages.Slots;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>Counts views that threw at a slot.</summary>
internal sealed class SlotFailures(PluginCatalog catalog) : ISlotFailures
{
    public void Count(string plugin, Exception problem) => catalog.Find(plugin)?.Health.Count("slot view", problem);
}
