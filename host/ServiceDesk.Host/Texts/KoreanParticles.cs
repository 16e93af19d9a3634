namespace ServiceDesk.Host.Texts;

/// <summary>A particle that changes with the sound before it.</summary>
/// <param name="Written">How a sentence writes it while the word is open: <c>을(를)</c>.</param>
/// <param name="AfterConsonant">Its form after a final consonant.</param>
/// <param name="AfterVowel">Its form after a vowel.</param>
/// <param name="RieulIsVowel">Whether a final ㄹ counts as a vowel, as for 로.</param>
public sealed record KoreanParticle(string Written, string AfterConsonant, string AfterVowel, bool RieulIsVowel = false)
{
    /// <summary>The form that fits a word; the open form when nobody can tell how the word sounds.</summary>
    public string For(string word) =>
        FinalSound.Of(word) switch
        {
            Final.Vowel => AfterVowel,
            Final.Rieul => RieulIsVowel ? AfterVowel : AfterConsonant,
            Final.Consonant => AfterConsonant,
            _ => Written,
        };
}

/// <summary>The particles that sentences use.</summary>
public static class KoreanParticles
{
    private static readonly KoreanParticle[] All =
    [
        new("을(를)", "을", "를"),
        new("이(가)", "이", "가"),
        new("은(는)", "은", "는"),
        new("과(와)", "과", "와"),
        new("(으)로", "으로", "로", RieulIsVowel: true),
        new("(이)라", "이라", "라"),
        new("(이)나", "이나", "나"),
    ];

    /// <summary>The particle with which a text begins, or null.</summary>
    public static KoreanParticle? At(ReadOnlySpan<char> text)
    {
        foreach (var particle in All)
        {
            if (text.StartsWith(particle.Written, StringComparison.Ordinal))
            {
                return particle;
            }
        }

        return null;
    }
}
