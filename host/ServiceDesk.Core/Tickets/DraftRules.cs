using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>What a draft of a comment may be: what a comment may be, or nothing yet.</summary>
public static class DraftRules
{
    /// <summary>Why a text cannot be kept; null when it can.</summary>
    public static Refusal? Of(string text) => TextRules.Text(text, "text", required: false);
}
