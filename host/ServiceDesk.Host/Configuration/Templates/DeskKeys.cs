using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Configuration.Templates;

/// <summary>Keys of new desks.</summary>
public static partial class DeskKeys
{
    private const int Longest = 10;
    private const int Usual = 4;

    /// <summary>Whether a desk can have the key: a capital letter, then 1 to 9 capital letters or digits, no name of a device.</summary>
    public static bool IsKey(string key) => Shape().IsMatch(key);

    /// <summary>A key made of a name: its initials, or the beginning of a single word; one that is taken gets a number.</summary>
    /// <param name="name">The name, in English.</param>
    /// <param name="usual">What stands for a name without Latin letters.</param>
    /// <param name="isTaken">Whether something has the key already.</param>
    public static string For(string name, string usual, Func<string, bool> isTaken)
    {
        var words = Words().Matches(name.ToUpperInvariant()).Select(match => match.Value).ToList();
        var made = words.Count switch
        {
            0 => usual,
            1 => words[0][..Math.Min(words[0].Length, Usual)],
            _ => string.Concat(words.Select(word => word[0])),
        };
        made = made[..Math.Min(made.Length, Longest)];
        made = IsKey(made) ? made : usual;
        var key = made;
        for (var number = 2; isTaken(key); number++)
        {
            var end = number.ToString(CultureInfo.InvariantCulture);
            key = made[..Math.Min(made.Length, Longest - end.Length)] + end;
        }

        return key;
    }

    [GeneratedRegex(
        "^(?!(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])$)[A-Z][A-Z0-9]{1,9}\\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Shape();

    [GeneratedRegex("[A-Z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
