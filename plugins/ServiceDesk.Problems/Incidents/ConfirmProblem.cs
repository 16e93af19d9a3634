using ServiceDesk.Links.Linking;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems;

/// <summary>Go on only where a key is that of an open problem which the sender may see. Changes nothing; stands before the command that attaches.</summary>
/// <param name="Problem">The problem's key.</param>
public sealed record ConfirmProblem(TicketKey Problem) : TicketCommand;

/// <summary>Keys of open problems among those that a command names.</summary>
public sealed record ConfirmedProblems(ValueList<TicketKey> Keys);

/// <summary>Looks the problems up with the rights of the sender.</summary>
public sealed class ConfirmedProblemSource(ITicketQueries queries, IConfigurationReader configuration)
    : IFactSource<ConfirmedProblems>
{
    /// <inheritdoc/>
    public async ValueTask<ConfirmedProblems?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var viewer = envelope.Viewer ?? Anybody.On(configuration.Current);
        var open = new List<TicketKey>();
        var keys = Named(envelope.Command).Distinct().ToList();
        foreach (var key in keys)
        {
            var found = await queries.FindByKeyAsync(viewer, key, cancellation);
            if (found?.State is { Type: ProblemsPlugin.Type, Category: not StatusCategory.Done })
            {
                open.Add(key);
            }
        }

        return keys.Count == 0 ? null : new ConfirmedProblems(open.ToValueList());
    }

    private static IEnumerable<TicketKey> Named(TicketCommand command) =>
        command switch
        {
            ConfirmProblem confirm => [confirm.Problem],
            ChangeTicket change => change.Parts.SelectMany(Named),
            _ => [],
        };
}

/// <summary>Decides <see cref="ConfirmProblem"/>.</summary>
public sealed class ProblemConfirming : ICommandDecider<ConfirmProblem>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, ConfirmProblem command, DecisionContext context) =>
        context.Fact<ConfirmedProblems>()?.Keys.Contains(command.Problem) == true
            ? Decision.Accept()
            : Decision.Refuse(Refusal.NotFound("problems.refusal.no-open-problem", command.Problem.ToString()));
}
