using System.Collections.Concurrent;
using System.Net;

namespace ServiceDesk.Host.Access;

/// <summary>Counts what comes from network addresses, so that an address that does too much has to wait. In memory: a node forgets when it is restarted.</summary>
/// <param name="time">The clock.</param>
/// <param name="allowed">How much is allowed in a window.</param>
/// <param name="window">How long a window is; it begins with the first that is counted.</param>
public class AddressLimit(TimeProvider time, int allowed, TimeSpan window)
{
    private const int MostAddresses = 10_000;
    private readonly ConcurrentDictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>How long the address has to wait before it may try again; null when it may now.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        var now = time.GetUtcNow();
        return counts.TryGetValue(KeyOf(address), out var count) && count.Number >= allowed && count.Until > now
            ? count.Until - now
            : null;
    }

    /// <summary>Counts one more.</summary>
    /// <returns>How long the address has to wait, when that was more than is allowed; null when it was not.</returns>
    public TimeSpan? Note(IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (counts.Count >= MostAddresses)
        {
            foreach (var (key, _) in counts.Where(entry => entry.Value.Until <= now))
            {
                counts.TryRemove(key, out _);
            }
        }

        var noted = counts.AddOrUpdate(
            KeyOf(address),
            _ => new Count(1, now + window),
            (_, count) => count.Until <= now ? new Count(1, now + window) : count with { Number = count.Number + 1 }
        );
        return noted.Number > allowed ? noted.Until - now : null;
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
