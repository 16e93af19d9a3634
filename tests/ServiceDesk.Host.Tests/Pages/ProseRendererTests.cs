using System.Text.Encodings.Web;
using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Tests.Pages;

public sealed class ProseRendererTests
{
    private static readonly AttachedFile Picture = new(12, "a.png", "image/png", 10, "00");
    private static readonly ProseImages Images = new("/files/ITSD-1/", [Picture]);

    [Fact]
    public void Markdown_becomes_html() =>
        Assert.Equal(
            "<p><strong>Hello</strong> <a href=\"https://example.com/\" rel=\"noopener noreferrer nofollow\">there</a></p>",
            Html("**Hello** [there](https://example.com/)")
        );

    [Fact]
    public void A_line_break_that_was_typed_is_shown() => Assert.Equal("<p>one<br>\ntwo</p>", Html("one\ntwo"));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<style>*{display:none}</style>")]
    [InlineData("<iframe src=//evil.example></iframe>")]
    [InlineData("<svg onload=alert(1)>")]
    public void Html_that_was_typed_is_text(string text)
    {
        var html = Html(text);
        Assert.Contains("&lt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain(text[..4], html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](//evil.example/)")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("<javascript:alert(1)>")]
    public void A_link_to_something_else_than_a_page_is_text(string text) =>
        Assert.DoesNotContain("<a", Html(text), StringComparison.Ordinal);

    [Fact]
    public void An_attachment_of_the_ticket_is_shown_as_an_image() =>
        Assert.Contains(
            "<img src=\"/files/ITSD-1/12?inline\" alt=\"shot\"",
            Html("![shot](attachment:12)"),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_image_that_is_no_attachment_of_the_ticket_is_not_loaded()
    {
        Assert.Equal("<p>shot</p>", Html("![shot](attachment:13)"));
        Assert.DoesNotContain("<img", Html("![shot](https://tracker.example/p.gif)"), StringComparison.Ordinal);
        Assert.Contains(
            "href=\"https://tracker.example/p.gif\"",
            Html("![shot](https://tracker.example/p.gif)"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "<p onclick=\"x()\" class=\"menu\" style=\"position:fixed\" hx-get=\"/x\" id=\"main\">a</p>",
        "<p>a</p>"
    )]
    [InlineData(
        "<a href=\"https://a.example\" target=\"_top\" onclick=\"x()\">a</a>",
        "<a href=\"https://a.example\" rel=\"noopener noreferrer nofollow\">a</a>"
    )]
    [InlineData("<form action=\"/x\"><button>a</button></form>", "a")]
    [InlineData("<input type=\"text\" name=\"x\">", "")]
    [InlineData("<svg><a xlink:href=\"javascript:x\">a</a></svg>", "a")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", null)]
    [InlineData("<!-- <p>a</p> -->b", "b")]
    public void Only_what_is_allowed_passes_even_when_the_library_would_let_more_through(string html, string? expected)
    {
        var cleaned = ProseRenderer.Clean(html, Images);
        Assert.DoesNotContain(
            "onerror",
            cleaned.Replace("&lt;img src=x onerror", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        if (expected is not null)
        {
            Assert.Equal(expected, cleaned);
        }
    }

    [Fact]
    public void A_text_that_nests_without_end_is_shown_and_does_not_stop_the_server()
    {
        Assert.Contains("&gt;", Html(new string('>', 20_000) + " deep"), StringComparison.Ordinal);
        Assert.NotEmpty(Html(new string('[', 20_000)));
        Assert.NotEmpty(Html(string.Concat(Enumerable.Repeat("- ", 5_000))));
    }

    [Fact]
    public void Whatever_is_typed_cleaning_twice_gives_the_same_as_once() =>
        Prop.ForAll<string>(text =>
            {
                var once = Html(text ?? "");
                return ProseRenderer
                    .Clean(once, ProseImages.None)
                    .Contains("<script", StringComparison.OrdinalIgnoreCase)
                    is false;
            })
            .QuickCheckThrowOnFailure();

    private static string Html(string markdown)
    {
        using var writer = new StringWriter();
        ProseRenderer.Render(markdown, Images).WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString().Trim();
    }
}
