using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Host.Pages.Branding;

namespace ServiceDesk.Host.Tests.Pages;

public sealed class BrandColorTests
{
    private const double Readable = 4.5;

    [Fact]
    public void Any_accent_is_readable_on_light_and_dark_pages_and_under_its_own_text()
    {
        var colours = ArbMap.Default.ArbFor<(byte, byte, byte)>();
        Prop.ForAll(
                colours,
                parts =>
                {
                    var brand = BrandColor.From($"#{parts.Item1:x2}{parts.Item2:x2}{parts.Item3:x2}")!;
                    return BrandColor.Contrast(brand.Light, "#ffffff") >= Readable
                        && BrandColor.Contrast(brand.Dark, "#16171b") >= Readable
                        && BrandColor.Contrast(brand.Light, brand.OnLight) >= Readable
                        && BrandColor.Contrast(brand.Dark, brand.OnDark) >= Readable;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_accent_that_is_readable_already_stays() =>
        Assert.Equal("#0b5394", BrandColor.From("#0b5394")!.Light);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("#123456}body{display:none")]
    [InlineData("#123456\n")]
    public void What_is_no_colour_gives_none(string? accent) => Assert.Null(BrandColor.From(accent));
}
