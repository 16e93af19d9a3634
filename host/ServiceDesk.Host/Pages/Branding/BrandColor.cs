using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Pages.Branding;

/// <summary>
/// A desk's accent, made readable: as text and button on light and on dark pages it keeps its hue and gets the lightness
/// at which it contrasts with the page by at least 4.5 to 1, and its buttons the text colour that reads better.
/// </summary>
/// <param name="Light">On light pages, <c>#rrggbb</c>.</param>
/// <param name="OnLight">Text on a button of it there.</param>
/// <param name="Dark">On dark pages.</param>
/// <param name="OnDark">Text on a button of it there.</param>
public sealed partial record BrandColor(string Light, string OnLight, string Dark, string OnDark)
{
    private const double Readable = 4.5;
    private const int Steps = 50;

    // The least favourable backgrounds of each theme: a tinted surface, not the plain one.
    private static readonly Rgb LightPage = new(236, 238, 244);
    private static readonly Rgb DarkPage = new(41, 44, 51);
    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Ink = new(16, 18, 27);

    /// <summary>Reads <c>#rrggbb</c>; null when it is no colour, so that the product's own stays.</summary>
    public static BrandColor? From(string? accent)
    {
        if (accent is null || !Hex().IsMatch(accent))
        {
            return null;
        }

        var colour = Rgb.Parse(accent);
        var light = Towards(colour, new Rgb(0, 0, 0), LightPage);
        var dark = Towards(colour, White, DarkPage);
        return new BrandColor(light.ToString(), TextOn(light), dark.ToString(), TextOn(dark));
    }

    /// <summary>How strongly two colours contrast by WCAG 2: 1 to 21.</summary>
    public static double Contrast(string one, string other) => Contrast(Rgb.Parse(one), Rgb.Parse(other));

    private static string TextOn(Rgb colour) => (Contrast(colour, White) >= Readable ? White : Ink).ToString();

    private static Rgb Towards(Rgb colour, Rgb end, Rgb page)
    {
        var step = 0;
        var mixed = colour;
        while (step < Steps && Contrast(mixed, page) < Readable)
        {
            step++;
            mixed = colour.Mix(end, (double)step / Steps);
        }

        return mixed;
    }

    private static double Contrast(Rgb one, Rgb other)
    {
        var (a, b) = (one.Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hex();

    private sealed record Rgb(byte Red, byte Green, byte Blue)
    {
        public double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

        public static Rgb Parse(string hex) => new(Part(hex, 1), Part(hex, 3), Part(hex, 5));

        public Rgb Mix(Rgb other, double share) =>
            new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

        private static byte Part(string hex, int at) =>
            byte.Parse(hex.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

        private static byte Between(byte from, byte to, double share) =>
            (byte)Math.Round(from + ((to - from) * share), MidpointRounding.AwayFromZero);

        private static double Linear(byte part)
        {
            var value = part / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
