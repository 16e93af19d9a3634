using System.Text.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Uses;

/// <summary>What the validator of a transition returns: nothing or true for yes; false, a sentence, <c>{ field, message }</c>, or a list of those for no.</summary>
internal static class ValidatorAnswer
{
    private const int MostSentences = 20;
    private const int LongestSentence = 500;
    private const int LongestField = 60;

    /// <summary>What is wrong with an answer; null when it can be read.</summary>
    public static string? Wrong(JsonElement? answer) =>
        answer is not { } value || Items(value).All(IsReadable)
            ? null
            : "A validator returns nothing, true, false, a sentence, { field, message }, or a list of sentences.";

    /// <summary>The reasons against the transition.</summary>
    public static ValueList<Refusal> Refusals(JsonElement? answer, WorkflowTransition transition) =>
        answer is { } value
            ? Items(value).Select(item => Refused(item, transition)).OfType<Refusal>().ToValueList()
            : [];

    private static IEnumerable<JsonElement> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(MostSentences) : [value];

    private static bool IsReadable(JsonElement item) =>
        item.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String => true,
            JsonValueKind.Object => item.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                && (!item.TryGetProperty("field", out var field) || field.ValueKind == JsonValueKind.String),
            _ => false,
        };

    private static Refusal? Refused(JsonElement item, WorkflowTransition transition) =>
        item.ValueKind switch
        {
            JsonValueKind.False => Refusal.Conflict(RefusalCodes.TransitionCondition, transition.Id),
            JsonValueKind.String => Said(item.GetString()!, null),
            JsonValueKind.Object => Said(
                item.GetProperty("message").GetString()!,
                item.TryGetProperty("field", out var field) ? field.GetString() : null
            ),
            _ => null,
        };

    private static Refusal Said(string sentence, string? field) =>
        Refusal.Invalid(
            RefusalCodes.GuardSaid,
            field is null ? null
                : field == "resolution" ? field
                : $"fields.{Cut(field, LongestField)}",
            Cut(sentence, LongestSentence)
        );

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
