using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

/// <summary>What holds for workflows whatever stands in them.</summary>
public class WorkflowProperties
{
    private static readonly string[] Stranding = ["workflow.status-dead-end", "workflow.status-endless"];

    /// <summary>Any statuses with any ways between them, the first of them new; and where a walk turns.</summary>
    private static readonly Gen<(WorkflowDocument Workflow, int[] Turns)> Walks =
        from categories in Gen.Elements(
                StatusCategory.Active,
                StatusCategory.Waiting,
                StatusCategory.Waiting,
                StatusCategory.Done
            )
            .ArrayOf(5)
        from count in Gen.Choose(3, 10)
        from ends in Gen.Choose(0, 5).ArrayOf(2 * count)
        from globals in Gen.Choose(0, 9).ArrayOf(count)
        from reopens in Gen.Choose(0, 3)
        from turns in Gen.Choose(0, 1_000_000).ArrayOf(12)
        select (Document([StatusCategory.New, .. categories], ends, globals, reopens == 0), turns);

    [Fact]
    public void A_workflow_that_the_check_takes_strands_no_ticket() =>
        Prop.ForAll(
                Walks.Where(walk => Problems(walk.Workflow).Count == 0).ToArbitrary(),
                walk =>
                {
                    var bench = new Bench { Configuration = Company.Configuration.With(walk.Workflow) };
                    bench.Accept(Bench.By(Company.Alice, Bench.Opening()));
                    foreach (var turn in walk.Turns)
                    {
                        var ways = walk.Workflow.TransitionsFrom(bench.Ticket.Status).ToList();
                        if (ways.Count == 0)
                        {
                            Assert.Equal(StatusCategory.Done, bench.Ticket.Category);
                            return;
                        }

                        bench.Accept(Company.Alice, Bench.To(ways[turn % ways.Count].Id));
                        End(bench, walk.Workflow);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_check_refuses_exactly_those_that_could_strand_one() =>
        Prop.ForAll(
                Walks.ToArbitrary(),
                walk =>
                {
                    var hasEnd = walk.Workflow.Statuses.Any(status => status.Category == StatusCategory.Done);
                    var stranding = walk
                        .Workflow.Statuses.Where(status => hasEnd && !ToDone(walk.Workflow, status.Id, []))
                        .Select(status => status.Id);

                    Assert.Equal(
                        stranding,
                        Problems(walk.Workflow)
                            .Where(problem => Stranding.Contains(problem.Code))
                            .Select(problem => problem.Arguments[0])
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    // A copy of the ticket goes to its end, by the shortest ways.
    private static void End(Bench bench, WorkflowDocument workflow)
    {
        var copy = new Bench { Configuration = bench.Configuration };
        copy.Accept(Bench.By(Company.Alice, Bench.Opening()));
        foreach (var way in bench.Log.Select(recorded => recorded.Event).OfType<StatusChanged>())
        {
            copy.Accept(Company.Alice, Bench.To(way.Transition));
        }

        for (var steps = 0; copy.Ticket.Category != StatusCategory.Done; steps++)
        {
            Assert.True(steps < workflow.Statuses.Count, $"{bench.Ticket.Status} never ends.");
            var next = workflow
                .TransitionsFrom(copy.Ticket.Status)
                .MinBy(way => Steps(workflow, way.To, [copy.Ticket.Status]));
            copy.Accept(Company.Alice, Bench.To(next!.Id));
        }
    }

    private static int Steps(WorkflowDocument workflow, string status, string[] seen) =>
        workflow.Status(status)!.Category == StatusCategory.Done ? 0
        : seen.Contains(status) ? 1000
        : 1
            + workflow
                .TransitionsFrom(status)
                .Select(way => way.To)
                .Distinct()
                .Select(to => Steps(workflow, to, [.. seen, status]))
                .DefaultIfEmpty(1000)
                .Min();

    // Told forwards from the status, as the check does not.
    private static bool ToDone(WorkflowDocument workflow, string status, string[] seen) =>
        workflow.Status(status)!.Category == StatusCategory.Done
        || (
            !seen.Contains(status)
            && workflow.TransitionsFrom(status).Any(way => ToDone(workflow, way.To, [.. seen, status]))
        );

    private static IReadOnlyList<DocumentProblem> Problems(WorkflowDocument workflow) =>
        [.. new WorkflowCheck().Check((ConfigurationDocument)workflow, Company.Configuration)];

    // Without what cannot be reached: few of all documents would be left else.
    private static WorkflowDocument Document(StatusCategory[] categories, int[] ends, int[] globals, bool reopens)
    {
        var whole = Whole(categories, ends, globals, reopens);
        var reached = new HashSet<string> { "s0" };
        while (reached.SelectMany(whole.TransitionsFrom).Any(way => !reached.Contains(way.To)))
        {
            reached.UnionWith(reached.SelectMany(whole.TransitionsFrom).Select(way => way.To).ToList());
        }

        return whole with
        {
            Statuses = whole.Statuses.Where(status => reached.Contains(status.Id)).ToValueList(),
            Transitions = whole
                .Transitions.Where(way => reached.Contains(way.To) && way.From.All(reached.Contains))
                .ToValueList(),
        };
    }

    private static WorkflowDocument Whole(StatusCategory[] categories, int[] ends, int[] globals, bool reopens) =>
        new()
        {
            Id = "incident",
            Name = LocalizedText.Of("Any"),
            Initial = "s0",
            Statuses = categories
                .Select((category, at) => new WorkflowStatus($"s{at}", LocalizedText.Of($"S{at}"), category))
                .ToValueList(),
            Transitions = globals
                .Select(
                    (global, at) =>
                        new WorkflowTransition
                        {
                            Id = $"t{at}",
                            Name = LocalizedText.Of($"T{at}"),
                            // One in ten leads there from everywhere.
                            From = global == 0 ? [] : [$"s{ends[2 * at]}"],
                            To = $"s{ends[(2 * at) + 1]}",
                        }
                )
                .ToValueList(),
            Reopen = reopens ? new ReopenRule("s0") : null,
        };
}
