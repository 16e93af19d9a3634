using ServiceDesk.Core.Automation;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>What may be a key or a name of an organization or team.</summary>
public static class ShortNames
{
    /// <summary>Lower-case words with dashes, at most 60 characters.</summary>
    public static bool IsKey(string key) =>
        key.Length is > 0 and <= 60
        && key[0] != '-'
        && key.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    /// <summary>1 to 200 characters without control characters.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 200 && !name.Any(char.IsControl);

    /// <summary>A name that is not the word with which rules and macros take a team away.</summary>
    public static bool IsNameOfTeam(string name) =>
        IsName(name) && !string.Equals(name, ActionWords.Nobody, StringComparison.OrdinalIgnoreCase);
}
