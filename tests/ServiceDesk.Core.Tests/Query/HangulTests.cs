using ServiceDesk.Core.Query;

namespace ServiceDesk.Core.Tests.Query;

public class HangulTests
{
    [Theory]
    [InlineData("김민수", "ㄱㅁㅅ")]
    [InlineData("김 민수 (IT)", "ㄱㅁㅅ")]
    [InlineData("\u1100\u1175\u11b7민수", "ㄱㅁㅅ")]
    [InlineData("Kim", "")]
    [InlineData("빼어난 하늘", "ㅃㅇㄴㅎㄴ")]
    public void Initials_are_those_of_korean_syllables(string name, string initials) =>
        Assert.Equal(initials, Hangul.Initials(name));

    [Theory]
    [InlineData("김민수", "ㄱㅁㅅ", true)]
    [InlineData("김민수", "ㅁㅅ", true)]
    [InlineData("김민수", "\u1100\u1106", true)]
    [InlineData("김민수", "민", true)]
    [InlineData("강수현", "ㄳㅎ", true)]
    [InlineData("박상우", "ㅄㅇ", true)]
    [InlineData("강민현", "ㄳㅎ", false)]
    [InlineData("김민수", "ㄱㅅ", false)]
    [InlineData("Kim Minsu", "min", true)]
    public void A_name_is_found_by_a_part_and_by_initials(string name, string typed, bool finds) =>
        Assert.Equal(finds, Hangul.Finds(name, Folding.Fold(typed)));
}
