using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Tests.Texts;

public sealed class TextCatalogueTests
{
    private readonly TextCatalogue catalogue = new([]);

    [Fact]
    public void The_hosts_sentences_are_found_in_both_languages()
    {
        Assert.Equal("Save", catalogue.Find("en", "common.save"));
        Assert.Equal("저장", catalogue.Find("ko", "common.save"));
    }

    [Fact]
    public void A_language_that_nobody_brings_gets_english() =>
        Assert.Equal("Save", catalogue.Find("fr", "common.save"));

    [Fact]
    public void An_unknown_key_is_not_found() => Assert.Null(catalogue.Find("en", "common.no-such-key"));

    [Fact]
    public void A_plugin_cannot_take_over_a_sentence_of_the_host()
    {
        var assembly = typeof(TextCatalogue).Assembly;
        var own = new TextSource(assembly, "ServiceDesk.Host.Texts.Portal", "stranger");
        Assert.Equal("Save", new TextCatalogue([own]).Find("en", "common.save"));
    }
}
