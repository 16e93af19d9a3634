using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Tests.Tickets;

public sealed class IdentifierTests
{
    private static readonly Gen<TicketKey> Keys =
        from first in Gen.Choose('A', 'Z')
        from rest in Gen.Elements("ABCXYZ0189".ToCharArray()).ArrayOf()
        from number in Gen.Choose(1, int.MaxValue)
        let tail = rest.Take(9).DefaultIfEmpty('Q').ToArray()
        select new TicketKey((char)first + new string(tail), number);

    [Fact]
    public void A_key_is_read_back_in_either_case_and_with_white_space() =>
        Prop.ForAll(
                Keys.ToArbitrary(),
                key =>
                    TicketKey.TryParse($" {key}\t", out var asWritten)
                    && asWritten == key
                    && TicketKey.TryParse(key.ToString().ToLowerInvariant(), out var inLowerCase)
                    && inLowerCase == key
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ITSD")]
    [InlineData("ITSD-")]
    [InlineData("-95")]
    [InlineData("I-95")]
    [InlineData("1TSD-95")]
    [InlineData("ELEVENCHARS-1")]
    [InlineData("IT SD-95")]
    [InlineData("IT-SD-95")]
    [InlineData("데스크-95")]
    [InlineData("ITSD-0")]
    [InlineData("ITSD--1")]
    [InlineData("ITSD-+1")]
    [InlineData("ITSD-1.5")]
    [InlineData("ITSD-٣")]
    [InlineData("ITSD-2147483648")]
    public void What_is_no_key_is_told_without_throwing(string? text)
    {
        Assert.False(TicketKey.TryParse(text, out var key));
        Assert.Equal(default, key);
    }

    [Fact]
    public void Any_text_is_answered() =>
        Prop.ForAll<string?>(text => TicketKey.TryParse(text, out var key) == (key != default))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Identities_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.Equal("-1234567", new TicketId(-1_234_567).ToString());
            Assert.Equal("1234567", new PersonId(1_234_567).ToString());
            Assert.Equal("7", new OrganizationId(7).ToString());
            Assert.Equal("7", new TeamId(7).ToString());
            Assert.Equal("ITSD-95", new TicketKey("ITSD", 95).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_stored_name_is_written_with_its_version() =>
        Assert.Equal("acme.stamped/2", new StoredNameAttribute("acme.stamped", 2).ToString());
}
