using NodaTime;
using ServiceDesk.Changes.Planning;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Tests;

/// <summary>What changes of tests are made of.</summary>
internal static class Planned
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 7, 13, 0);

    /// <summary>The least risky answers, but for those given.</summary>
    public static ValueMap<string> Answers(params (string Question, string Answer)[] others)
    {
        var answers = ValueMap<string>.From(
            RiskQuestions.All.Select(question => KeyValuePair.Create(question.Id, question.Answers[0]))
        );
        return others.Aggregate(answers, (all, other) => all.SetItem(other.Question, other.Answer));
    }

    /// <summary>The fields of a whole plan.</summary>
    public static ValueMap<FieldValue> Fields(
        string kind = "normal",
        Instant? start = null,
        int hours = 2,
        params string[] services
    ) =>
        ValueMap<FieldValue>.From([
            KeyValuePair.Create<string, FieldValue>(ChangeReading.KindField, new ChoiceValue(kind)),
            KeyValuePair.Create<string, FieldValue>(ChangeReading.StartField, new MomentValue(start ?? Start)),
            KeyValuePair.Create<string, FieldValue>(
                ChangeReading.EndField,
                new MomentValue((start ?? Start) + Duration.FromHours(hours))
            ),
            KeyValuePair.Create<string, FieldValue>(
                ChangeReading.ServicesField,
                new ChoicesValue(services.Length > 0 ? services.ToValueList() : ["email"])
            ),
            KeyValuePair.Create<string, FieldValue>("implementation-plan", new TextValue("1. Stop. 2. Update.")),
            KeyValuePair.Create<string, FieldValue>("back-out-plan", new TextValue("Restore the snapshot.")),
            KeyValuePair.Create<string, FieldValue>("test-plan", new TextValue("Send a mail.")),
        ]);

    public static TransitionTicket To(string transition, string? resolution = null) =>
        new(transition, resolution, ValueMap<FieldValue?>.Empty);
}
