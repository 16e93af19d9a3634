using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Sdk.Pages;

/// <summary>Sentences of the host and all plugins by key, in the language of the current request. A key belongs to one owner, whose id it begins with. Plain text: Razor escapes it.</summary>
public interface ITexts
{
    /// <summary>The sentence; the key itself in brackets when nobody has it, which a test forbids.</summary>
    string this[string key] { get; }

    /// <summary>The sentence with its places (<c>{0}</c> …) filled; after a place, Korean particles in the form <c>을(를)</c> are chosen by the last syllable.</summary>
    string Format(string key, params ReadOnlySpan<string> arguments);

    /// <summary>The sentence of a refusal, whose code is its key.</summary>
    string Say(Refusal refusal) => Format(refusal.Code, [.. refusal.Arguments]);
}
