using ServiceDesk.Host.Access;

namespace ServiceDesk.Host.Pages;

/// <summary>Light or dark: as the system says unless the person chose.</summary>
public static class Themes
{
    /// <summary>The cookie that holds the choice of who is not signed in, or never chose while signed in.</summary>
    public const string Cookie = "servicedesk-theme";

    /// <summary>The choices: <c>system</c>, <c>light</c>, <c>dark</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["system", "light", "dark"];

    /// <summary>The choice when it is known; null otherwise.</summary>
    public static string? Known(string? theme) => All.FirstOrDefault(known => known == theme);

    /// <summary>The reader's choice, which the profile keeps, else this device; <c>system</c> when there is none.</summary>
    public static string Chosen(HttpContext context) =>
        Known(context.FindViewer()?.Person.Theme) ?? Known(context.Request.Cookies[Cookie]) ?? All[0];
}
