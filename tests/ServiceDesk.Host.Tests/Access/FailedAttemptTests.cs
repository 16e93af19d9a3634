using System.Net;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Access;

public class FailedAttemptTests
{
    private readonly HandTime time = new();

    [Fact]
    public void An_address_with_many_failures_waits_and_others_do_not()
    {
        var attempts = new FailedAttempts(time);
        var guesser = IPAddress.Parse("203.0.113.7");
        for (var failure = 1; failure <= 49; failure++)
        {
            attempts.Note(guesser);
        }

        Assert.Null(attempts.WaitOf(guesser));
        attempts.Note(guesser);
        Assert.Equal(TimeSpan.FromMinutes(5), attempts.WaitOf(guesser));
        Assert.Null(attempts.WaitOf(IPAddress.Parse("203.0.113.8")));
        time.Move(Duration.FromMinutes(5));
        Assert.Null(attempts.WaitOf(guesser));
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_count_as_one()
    {
        var attempts = new FailedAttempts(time);
        for (var failure = 1; failure <= 50; failure++)
        {
            attempts.Note(IPAddress.Parse($"2001:db8:1:2::{failure:x}"));
        }

        Assert.NotNull(attempts.WaitOf(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(attempts.WaitOf(IPAddress.Parse("2001:db8:1:3::1")));
    }
}
