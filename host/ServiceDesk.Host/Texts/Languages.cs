namespace ServiceDesk.Host.Texts;

/// <summary>The languages that people can choose. The first is what a stranger with another language gets.</summary>
public static class Languages
{
    /// <summary>Two-letter codes, as in a person's profile.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "ko"];

    /// <summary>The cookie that holds a reader's choice.</summary>
    public const string Cookie = "servicedesk-language";

    /// <summary>The code when it is known, without regard to case or region (<c>ko-KR</c>); null otherwise.</summary>
    public static string? Known(string? code)
    {
        var language = (code ?? string.Empty).Split('-', '_')[0].Trim().ToLowerInvariant();
        return All.FirstOrDefault(known => known == language);
    }

    /// <summary>The language's own name, which is shown the same in every language.</summary>
    public static string NameOf(string code) => code == "ko" ? "한국어" : "English";
}
