using ServiceDesk.Links.Linking;
using ServiceDesk.Links.State;
using ServiceDesk.Problems.Solving;
using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Problems.Demo;

/// <summary>The problem behind the demo's outage: it collects the incidents, is understood, solved, and its customers are told.</summary>
public sealed class ProblemDemo(
    ITicketGrains grains,
    ITicketQueries queries,
    ProblemIncidents incidents,
    Solution solution
) : IDemoData
{
    private const string Workaround =
        "Connect to the second gateway, `vpn2`, until noon. 정오까지는 두 번째 게이트웨이 `vpn2`로 접속해 주세요.";

    private const string RootCause =
        "After the update of the night the gateway keeps half-open sessions until its table is full.";

    /// <inheritdoc/>
    public async Task TellAsync(DemoCast cast, CancellationToken cancellation)
    {
        var open = new OpenTicket(
            "ITSD",
            ProblemsPlugin.Type,
            null,
            "The VPN gateway drops its sessions",
            "More than a dozen incidents since this morning, all over the first gateway.",
            cast.Agent.Person.Id,
            null,
            Priority.High,
            ValueMap<FieldValue>.Empty,
            Channel.Workspace
        )
        {
            Labels = [DemoCast.Outage],
            Assignee = cast.Agent.Person.Id,
        };
        var problem = Accepted(await grains.OpenAsync(CommandEnvelope.By(cast.Agent, open), cancellation));
        var keys = await KeysAsync(cast, "type = incident", cancellation);
        await incidents.AttachAsync(cast.Agent, problem.Id, keys.Select(key => key.ToString()), true, cancellation);
        await SendAsync(new DescribeProblem(true, Workaround, true, RootCause));
        foreach (var change in await KeysAsync(cast, "type = change", cancellation))
        {
            await SendAsync(new LinkTickets("relates", LinkDirection.Outward, change));
        }

        var (english, korean) = solution.Proposed();
        var tell = new TellIncidents(keys.ToValueList(), english, korean);
        var current = (await grains.GetAsync(problem.Id, cancellation))!.State;
        Accepted(await solution.SolveAsync(cast.Agent, current, tell, null, cancellation));

        async Task SendAsync(TicketCommand command) =>
            Accepted(await grains.SendAsync(problem.Id, CommandEnvelope.By(cast.Agent, command), cancellation));
    }

    private async Task<IReadOnlyList<TicketKey>> KeysAsync(DemoCast cast, string which, CancellationToken cancellation)
    {
        var query = $"labels = {DemoCast.Outage} AND {which} ORDER BY created";
        var page = await queries.FindAsync(cast.Agent, query, ProblemIncidents.MostAtOnce, null, cancellation);
        return [.. page.Items.Select(item => item.State.Key)];
    }

    private static TicketState Accepted(GrainAnswer answer) =>
        answer.Ticket?.State ?? throw new InvalidOperationException($"The demo was refused: {answer.Refusals[0]}");
}
