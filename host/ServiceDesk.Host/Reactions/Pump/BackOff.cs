using NodaTime;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>When a failed event is tried again.</summary>
public static class BackOff
{
    private static readonly Duration[] Steps =
    [
        Duration.FromSeconds(5),
        Duration.FromSeconds(30),
        Duration.FromMinutes(2),
        Duration.FromMinutes(10),
        Duration.FromHours(1),
    ];

    /// <summary>The pause after an attempt failed; null when there is to be none again.</summary>
    /// <param name="attempts">How many failed so far, 1 or more.</param>
    public static Duration? After(int attempts) => attempts <= Steps.Length ? Steps[attempts - 1] : null;
}
