using ServiceDesk.Host.Texts;

namespace ServiceDesk.Host.Tests.Texts;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("요청 {0}을(를) 열었습니다.", "티켓", "요청 티켓을 열었습니다.")]
    [InlineData("요청 {0}을(를) 열었습니다.", "메모", "요청 메모를 열었습니다.")]
    [InlineData("{0}이(가) 없습니다", "사람", "사람이 없습니다")]
    [InlineData("{0}이(가) 없습니다", "문서", "문서가 없습니다")]
    [InlineData("{0}은(는)", "서울", "서울은")]
    [InlineData("{0}과(와) 함께", "나무", "나무와 함께")]
    [InlineData("{0}(으)로 이동", "서울", "서울로 이동")]
    [InlineData("{0}(으)로 이동", "부산", "부산으로 이동")]
    [InlineData("{0}(으)로 이동", "대구", "대구로 이동")]
    public void A_particle_follows_the_last_syllable(string pattern, string argument, string expected) =>
        Assert.Equal(expected, Sentence.Fill(pattern, [argument]));

    [Theory]
    [InlineData("ITSD-1", "ITSD-1을")]
    [InlineData("ITSD-2", "ITSD-2를")]
    [InlineData("ITSD-10", "ITSD-10을")]
    [InlineData("VPN", "VPN을")]
    [InlineData("PC", "PC를")]
    [InlineData("URL", "URL을")]
    [InlineData("email", "email을")]
    [InlineData("server", "server를")]
    [InlineData("website", "website를")]
    [InlineData("desktop", "desktop을")]
    public void A_particle_follows_how_digits_and_latin_words_are_read(string argument, string expected) =>
        Assert.Equal(expected, Sentence.Fill("{0}을(를)", [argument]));

    [Fact]
    public void Closing_marks_between_a_word_and_its_particle_are_skipped() =>
        Assert.Equal(
            "\"보고서.pdf\"를 \"사진\"은",
            Sentence.Fill("\"{0}\"을(를) \"{1}\"은(는)", ["보고서.pdf", "사진"])
        );

    [Fact]
    public void Marks_at_the_end_of_a_word_do_not_hide_its_sound() =>
        Assert.Equal("한빛(주)가", Sentence.Fill("{0}이(가)", ["한빛(주)"]));

    [Fact]
    public void A_word_that_nobody_can_read_keeps_both_forms() =>
        Assert.Equal("→을(를)", Sentence.Fill("{0}을(를)", ["→"]));

    [Fact]
    public void An_argument_is_never_read_as_a_place() =>
        Assert.Equal("{1} and b", Sentence.Fill("{0} and {1}", ["{1}", "b"]));

    [Fact]
    public void Doubled_braces_are_braces_and_a_place_without_argument_stays() =>
        Assert.Equal("{0} {3}", Sentence.Fill("{{0}} {3}", ["x"]));
}
