using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>A random word that stands in one row, with the test's own rule of who may read it.</summary>
/// <param name="Word">The word; nothing else in the product has it.</param>
/// <param name="What">What it is, for whoever reads a failure.</param>
/// <param name="MaySee">Whether somebody may read it.</param>
public sealed partial record Canary(string Word, string What, Func<Member, bool> MaySee)
{
    /// <summary>What every such word begins with, so that a search for it would find each of them.</summary>
    public const string Sign = "cnry";

    /// <summary>A new word.</summary>
    public static string NewWord() => Sign + RandomNumberGenerator.GetHexString(14, lowercase: true);

    /// <summary>All such words in a text.</summary>
    public static IReadOnlySet<string> WordsIn(string text) =>
        Words().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("cnry[0-9a-f]{14}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
