namespace ServiceDesk.Host.Pages.Slots;

/// <summary>A plugin's partial view at a named place of host pages. Registered as a service, one for each view.</summary>
/// <param name="Slot">The place.</param>
/// <param name="View">The compiled view's path.</param>
/// <param name="Order">Its place among the views of the slot.</param>
/// <param name="Plugin">The plugin's id, to which a failure is counted.</param>
public sealed record SlotView(string Slot, string View, int Order, string Plugin);
