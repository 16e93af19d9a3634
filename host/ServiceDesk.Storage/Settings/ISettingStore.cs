using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Settings;

/// <summary>Settings of the product and its plugins: JSON under an owner and a name.</summary>
public interface ISettingStore
{
    /// <summary>The value; null when it was never saved.</summary>
    Task<StoredSetting?> FindAsync(string owner, string name, CancellationToken cancellation = default);

    /// <summary>Those of some names that were saved, by name, in one statement.</summary>
    Task<IReadOnlyDictionary<string, StoredSetting>> FindAsync(
        string owner,
        IReadOnlyCollection<string> names,
        CancellationToken cancellation = default
    );

    /// <summary>All values of an owner, by name.</summary>
    Task<IReadOnlyDictionary<string, StoredSetting>> AllAsync(string owner, CancellationToken cancellation = default);

    /// <summary>Saves a value, replacing an earlier one; null takes it away.</summary>
    Task SaveAsync(string owner, string name, string? json, PersonId? author, CancellationToken cancellation = default);
}

/// <summary>A saved value with who saved it.</summary>
public sealed record StoredSetting(string Json, Instant At, PersonId? Author);
