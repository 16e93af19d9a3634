using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ServiceDesk.Sdk.Values;

/// <summary>An immutable map from text keys, ordered ordinally, that compares by value. Keys are case-sensitive.</summary>
/// <typeparam name="T">A value type with value equality.</typeparam>
public sealed class ValueMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly ImmutableSortedDictionary<string, T> items;

    private ValueMap(ImmutableSortedDictionary<string, T> items) => this.items = items;

    /// <summary>The map without entries.</summary>
    public static ValueMap<T> Empty { get; } = new(ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal));

    /// <summary>A map of the given entries; of entries with the same key the last stays.</summary>
    public static ValueMap<T> From(IEnumerable<KeyValuePair<string, T>> entries) => Empty.SetItems(entries);

    /// <summary>The value of <paramref name="key"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; <see cref="Find"/> gives <c>default</c> then.</exception>
    public T this[string key] => items[key];

    /// <inheritdoc/>
    public IEnumerable<string> Keys => items.Keys;

    /// <inheritdoc/>
    public IEnumerable<T> Values => items.Values;

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <summary>This map with <paramref name="key"/> set, replacing an earlier value.</summary>
    public ValueMap<T> SetItem(string key, T value) => new(items.SetItem(key, value));

    /// <summary>This map with all <paramref name="entries"/> set.</summary>
    public ValueMap<T> SetItems(IEnumerable<KeyValuePair<string, T>> entries) => new(items.SetItems(entries));

    /// <summary>This map without <paramref name="key"/>; equal to this one when there is none.</summary>
    public ValueMap<T> Remove(string key) => new(items.Remove(key));

    /// <summary>The value of <paramref name="key"/>, or <c>default</c> when there is none.</summary>
    public T? Find(string key) => items.TryGetValue(key, out var value) ? value : default;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => items.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => items.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(ValueMap<T>? other) => other is not null && items.SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in items)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries in braces, for logs and failing tests.</summary>
    public override string ToString() => $"{{{string.Join(", ", items.Select(e => $"{e.Key}: {e.Value}"))}}}";
}
