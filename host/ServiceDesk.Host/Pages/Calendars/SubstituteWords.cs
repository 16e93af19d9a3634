using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Calendars;

/// <summary>The substitutes that the editor offers, by one word each.</summary>
internal static class SubstituteWords
{
    /// <summary>On Sundays, and when it meets another holiday.</summary>
    public const string Sunday = "sunday";

    /// <summary>On Saturdays and Sundays, and when it meets another holiday.</summary>
    public const string Weekend = "weekend";

    /// <summary>As the document has it, in another way than those.</summary>
    public const string Other = "other";

    /// <summary>What is offered for a holiday: what it has is among it.</summary>
    public static IEnumerable<string> For(string word) =>
        word == Other ? ["", Sunday, Weekend, Other] : ["", Sunday, Weekend];

    /// <summary>The word for a rule; empty for none.</summary>
    public static string Of(SubstituteRule? rule) =>
        rule switch
        {
            null => "",
            { Overlap: true, On: ["sunday"] } => Sunday,
            { Overlap: true, On: ["saturday", "sunday"] } => Weekend,
            _ => Other,
        };

    /// <summary>The rule for a word; what the editor does not show stays.</summary>
    public static SubstituteRule? Rule(string word, SubstituteRule? before) =>
        word switch
        {
            Sunday => (before ?? new SubstituteRule()) with { On = ["sunday"], Overlap = true },
            Weekend => (before ?? new SubstituteRule()) with { On = ["saturday", "sunday"], Overlap = true },
            Other => before,
            _ => null,
        };
}
