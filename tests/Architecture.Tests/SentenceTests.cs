using Architecture.Tests.Rules;

namespace Architecture.Tests;

public class SentenceTests
{
    private static readonly string[] Owners = ["host", "plugins", "sdk"];

    private static List<SourceFile> Resources => [.. Owners.SelectMany(o => SourceTree.OfTheProduct.Files(o, ".resx"))];

    [Fact]
    public void Every_sentence_stands_in_english_and_korean_with_the_same_places()
    {
        Assert.NotEmpty(Resources);
        Assert.Empty(Sentences.Violations(Resources));
    }

    [Fact]
    public void Every_key_that_code_or_a_page_names_has_a_sentence()
    {
        var code = Owners.SelectMany(o => SourceTree.OfTheProduct.Files(o, ".cs", ".cshtml")).ToList();

        Assert.Empty(Sentences.Missing(code, Resources));
    }

    [Theory]
    [InlineData("""<data name="a.b"><value>Hello</value></data>""", "")]
    [InlineData("", """<data name="a.b"><value>안녕하세요</value></data>""")]
    [InlineData(
        """<data name="a.b"><value>Hello {0}</value></data>""",
        """<data name="a.b"><value>안녕하세요</value></data>"""
    )]
    [InlineData("""<data name="a.b"><value>Hello</value></data>""", """<data name="a.b"><value> </value></data>""")]
    public void A_planted_half_sentence_is_found(string english, string korean) =>
        Assert.Single(
            Sentences.Violations([
                new SourceFile("Planted.resx", $"<root>{english}</root>"),
                new SourceFile("Planted.ko.resx", $"<root>{korean}</root>"),
            ])
        );

    [Fact]
    public void Each_language_takes_its_own_of_what_somebody_said_in_both() =>
        Assert.Empty(
            Sentences.Violations([
                new SourceFile("Planted.resx", """<root><data name="a.b"><value>{0}</value></data></root>"""),
                new SourceFile("Planted.ko.resx", """<root><data name="a.b"><value>{1}</value></data></root>"""),
            ])
        );

    [Fact]
    public void A_planted_file_without_its_twin_is_found() =>
        Assert.Single(Sentences.Violations([new SourceFile("Planted.resx", "<root/>")]));

    [Fact]
    public void A_planted_key_without_a_sentence_is_found() =>
        Assert.Single(Sentences.Missing([new SourceFile("Planted.cshtml", """@Texts["portal.nowhere"]""")], []));
}
