using ServiceDesk.Core.Access;

namespace ServiceDesk.Core.Tests.Access;

public class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ada.lovelace+desk@mail.example.co.kr")]
    [InlineData("o'brien@example.com")]
    [InlineData("root@localhost")]
    [InlineData("김민아@한빛.example")]
    [InlineData("info@müller-söhne.example")]
    [InlineData("a@xn--hu1b07h.example")]
    public void An_address_of_a_mailbox_is_taken(string text) => Assert.True(EmailAddresses.IsAddress(text));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("!@#$%^&*()`~")]
    [InlineData("ada@@example.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example.com ")]
    [InlineData("ada @example.com")]
    [InlineData("ada@exam ple.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com, eve@example.com")]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("\"ada b\"@example.com")]
    [InlineData("ada(comment)@example.com")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@example.com/x")]
    [InlineData("ada@exa_mple.com\u0000")]
    public void Anything_else_is_refused(string text) => Assert.False(EmailAddresses.IsAddress(text));

    [Fact]
    public void The_longest_address_is_that_of_the_standard()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('h', 60), 3));

        Assert.True(EmailAddresses.IsAddress(new string('a', 254 - host.Length - 1) + "@" + host));
        Assert.False(EmailAddresses.IsAddress(new string('a', 255 - host.Length - 1) + "@" + host));
    }
}
