using System.Globalization;
using System.Text.Json;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Settings;

namespace ServiceDesk.Host.Pages.Shortcuts;

/// <summary>Reads and keeps which keys a person chose.</summary>
public sealed class ShortcutChoices(ISettingStore settings)
{
    private const string Owner = "shortcuts";

    /// <summary>The person's shortcuts. What is new since the person chose has its usual key, unless that key was given away.</summary>
    public async Task<ShortcutChoice> OfAsync(PersonId person, CancellationToken cancellation)
    {
        if (await settings.FindAsync(Owner, NameOf(person), cancellation) is not { } stored)
        {
            return ShortcutChoice.Usual;
        }

        var kept = JsonSerializer.Deserialize<Kept>(stored.Json)!;
        var given = kept.Keys.Values.ToHashSet(StringComparer.Ordinal);
        return new ShortcutChoice(
            kept.AreOn,
            Shortcut.All.ToDictionary(
                one => one.Id,
                one =>
                    kept.Keys.TryGetValue(one.Id, out var key) ? key
                    : given.Contains(one.Key) ? ""
                    : one.Key,
                StringComparer.Ordinal
            )
        );
    }

    /// <summary>Keeps them; null goes back to the usual ones.</summary>
    public Task SaveAsync(PersonId person, ShortcutChoice? choice, CancellationToken cancellation) =>
        settings.SaveAsync(
            Owner,
            NameOf(person),
            choice is null ? null : JsonSerializer.Serialize(new Kept(choice.AreOn, choice.Keys)),
            person,
            cancellation
        );

    private static string NameOf(PersonId person) => person.Value.ToString(CultureInfo.InvariantCulture);

    private sealed record Kept(bool AreOn, IReadOnlyDictionary<string, string> Keys);
}
