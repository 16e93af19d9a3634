namespace ServiceDesk.Host.Texts;

/// <summary>How a word ends to a Korean ear.</summary>
public enum Final
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>In a vowel.</summary>
    Vowel,

    /// <summary>In ㄹ.</summary>
    Rieul,

    /// <summary>In another consonant.</summary>
    Consonant,
}

/// <summary>Tells how a word ends when it is read aloud in Korean: Hangul exactly, digits by their Sino-Korean names, Latin letters by their names or by habit.</summary>
public static class FinalSound
{
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int FinalsPerSyllable = 28;
    private const int RieulFinal = 8;

    /// <summary>The final sound of the last letter or digit; marks after it are skipped.</summary>
    public static Final Of(string word)
    {
        var end = word.Length - 1;
        while (end >= 0 && !char.IsLetterOrDigit(word[end]))
        {
            end--;
        }

        return end < 0 ? Final.Unknown
            : word[end] is >= (char)FirstSyllable and <= (char)LastSyllable ? OfSyllable(word[end])
            : char.IsAsciiDigit(word[end]) ? OfDigit(word[end])
            : char.IsAsciiLetter(word[end]) ? OfLatin(word.AsSpan(0, end + 1))
            : Final.Unknown;
    }

    private static Final OfSyllable(char syllable) =>
        ((syllable - FirstSyllable) % FinalsPerSyllable) switch
        {
            0 => Final.Vowel,
            RieulFinal => Final.Rieul,
            _ => Final.Consonant,
        };

    // 영 일 이 삼 사 오 육 칠 팔 구; tens, hundreds, thousands end in consonants as 영 does.
    private static Final OfDigit(char digit) =>
        digit switch
        {
            '1' or '7' or '8' => Final.Rieul,
            '0' or '3' or '6' => Final.Consonant,
            _ => Final.Vowel,
        };

    private static Final OfLatin(ReadOnlySpan<char> word)
    {
        var last = word[^1];
        var before = word.Length > 1 ? word[^2] : ' ';
        if (char.IsUpper(last) || !char.IsAsciiLetter(before))
        {
            // Spelled out: L 엘, R 알, M 엠, N 엔; all other letters' names end in vowels.
            return char.ToUpperInvariant(last) switch
            {
                'L' or 'R' => Final.Rieul,
                'M' or 'N' => Final.Consonant,
                _ => Final.Vowel,
            };
        }

        return last switch
        {
            'l' => Final.Rieul,
            'm' or 'n' => Final.Consonant,
            'g' when before == 'n' => Final.Consonant,
            'b' or 'c' or 'k' or 'p' or 't' when "aeiou".Contains(before, StringComparison.Ordinal) => Final.Consonant,
            _ => Final.Vowel,
        };
    }
}
