using System.Text;

namespace ServiceDesk.Host.Texts;

/// <summary>Fills the places of a sentence: <c>{0}</c> … <c>{9}</c>; <c>{{</c> and <c>}}</c> are braces.</summary>
public static class Sentence
{
    /// <summary>The sentence with its places filled. A place without argument stays as it is; it never throws.</summary>
    public static string Fill(string pattern, ReadOnlySpan<string> arguments)
    {
        var text = new StringBuilder(pattern.Length + 32);
        for (var at = 0; at < pattern.Length; at++)
        {
            var character = pattern[at];
            if (character is '{' or '}' && at + 1 < pattern.Length && pattern[at + 1] == character)
            {
                text.Append(character);
                at++;
            }
            else if (PlaceAt(pattern, at) is { } place && place < arguments.Length)
            {
                at += 2;
                text.Append(arguments[place]);
                at += Particle(text, arguments[place], pattern.AsSpan(at + 1));
            }
            else
            {
                text.Append(character);
            }
        }

        return text.ToString();
    }

    private static int? PlaceAt(string pattern, int at) =>
        pattern[at] == '{' && at + 2 < pattern.Length && pattern[at + 2] == '}' && char.IsAsciiDigit(pattern[at + 1])
            ? pattern[at + 1] - '0'
            : null;

    /// <summary>Appends the closing marks and the particle that stand after a place; returns how many characters of the pattern they took.</summary>
    private static int Particle(StringBuilder text, string argument, ReadOnlySpan<char> rest)
    {
        var marks = rest.IndexOfAnyExcept("'\"’”」』›»");
        if (marks < 0 || KoreanParticles.At(rest[marks..]) is not { } particle)
        {
            return 0;
        }

        text.Append(rest[..marks]).Append(particle.For(argument));
        return marks + particle.Written.Length;
    }
}
