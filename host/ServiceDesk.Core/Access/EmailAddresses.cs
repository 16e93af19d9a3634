using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace ServiceDesk.Core.Access;

/// <summary>What may be the address of a person: that of a mailbox, of which each person has another.</summary>
public static class EmailAddresses
{
    /// <summary>The most characters an address has, after RFC 5321.</summary>
    public const int MaximumLength = 254;

    /// <summary>
    /// Whether a text is an address alone: a local part and a host of labels in letters and digits of any script, with dashes
    /// inside. Quoted local parts, comments, literal addresses, names in front of the address and white space are refused.
    /// Whether the mailbox is there is not known by this.
    /// </summary>
    public static bool IsAddress(string text) =>
        text.Length is > 0 and <= MaximumLength
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && !text.Any(character =>
            char.IsWhiteSpace(character)
            || char.IsControl(character)
            || "\"(),:;<>[\\]".Contains(character, StringComparison.Ordinal)
        )
        && address.Host.Split('.').All(IsLabel);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.EnumerateRunes().All(rune => rune.Value == '-' || Rune.IsLetterOrDigit(rune) || IsMark(rune));

    // Vowel signs of scripts that write them as marks.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
