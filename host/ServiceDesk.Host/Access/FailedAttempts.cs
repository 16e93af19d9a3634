using System.Collections.Concurrent;
using System.Net;

namespace ServiceDesk.Host.Access;

/// <summary>
/// Counts wrong passwords and tokens by the address they came from, so that guessing is slow however many accounts are
/// tried. In memory: a node forgets when it is restarted, while the lockout of an account is kept in the database.
/// </summary>
public sealed class FailedAttempts(TimeProvider time)
{
    private const int Allowed = 50;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>How long the address has to wait before it may try again; null when it may now.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        var now = time.GetUtcNow();
        return counts.TryGetValue(KeyOf(address), out var count) && count.Number >= Allowed && count.Until > now
            ? count.Until - now
            : null;
    }

    /// <summary>Notes a failure.</summary>
    public void Note(IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (counts.Count >= MostAddresses)
        {
            foreach (var (key, _) in counts.Where(entry => entry.Value.Until <= now))
            {
                counts.TryRemove(key, out _);
            }
        }

        counts.AddOrUpdate(
            KeyOf(address),
            _ => new Count(1, now + Window),
            (_, count) => count.Until <= now ? new Count(1, now + Window) : count with { Number = count.Number + 1 }
        );
    }

    // A household or an attacker has a whole IPv6 network of 64 bits.
    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 8)));
    }

    private sealed record Count(int Number, DateTimeOffset Until);
}
