using System.Text.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Queries.Searching;

/// <summary>What a person searched for lately, the newest first; for that person alone, and gone when the person is deactivated.</summary>
public sealed class RecentSearches(ISettingStore settings)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 10;

    private const int Longest = 300;

    /// <summary>The searches.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(PersonId person, CancellationToken cancellation) =>
        await settings.FindAsync(PersonalSettings.RecentSearches, PersonalSettings.NameOf(person), cancellation)
            is { } stored
            ? JsonSerializer.Deserialize<List<string>>(stored.Json)!
            : [];

    /// <summary>Puts one in front. Very long ones are not kept.</summary>
    public async Task AddAsync(PersonId person, string text, CancellationToken cancellation)
    {
        var typed = text.Trim();
        var recent = await OfAsync(person, cancellation);
        if (typed.Length is 0 or > Longest || recent.FirstOrDefault() == typed)
        {
            return;
        }

        var kept = recent.Where(one => one != typed).Prepend(typed).Take(Most).ToList();
        await settings.SaveAsync(
            PersonalSettings.RecentSearches,
            PersonalSettings.NameOf(person),
            JsonSerializer.Serialize(kept),
            person,
            cancellation
        );
    }

    /// <summary>Forgets all.</summary>
    public Task ClearAsync(PersonId person, CancellationToken cancellation) =>
        settings.SaveAsync(
            PersonalSettings.RecentSearches,
            PersonalSettings.NameOf(person),
            null,
            person,
            cancellation
        );
}
