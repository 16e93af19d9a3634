using NodaTime;
using ServiceDesk.Core.Sla;

namespace ServiceDesk.Core.Tests.Sla;

public sealed class RemindersTests
{
    [Theory]
    [InlineData("75%", 360)]
    [InlineData("1%", 4.8)]
    [InlineData("PT30M", 450)]
    [InlineData("PT7H59M", 1)]
    public void A_reminder_comes_at_a_share_of_the_target_or_with_time_left(string text, double minutes) =>
        Assert.Equal(minutes, Reminders.After(text, Duration.FromHours(8))!.Value.TotalMinutes);

    [Theory]
    [InlineData("0%")]
    [InlineData("100%")]
    [InlineData("7.5%")]
    [InlineData("-5%")]
    [InlineData("%")]
    [InlineData("PT8H")]
    [InlineData("PT9H")]
    [InlineData("PT0S")]
    [InlineData("-PT1H")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_point_within_the_target_is_no_reminder(string? text) =>
        Assert.Null(Reminders.After(text, Duration.FromHours(8)));
}
