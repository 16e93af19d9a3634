using NodaTime;
using ServiceDesk.Host.Pages.Times;

namespace ServiceDesk.Host.Tests.Pages;

public sealed class TypedMomentTests
{
    [Theory]
    [InlineData("Asia/Seoul")]
    [InlineData("America/Los_Angeles")]
    public void A_moment_at_the_ends_of_time_is_written_and_never_read(string zone)
    {
        var there = DateTimeZoneProviders.Tzdb[zone];

        Assert.StartsWith("9999-12-", TypedMoment.Write(Instant.MaxValue, there), StringComparison.Ordinal);
        Assert.NotEmpty(TypedMoment.Write(Instant.MinValue, there));
        Assert.Null(TypedMoment.Read("9999-12-31T23:59", there));
        Assert.Null(TypedMoment.Read("nonsense", there));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var seoul = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var noon = Instant.FromUtc(2026, 3, 2, 3, 0);

        Assert.Equal("2026-03-02T12:00", TypedMoment.Write(noon, seoul));
        Assert.Equal(noon, TypedMoment.Read("2026-03-02T12:00", seoul));
    }
}
