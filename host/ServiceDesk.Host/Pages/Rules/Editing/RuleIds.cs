using System.Security.Cryptography;
using System.Text;
using ServiceDesk.Core.Automation;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Rules.Editing;

/// <summary>New rules and their ids.</summary>
internal static class RuleIds
{
    private const int Longest = 60;

    /// <summary>A rule that says nothing yet.</summary>
    public static RuleDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            When = [new RuleTrigger { On = TriggerWords.Opened }],
        };

    /// <summary>An id made of an English name; of one without Latin letters, a word that nobody has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">How such a word begins.</param>
    public static string From(string name, string kind = "rule")
    {
        var id = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                id.Append(letter);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        var made = id.ToString()[..Math.Min(id.Length, Longest)].Trim('-');
        return made.Length > 0 ? made : $"{kind}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }
}
