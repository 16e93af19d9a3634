namespace ServiceDesk.Sdk.Pages;

/// <summary>The parts of the product with a navigation of their own.</summary>
public enum NavigationArea
{
    /// <summary>The customers' portal.</summary>
    Portal = 1,

    /// <summary>The agents' workspace.</summary>
    Workspace = 2,

    /// <summary>Administration.</summary>
    Administration = 3,
}

/// <summary>A link in the main navigation of an area.</summary>
/// <param name="Area">Where it stands.</param>
/// <param name="TitleKey">The text key of its words.</param>
/// <param name="Icon">The name of a Tabler icon of the product's sprite.</param>
/// <param name="Path">The page, from the root of the server: <c>/plugins/ID/…</c>.</param>
/// <param name="Permission">Who sees it. The page has a policy of its own.</param>
/// <param name="Order">Its place among the links of plugins.</param>
public sealed record NavigationItem(
    NavigationArea Area,
    string TitleKey,
    string Icon,
    string Path,
    string Permission,
    int Order = 100
);
