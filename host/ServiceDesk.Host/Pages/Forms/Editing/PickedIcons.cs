namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>The icons that a request type, a ticket type or a desk is usually given, for a picker.</summary>
public static class PickedIcons
{
    /// <summary>Names of Tabler's icons, each of them in the product's sprite.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "message-circle",
        "help-circle",
        "alert-triangle",
        "bug",
        "tool",
        "settings",
        "device-laptop",
        "device-desktop",
        "devices",
        "device-mobile",
        "printer",
        "headset",
        "phone",
        "wifi",
        "network",
        "server",
        "database",
        "cloud",
        "apps",
        "browser",
        "mail",
        "key",
        "lock",
        "shield",
        "user",
        "user-plus",
        "users",
        "id",
        "school",
        "briefcase",
        "building",
        "home",
        "armchair",
        "door",
        "bulb",
        "temperature",
        "car",
        "plane",
        "truck",
        "package",
        "shopping-cart",
        "credit-card",
        "receipt",
        "coin",
        "calculator",
        "calendar",
        "clock",
        "file-text",
        "certificate",
        "book",
        "heart",
        "first-aid-kit",
        "coffee",
        "beach",
    ];

    /// <summary>Those, and the one that is set.</summary>
    public static IEnumerable<string> With(string icon) => All.Contains(icon) ? All : All.Prepend(icon);
}
