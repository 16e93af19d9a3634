using ServiceDesk.Changes.Planning;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Risk;

/// <summary>Assess the risk of a change that is being planned.</summary>
/// <param name="Answers">An answer for each question, by id.</param>
public sealed record AssessRisk(ValueMap<string> Answers) : TicketCommand;

/// <summary>Decides <see cref="AssessRisk"/>: agents, while the change is planned; what was submitted is not assessed behind the board's back.</summary>
public sealed class RiskAssessing : ICommandDecider<AssessRisk>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, AssessRisk command, DecisionContext context)
    {
        if (context.Envelope.Viewer is { } viewer && !viewer.WorksOn(ticket.Desk))
        {
            return Decision.Refuse(Refusal.NotFound("changes.refusal.no-ticket", ticket.Key.ToString()));
        }

        if (!ticket.IsChange())
        {
            return Decision.Refuse(Refusal.Conflict("changes.refusal.not-a-change", ticket.Key.ToString()));
        }

        if (ticket.Category != StatusCategory.New && ticket.Status != ChangeReading.Assessment)
        {
            return Decision.Refuse(Refusal.Conflict("changes.refusal.not-planned", ticket.Key.ToString()));
        }

        var wrong = RiskQuestions
            .All.Where(question => RiskQuestions.Place(question, command.Answers.Find(question.Id)) < 0)
            .Select(question => Refusal.Invalid("changes.refusal.answer-missing", $"answers.{question.Id}"))
            .ToList();
        if (wrong.Count > 0)
        {
            return Decision.Refuse(wrong);
        }

        var assessed = RiskQuestions.Count(
            command.Answers,
            context.Configuration.Settings<ChangeSettings>(ChangesPlugin.Id)
        );
        return
            ticket.Risk() is { } risk
            && risk.Points == assessed.Points
            && risk.Level == assessed.Level
            && risk.Reasons.Equals(assessed.Reasons)
            ? Decision.Accept()
            : Decision.Accept(assessed);
    }
}
