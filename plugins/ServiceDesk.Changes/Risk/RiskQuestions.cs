using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Risk;

/// <summary>A question of the questionnaire.</summary>
/// <param name="Id">Its id; its words are <c>changes.risk.ID</c>.</param>
/// <param name="Answers">Ids of answers from harmless to risky; their words are <c>changes.risk.ID.ANSWER</c>.</param>
public sealed record RiskQuestion(string Id, ValueList<string> Answers);

/// <summary>The questionnaire. An answer counts its place, from 0, times the weight of its question.</summary>
public static class RiskQuestions
{
    /// <summary>The questions, in order.</summary>
    public static ValueList<RiskQuestion> All { get; } =
    [
        new("users", ["few", "department", "everybody"]),
        new("outage", ["none", "short", "long"]),
        new("back-out", ["easy", "hard", "impossible"]),
        new("tested", ["fully", "partly", "not"]),
        new("experience", ["often", "once", "never"]),
    ];

    /// <summary>What the answers add up to.</summary>
    /// <param name="answers">An answer for each question.</param>
    public static RiskAssessed Count(ValueMap<string> answers, ChangeSettings settings)
    {
        var reasons = All.Select(question => new RiskReason(
                question.Id,
                answers[question.Id],
                Place(question, answers[question.Id]) * WeightOf(question.Id, settings)
            ))
            .ToValueList();
        var points = reasons.Sum(reason => reason.Points);
        var level =
            points >= settings.HighFrom ? RiskLevel.High
            : points >= settings.MediumFrom ? RiskLevel.Medium
            : RiskLevel.Low;
        return new RiskAssessed(level, points, reasons);
    }

    /// <summary>The place of an answer, or less than 0 when it is none of the question's.</summary>
    public static int Place(RiskQuestion question, string? answer) =>
        question.Answers.Index().Where(one => one.Item == answer).Select(one => one.Index).DefaultIfEmpty(-1).First();

    private static int WeightOf(string question, ChangeSettings settings) =>
        question switch
        {
            "users" => settings.UsersWeight,
            "outage" => settings.OutageWeight,
            "back-out" => settings.BackOutWeight,
            "tested" => settings.TestedWeight,
            _ => settings.ExperienceWeight,
        };
}
