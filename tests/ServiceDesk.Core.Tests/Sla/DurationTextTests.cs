using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Sla;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("28:00:00", "1d 4h", "1일 4시간")]
    [InlineData("24:00:00", "1d", "1일")]
    [InlineData("24:05:00", "1d", "1일")]
    [InlineData("04:12:59", "4h 12m", "4시간 12분")]
    [InlineData("00:12:00", "12m", "12분")]
    [InlineData("00:01:30", "1m 30s", "1분 30초")]
    [InlineData("00:00:42", "42s", "42초")]
    [InlineData("00:00:00", "0m", "0분")]
    [InlineData("-00:12:00", "-12m", "-12분")]
    [InlineData("-28:30:00", "-1d 4h", "-1일 4시간")]
    public void Durations_read_as_people_write_them(string time, string english, string korean)
    {
        var duration = Of(time);

        Assert.Equal(english, DurationText.Format(duration, "en", DurationDays.Of24Hours));
        Assert.Equal(korean, DurationText.Format(duration, "ko", DurationDays.Of24Hours));
    }

    [Fact]
    public void Working_time_of_office_hours_has_no_days()
    {
        Assert.Equal("28h 30m", DurationText.Format(Of("28:30:00"), "en", DurationDays.None));
        Assert.Equal("-45시간", DurationText.Format(-Duration.FromHours(45), "ko", DurationDays.None));
    }

    [Theory]
    [InlineData("1d 4h", 28 * 60)]
    [InlineData("1D4H", 28 * 60)]
    [InlineData("4 hours 30 minutes", 270)]
    [InlineData("1일 4시간", 28 * 60)]
    [InlineData("30분", 30)]
    [InlineData("2주", 2 * 7 * 24 * 60)]
    [InlineData("  90m ", 90)]
    [InlineData("-2h", -120)]
    [InlineData("−2h", -120)]
    [InlineData("PT4H", 240)]
    public void What_people_write_can_be_read(string text, int minutes)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(minutes, duration.TotalMinutes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("4")]
    [InlineData("h")]
    [InlineData("4x")]
    [InlineData("1.5h")]
    [InlineData("1h 1h")]
    [InlineData("1h -5m")]
    [InlineData("999999999w")]
    [InlineData("99999999999999999999h")]
    [InlineData("P1Y")]
    [InlineData("soon")]
    public void Another_text_is_no_duration(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void What_is_written_in_full_reads_back_the_same() =>
        Prop.ForAll(
                Gen.Choose(-40_000_000, 40_000_000)
                    .Zip(Gen.Elements(DurationDays.None, DurationDays.Of24Hours))
                    .ToArbitrary(),
                sample =>
                    Array.TrueForAll(
                        ["en", "ko"],
                        language =>
                        {
                            var duration = Duration.FromSeconds(sample.Item1);
                            var text = DurationText.Format(duration, language, sample.Item2, units: 4);
                            return DurationText.TryParse(text, out var read) && read == duration;
                        }
                    )
            )
            .Check(Config.QuickThrowOnFailure);

    private static Duration Of(string time) =>
        NodaTime.Text.DurationPattern.CreateWithInvariantCulture("-H:mm:ss").Parse(time).Value;
}
