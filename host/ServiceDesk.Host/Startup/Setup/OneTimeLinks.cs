using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Startup.Setup;

/// <summary>What a one-time link lets its holder do.</summary>
public enum OneTimePurpose
{
    /// <summary>Create the first administrator of an installation without people.</summary>
    FirstAdministrator = 1,

    /// <summary>Set the password of a person.</summary>
    SetPassword = 2,
}

/// <summary>A link that works once, until an instant.</summary>
/// <param name="Person">Whose password; null for the first administrator.</param>
/// <param name="By">Who made it; null for whoever has the machine.</param>
public sealed record OneTimeLink(OneTimePurpose Purpose, PersonId? Person, Instant ExpiresAt, PersonId? By = null);

/// <summary>Links that carry a right in a random token. Only the token's hash is kept.</summary>
public sealed class OneTimeLinks(ISettingStore settings, IClock clock) : IDisposable
{
    private const string Owner = "one-time-links";
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Makes a link.</summary>
    /// <returns>The token, 256 random bits; it cannot be read again.</returns>
    public async Task<string> CreateAsync(
        OneTimePurpose purpose,
        PersonId? person,
        PersonId? by,
        Duration validity,
        CancellationToken cancellation
    )
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var link = new OneTimeLink(purpose, person, clock.GetCurrentInstant() + validity, by);
        await settings.SaveAsync(
            Owner,
            Hash(token),
            JsonSerializer.Serialize(link, ServiceDeskJson.Stored),
            author: null,
            cancellation
        );
        return token;
    }

    /// <summary>What the token is good for; null when it is unknown, used or expired.</summary>
    public async Task<OneTimeLink?> FindAsync(string token, CancellationToken cancellation)
    {
        var saved = await settings.FindAsync(Owner, Hash(token), cancellation);
        var link = saved is null ? null : JsonSerializer.Deserialize<OneTimeLink>(saved.Json, ServiceDeskJson.Stored);
        return link is not null && clock.GetCurrentInstant() < link.ExpiresAt ? link : null;
    }

    /// <summary>Does <paramref name="work"/> with the link and uses it up when the work says that it was done.</summary>
    /// <returns>False when the token is not good; then nothing was called.</returns>
    public async Task<bool> UseAsync(string token, Func<OneTimeLink, Task<bool>> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (await FindAsync(token, cancellation) is not { } link)
            {
                return false;
            }

            if (await work(link))
            {
                await settings.SaveAsync(Owner, Hash(token), json: null, author: null, CancellationToken.None);
            }

            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Takes away every link of a purpose, so that only the newest works.</summary>
    public async Task RevokeAsync(OneTimePurpose purpose, PersonId? person, CancellationToken cancellation)
    {
        foreach (var (name, saved) in await settings.AllAsync(Owner, cancellation))
        {
            var link = JsonSerializer.Deserialize<OneTimeLink>(saved.Json, ServiceDeskJson.Stored);
            if (link is null || (link.Purpose == purpose && link.Person == person))
            {
                await settings.SaveAsync(Owner, name, json: null, author: null, cancellation);
            }
        }
    }

    public void Dispose() => gate.Dispose();

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
