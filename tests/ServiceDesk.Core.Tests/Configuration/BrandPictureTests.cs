using ServiceDesk.Core.Configuration;

namespace ServiceDesk.Core.Tests.Configuration;

public sealed class BrandPictureTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public void A_picture_reads_back_as_it_was_written()
    {
        var read = BrandPicture.Parse(BrandPicture.Of(Png)!.Text)!;

        Assert.Equal("image/png", read.Type);
        Assert.Equal(Png, read.Bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("logo.png")]
    [InlineData("data:image/png;base64,")]
    [InlineData("data:image/png;base64,%%%")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Pg==")]
    [InlineData("data:image/png;base64,PHN2Zz48c2NyaXB0Pg==")]
    public void What_is_no_picture_is_none(string text) => Assert.Null(BrandPicture.Parse(text));

    [Fact]
    public void A_picture_that_says_another_kind_than_it_is_is_none() =>
        Assert.Null(BrandPicture.Parse(BrandPicture.Of(Png)!.Text.Replace("png", "jpeg", StringComparison.Ordinal)));
}
