using ServiceDesk.Host.Intake.Files;

namespace ServiceDesk.Host.Tests.Intake;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("C:\\Users\\me\\보고서.hwp", "보고서.hwp")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Egnp.exe", "agnp.exe")]
    [InlineData("a\u200Bb.txt", "ab.txt")]
    [InlineData("a\0b\n.txt", "ab.txt")]
    [InlineData("", "file")]
    [InlineData("dir/", "file")]
    public void A_name_to_show_is_the_last_part_without_hidden_signs(string name, string expected) =>
        Assert.Equal(expected, FileIntake.ShownName(name));

    [Fact]
    public void A_long_name_is_cut_and_keeps_its_ending()
    {
        var shown = FileIntake.ShownName(new string('긴', 400) + ".docx");
        Assert.Equal(255, shown.Length);
        Assert.EndsWith(".docx", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.html", "application/octet-stream")]
    [InlineData("evil.svg", "application/octet-stream")]
    [InlineData("evil.xhtml", "application/octet-stream")]
    [InlineData("page.pdf", "application/pdf")]
    [InlineData("notes.TXT", "text/plain")]
    public void A_type_follows_the_ending_only_for_harmless_documents(string name, string expected) =>
        Assert.Equal(expected, MediaTypes.Decide(name, "<html>"u8));

    [Fact]
    public void An_image_is_known_by_its_bytes_and_not_by_its_name()
    {
        Assert.Equal("image/gif", MediaTypes.Decide("evil.html", "GIF89a......"u8));
        Assert.Equal("application/octet-stream", MediaTypes.Decide("photo.png", "<script>"u8));
        Assert.False(MediaTypes.IsImage("image/svg+xml"));
    }
}
