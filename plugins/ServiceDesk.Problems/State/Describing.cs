using System.Globalization;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.State;

/// <summary>Write down what is known of a problem; everything replaces what was there.</summary>
/// <param name="IsKnownError">Whether the cause is known and there is a way to live with it.</param>
/// <param name="Workaround">Markdown, at most 20,000 characters.</param>
/// <param name="Publish">Whether customers of its incidents read the workaround.</param>
/// <param name="RootCause">Markdown, at most 20,000 characters.</param>
public sealed record DescribeProblem(bool IsKnownError, string Workaround, bool Publish, string RootCause)
    : TicketCommand;

/// <summary>Decides <see cref="DescribeProblem"/>.</summary>
public sealed class Describing : ICommandDecider<DescribeProblem>
{
    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 20_000;

    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, DescribeProblem command, DecisionContext context)
    {
        var workaround = (command.Workaround ?? string.Empty).Trim();
        var cause = (command.RootCause ?? string.Empty).Trim();
        var refusals = new[]
        {
            ProblemRights.Refuse(ticket, context),
            TooLong(workaround, "workaround"),
            TooLong(cause, "rootCause"),
            workaround.Length == 0 && command.Publish
                ? Refusal.Invalid("problems.refusal.nothing-to-publish", "workaround")
                : null,
        }
            .OfType<Refusal>()
            .ToList();
        if (refusals.Count > 0)
        {
            return Decision.Refuse(refusals);
        }

        var described = new ProblemDescribed(command.IsKnownError, workaround, command.Publish, cause);
        var known = ticket.Problem();
        return
            described == new ProblemDescribed(known.IsKnownError, known.Workaround, known.IsPublished, known.RootCause)
            ? Decision.Accept()
            : Decision.Accept(described);
    }

    private static Refusal? TooLong(string text, string field) =>
        text.Length > LongestText
            ? Refusal.Invalid(
                "problems.refusal.text-too-long",
                field,
                LongestText.ToString(CultureInfo.InvariantCulture)
            )
            : null;
}

/// <summary>Who works on problems: agents of the desk with the permission.</summary>
internal static class ProblemRights
{
    public static Refusal? Refuse(TicketState ticket, DecisionContext context) =>
        ticket.Type != ProblemsPlugin.Type ? Refusal.Conflict("problems.refusal.not-a-problem", ticket.Key.ToString())
        : context.Envelope.Viewer is { } viewer
        && !(viewer.WorksOn(ticket.Desk) && viewer.May(ProblemsPlugin.WorkPermission))
            ? Refusal.Forbidden("problems.refusal.may-not")
        : null;
}
