using System.Collections.Concurrent;
using System.Security.Cryptography;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Branding;

/// <summary>How the help centre looks, for pages.</summary>
public sealed class HelpCentre(ICurrentConfiguration configuration, ITexts texts)
{
    // A picture's text is long and the same for each page: its address is made of it once.
    private readonly ConcurrentDictionary<string, string> marks = new(StringComparer.Ordinal);

    /// <summary>What was configured; null for nothing.</summary>
    public HelpCentreDocument? Document =>
        configuration.Snapshot.TryGet<HelpCentreDocument>(HelpCentreDocument.Only, out var found) ? found : null;

    /// <summary>What the product is called here.</summary>
    public string Name => Document?.Name.ToString() ?? texts["common.product"];

    /// <summary>Where the logo is; null for none.</summary>
    public string? Logo => AddressOf("logo", Document?.Logo);

    /// <summary>Where the banner is; null for none.</summary>
    public string? Banner => AddressOf("banner", Document?.Banner);

    /// <summary>A picture by the name in its address; null for none.</summary>
    public BrandPicture? Find(string name) =>
        BrandPicture.Parse(
            name switch
            {
                "logo" => Document?.Logo,
                "banner" => Document?.Banner,
                _ => null,
            }
        );

    private string? AddressOf(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (marks.Count > 20)
        {
            marks.Clear();
        }

        var mark = marks.GetOrAdd(
            text,
            static picture =>
                Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(picture)))[..16]
        );
        return $"~/brand/{name}?v={mark}";
    }
}
