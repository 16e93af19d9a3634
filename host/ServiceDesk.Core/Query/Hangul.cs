using System.Text;

namespace ServiceDesk.Core.Query;

/// <summary>Initial consonants of Korean names, as people type them: ㄱㅁㅅ for 김민수.</summary>
public static class Hangul
{
    private const string Consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

    // Keyboards join consonants that end a syllable together.
    private static readonly Dictionary<char, string> Joined = new()
    {
        ['ㄳ'] = "ㄱㅅ",
        ['ㄵ'] = "ㄴㅈ",
        ['ㄶ'] = "ㄴㅎ",
        ['ㄺ'] = "ㄹㄱ",
        ['ㄻ'] = "ㄹㅁ",
        ['ㄼ'] = "ㄹㅂ",
        ['ㄽ'] = "ㄹㅅ",
        ['ㄾ'] = "ㄹㅌ",
        ['ㄿ'] = "ㄹㅍ",
        ['ㅀ'] = "ㄹㅎ",
        ['ㅄ'] = "ㅂㅅ",
    };

    private const char FirstSyllable = '가';
    private const char LastSyllable = '힣';
    private const int SyllablesOfConsonant = 588;
    private const char FirstJamo = '\u1100';

    /// <summary>The initial consonants of all Korean syllables of a text, without what stands between them.</summary>
    public static string Initials(string text)
    {
        var initials = new StringBuilder();
        foreach (var character in Folding.Fold(text))
        {
            if (character is >= FirstSyllable and <= LastSyllable)
            {
                initials.Append(Consonants[(character - FirstSyllable) / SyllablesOfConsonant]);
            }
        }

        return initials.ToString();
    }

    /// <summary>A word of initial consonants alone as they are kept, whichever keyboard wrote it; any other word as it is.</summary>
    public static string Typed(string folded)
    {
        var typed = string.Concat(
            folded.Select(character => Joined.GetValueOrDefault(character) ?? $"{Kept(character)}")
        );
        return AreInitials(typed) ? typed : folded;
    }

    /// <summary>Whether a word is of initial consonants alone, as they are kept.</summary>
    public static bool AreInitials(string word) =>
        word.All(character => Consonants.Contains(character, StringComparison.Ordinal));

    /// <summary>Whether the text, folded, has the word in it, or the word is a run of its initial consonants.</summary>
    /// <param name="folded">The folded word.</param>
    public static bool Finds(string text, string folded) =>
        Folding.Fold(text).Contains(folded, StringComparison.Ordinal)
        || Initials(text).Contains(Typed(folded), StringComparison.Ordinal);

    private static char Kept(char character) =>
        character - FirstJamo is >= 0 and < 19 ? Consonants[character - FirstJamo] : character;
}
