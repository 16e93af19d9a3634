namespace ServiceDesk.Host.Pages;

/// <summary>Light or dark: as the system says unless the person chose.</summary>
public static class Themes
{
    /// <summary>The cookie that holds the choice.</summary>
    public const string Cookie = "servicedesk-theme";

    /// <summary>The choices: <c>system</c>, <c>light</c>, <c>dark</c>.</summary>
    public static IReadOnlyList<string> All { get; } = ["system", "light", "dark"];

    /// <summary>The reader's choice; <c>system</c> when there is none.</summary>
    public static string Chosen(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } theme && All.Contains(theme) ? theme : All[0];
}
