namespace ServiceDesk.Host.Scripting.Api;

/// <summary>Names that stand in scripts.</summary>
public static class ScriptNames
{
    /// <summary>The name under which scripts find a plugin's module: its id in camelCase.</summary>
    public static string OfPlugin(string id) =>
        string.Concat(
            id.Split('-')
                .Select(
                    (word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]
                )
        );

    /// <summary>Whether a name is a plain JavaScript identifier.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 60 && char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
