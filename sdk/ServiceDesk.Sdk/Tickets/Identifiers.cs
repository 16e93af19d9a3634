using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>The identity of a ticket. Never shown to people, never reused; rights never follow from knowing it.</summary>
/// <param name="Value">1 or more; the server gives it out.</param>
public readonly record struct TicketId(long Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The identity of a person (agent, customer or administrator).</summary>
/// <param name="Value">1 or more; the server gives it out.</param>
public readonly record struct PersonId(long Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The identity of a customer's organization.</summary>
/// <param name="Value">1 or more; the server gives it out.</param>
public readonly record struct OrganizationId(long Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The identity of a team of agents.</summary>
/// <param name="Value">1 or more; the server gives it out.</param>
public readonly record struct TeamId(long Value)
{
    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The key that people use for a ticket, such as <c>ITSD-95</c>. Permanent: after a move the old key redirects.</summary>
/// <param name="Desk">The desk's key: 2 to 10 characters, a capital letter and then capital letters or digits.</param>
/// <param name="Number">1 or more, counted per desk; gaps are possible after a crash.</param>
public readonly record struct TicketKey(string Desk, int Number)
{
    /// <summary>Reads <c>ITSD-95</c>, in either case and with surrounding white space.</summary>
    /// <param name="text">What somebody wrote; null is no key.</param>
    /// <param name="key">The key with its desk in capitals; the default when there is none.</param>
    /// <returns>False when <paramref name="text"/> is not a key; never throws.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TicketKey key)
    {
        key = default;
        var trimmed = (text ?? string.Empty).Trim();
        var dash = trimmed.LastIndexOf('-');
        if (
            dash < 2
            || dash > 10
            || !trimmed.AsSpan(0, dash).ContainsOnlyLettersAndDigits()
            || !char.IsAsciiLetter(trimmed[0])
            || !int.TryParse(trimmed.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1
        )
        {
            return false;
        }

        key = new TicketKey(trimmed[..dash].ToUpperInvariant(), number);
        return true;
    }

    /// <summary>The key as people write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Desk}-{Number}");
}

file static class KeyCharacters
{
    public static bool ContainsOnlyLettersAndDigits(this ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
