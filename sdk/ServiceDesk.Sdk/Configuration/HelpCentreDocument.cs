using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>How the help centre looks and greets, over all desks. There is one, <see cref="Only"/>; its name stands in the bar, in titles and where one signs in.</summary>
public sealed record HelpCentreDocument : ConfigurationDocument
{
    /// <summary>The id of the only one.</summary>
    public const string Only = "help-centre";

    /// <summary>The heading of the home page; null keeps the product's.</summary>
    public LocalizedText? Title { get; init; }

    /// <summary>The sentence below it; null keeps the product's.</summary>
    public LocalizedText? Lead { get; init; }

    /// <summary>What people read before they sign in, Markdown.</summary>
    public LocalizedText? SignInMessage { get; init; }

    /// <summary>An accent colour, <c>#rrggbb</c>; null keeps the product's. Pages change its lightness where it could not be read.</summary>
    public string? Accent { get; init; }

    /// <summary>A logo: a PNG, JPEG or WebP picture of at most 50 KB as <c>data:image/png;base64,…</c>.</summary>
    public string? Logo { get; init; }

    /// <summary>A picture above the home page, as <see cref="Logo"/>, of at most 200 KB.</summary>
    public string? Banner { get; init; }

    /// <summary>How what can be asked for is laid out.</summary>
    public HelpCentreLayout Layout { get; init; }
}

/// <summary>How the help centre lays out what can be asked for.</summary>
public enum HelpCentreLayout
{
    /// <summary>Each a card with its description.</summary>
    Cards,

    /// <summary>Each a line, for desks that offer much.</summary>
    List,
}
