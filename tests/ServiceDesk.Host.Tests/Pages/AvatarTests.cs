using ServiceDesk.Host.Pages.TagHelpers;

namespace ServiceDesk.Host.Tests.Pages;

public sealed class AvatarTests
{
    [Theory]
    [InlineData("김민지", "민지")]
    [InlineData("이산", "이산")]
    [InlineData("Rosa Delgado", "RD")]
    [InlineData("Anna Maria Lind", "AL")]
    [InlineData("cher", "ch")]
    [InlineData("김 민지", "김민")]
    [InlineData("", "?")]
    [InlineData("   ", "?")]
    [InlineData("😀 Smith", "😀S")]
    [InlineData("e\u0301clair", "éc")]
    public void Initials_are_those_that_people_would_take(string name, string expected) =>
        Assert.Equal(expected.Normalize(), AvatarTagHelper.InitialsOf(name));
}
