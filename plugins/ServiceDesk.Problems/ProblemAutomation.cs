using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems;

/// <summary>Problems in rules: open one for an incident, attach an incident to one, mark a known error.</summary>
internal static class ProblemAutomation
{
    private const string Summary = "summary";
    private const string Desk = "desk";
    private const string Problem = "problem";
    private const string Workaround = "workaround";

    /// <summary>Opens a problem that causes the ticket. Nothing where something causes it already, and where it is a problem itself.</summary>
    public static RuleActionDefinition Open { get; } =
        new(
            "problems.open",
            "problems.rule.open",
            [
                new RuleParameter(Summary, "problems.rule.summary"),
                new RuleParameter(Desk, "problems.rule.desk") { Choices = Desks },
            ],
            (found, with) =>
                found.State.Type == ProblemsPlugin.Type || found.State.Links().Links.Any(ProblemIncidents.IsProblem)
                    ? []
                    : [Opening(found.State, with)]
        )
        {
            Join = $"{ProblemIncidents.LinkType}:out",
        };

    /// <summary>Attaches the ticket to a problem.</summary>
    public static RuleActionDefinition Attach { get; } =
        new(
            "problems.attach",
            "problems.rule.attach",
            [new RuleParameter(Problem, "problems.rule.problem", IsRequired: true)],
            (_, with) =>
                TicketKey.TryParse(with[Problem].Trim(), out var key)
                    ? [new ConfirmProblem(key), new LinkTickets(ProblemIncidents.LinkType, LinkDirection.Inward, key)]
                    : []
        );

    /// <summary>Marks the problem a known error; its workaround stays where the rule gives none.</summary>
    public static RuleActionDefinition KnownError { get; } =
        new(
            "problems.known-error",
            "problems.rule.known-error",
            [new RuleParameter(Workaround, "problems.rule.workaround")],
            (found, with) =>
            {
                var known = found.State.Problem();
                var workaround = with.Find(Workaround) ?? known.Workaround;
                return [new DescribeProblem(true, workaround, known.IsPublished, known.RootCause)];
            }
        );

    // A problem is the desk's own work: it is asked for by the agent of the ticket, where there is one.
    private static OpenTicket Opening(TicketState ticket, ValueMap<string> with) =>
        new(
            with.Find(Desk) ?? ticket.Desk,
            ProblemsPlugin.Type,
            RequestType: null,
            with.Find(Summary) is { } words && words.Trim().Length > 0 ? words.Trim() : ticket.Summary,
            string.Empty,
            ticket.Assignee ?? ticket.Requester,
            ticket.Assignee is null ? ticket.Organization : null,
            ticket.Priority,
            ValueMap<FieldValue>.Empty,
            Channel.Automation
        )
        {
            // Whoever asks for it: it tells of the ticket.
            IsPrivate = ticket.IsPrivate,
        };

    private static ValueList<RuleChoice> Desks(IConfiguration configuration) =>
        configuration.All<DeskDocument>().Select(desk => new RuleChoice(desk.Id, desk.Name)).ToValueList();
}
