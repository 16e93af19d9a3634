using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Checks;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Workflow;

/// <summary>What a workflow must be besides its schema: it names only statuses it has, everything can be reached, and it can end.</summary>
public sealed class WorkflowCheck : DocumentCheck<WorkflowDocument>
{
    /// <inheritdoc/>
    protected override IEnumerable<DocumentProblem> Check(WorkflowDocument workflow, IConfiguration configuration) =>
        [
            .. Doubles("/statuses", [.. workflow.Statuses.Select(status => status.Id)]),
            .. Doubles("/transitions", [.. workflow.Transitions.Select(transition => transition.Id)]),
            .. Doubles("/resolutions", [.. workflow.Resolutions.Select(resolution => resolution.Id)]),
            .. UnknownStatuses(workflow),
            .. Resolutions(workflow),
            .. Given(workflow),
            .. UnknownFields(workflow, configuration),
            .. Scripts(workflow, configuration),
            .. Roles(workflow, configuration),
            .. Reach(workflow),
            .. Ends(workflow),
            .. Stranded(workflow),
            .. Waits(workflow),
            .. Reopening(workflow),
            .. AutoClose(workflow),
            .. Replaced(workflow),
        ];

    // What is replaced is gone, and stands once.
    private static IEnumerable<DocumentProblem> Replaced(WorkflowDocument workflow)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, replacement) in workflow.Replaced.Index())
        {
            if (workflow.Status(replacement.From) is not null)
            {
                yield return DocumentProblem.At(
                    $"/replaced/{index}/from",
                    "workflow.replaced-is-there",
                    replacement.From
                );
            }

            if (!seen.Add(replacement.From))
            {
                yield return DocumentProblem.At($"/replaced/{index}/from", "workflow.id-twice", replacement.From);
            }
        }
    }

    // Each id stands once.
    private static IEnumerable<DocumentProblem> Doubles(string path, List<string> ids) =>
        ids.Index()
            .Where(item => ids.IndexOf(item.Item) < item.Index)
            .Select(item => DocumentProblem.At($"{path}/{item.Index}/id", "workflow.id-twice", item.Item));

    // Every status that is named is one of the workflow's.
    private static IEnumerable<DocumentProblem> UnknownStatuses(WorkflowDocument workflow) =>
        StatusNames(workflow)
            .Where(name => workflow.Status(name.Id) is null)
            .Select(name => DocumentProblem.At(name.Path, "workflow.status-unknown", name.Id));

    private static IEnumerable<(string Path, string Id)> StatusNames(WorkflowDocument workflow)
    {
        yield return ("/initial", workflow.Initial);
        foreach (var (index, transition) in workflow.Transitions.Index())
        {
            yield return ($"/transitions/{index}/to", transition.To);
            foreach (var (place, from) in transition.From.Index())
            {
                yield return ($"/transitions/{index}/from/{place}", from);
            }
        }

        if (workflow.Reopen is { } reopen)
        {
            yield return ("/reopen/to", reopen.To);
        }

        if (workflow.AutoClose is { } autoClose)
        {
            yield return ("/autoClose/from", autoClose.From);
        }

        foreach (var (index, replacement) in workflow.Replaced.Index())
        {
            yield return ($"/replaced/{index}/to", replacement.To);
        }
    }

    // A transition that asks for a resolution leads into done, and there is one to choose.
    private static IEnumerable<DocumentProblem> Resolutions(WorkflowDocument workflow) =>
        from transition in workflow.Transitions.Index()
        where transition.Item.RequiresResolution
        let isDone = workflow.Status(transition.Item.To) is { Category: StatusCategory.Done }
        where !isDone || workflow.Resolutions.Count == 0
        select DocumentProblem.At(
            $"/transitions/{transition.Index}/requiresResolution",
            isDone ? "workflow.resolutions-missing" : "workflow.resolution-not-done",
            transition.Item.Id
        );

    // A resolution that a transition gives is one of the workflow's, and what gives one leads into done.
    private static IEnumerable<DocumentProblem> Given(WorkflowDocument workflow) =>
        from transition in workflow.Transitions.Index()
        where transition.Item.Resolution is not null
        let isDone = workflow.Status(transition.Item.To) is { Category: StatusCategory.Done }
        where !isDone || workflow.Resolutions.All(known => known.Id != transition.Item.Resolution)
        select DocumentProblem.At(
            $"/transitions/{transition.Index}/resolution",
            isDone ? "workflow.resolution-unknown" : "workflow.resolution-not-done",
            transition.Item.Id
        );

    // Screens and requirements name fields that there are.
    private static IEnumerable<DocumentProblem> UnknownFields(
        WorkflowDocument workflow,
        IConfiguration configuration
    ) =>
        from transition in workflow.Transitions.Index()
        from place in Places("screen", transition.Item.Screen)
            .Concat(Places("requiredFields", transition.Item.RequiredFields))
        where !configuration.TryGet<FieldDocument>(place.Id, out _)
        select DocumentProblem.At($"/transitions/{transition.Index}/{place.Path}", "workflow.field-unknown", place.Id);

    private static IEnumerable<(string Path, string Id)> Places(string list, IEnumerable<string> ids) =>
        ids.Index().Select(item => ($"{list}/{item.Index}", item.Item));

    // Scripts that have a say are there.
    private static IEnumerable<DocumentProblem> Scripts(WorkflowDocument workflow, IConfiguration configuration) =>
        from transition in workflow.Transitions.Index()
        let path = $"/transitions/{transition.Index}/scripts"
        from problem in CalledScripts
            .Check(transition.Item.Scripts?.Condition, $"{path}/condition", configuration)
            .Concat(CalledScripts.Check(transition.Item.Scripts?.Validator, $"{path}/validator", configuration))
            .Concat(CalledScripts.Check(transition.Item.Scripts?.After, $"{path}/after", configuration))
        select problem;

    // Roles that a transition is kept for are there, each once.
    private static IEnumerable<DocumentProblem> Roles(WorkflowDocument workflow, IConfiguration configuration) =>
        from transition in workflow.Transitions.Index()
        let path = $"/transitions/{transition.Index}/roles"
        from problem in References
            .Missing<RoleDocument>(transition.Item.Roles, path, configuration)
            .Concat(References.Twice(transition.Item.Roles, path))
        select problem;

    // From every status a ticket can come to one that is done: no dead end, and no circle that never ends.
    private static IEnumerable<DocumentProblem> Stranded(WorkflowDocument workflow)
    {
        if (workflow.Statuses.All(status => status.Category != StatusCategory.Done))
        {
            // Told once for the whole workflow.
            yield break;
        }

        var (reached, ending) = (Reached(workflow), Ending(workflow));
        foreach (var (index, status) in workflow.Statuses.Index())
        {
            if (reached.Contains(status.Id) && !ending.Contains(status.Id))
            {
                var isDeadEnd = Next(workflow, status.Id).All(to => to == status.Id);
                yield return DocumentProblem.At(
                    $"/statuses/{index}",
                    isDeadEnd ? "workflow.status-dead-end" : "workflow.status-endless",
                    status.Id
                );
            }
        }
    }

    // The statuses from which a done one can be reached, found backwards from these.
    private static HashSet<string> Ending(WorkflowDocument workflow)
    {
        var ending = workflow
            .Statuses.Where(status => status.Category == StatusCategory.Done)
            .Select(status => status.Id)
            .ToHashSet(StringComparer.Ordinal);
        while (
            workflow.Statuses.FirstOrDefault(status =>
                !ending.Contains(status.Id) && Next(workflow, status.Id).Any(ending.Contains)
            )
                is { } found
        )
        {
            ending.Add(found.Id);
        }

        return ending;
    }

    // Every status can be reached from the first.
    private static IEnumerable<DocumentProblem> Reach(WorkflowDocument workflow)
    {
        var reached = Reached(workflow);
        return workflow
            .Statuses.Index()
            .Where(status => !reached.Contains(status.Item.Id))
            .Select(status =>
                DocumentProblem.At($"/statuses/{status.Index}", "workflow.status-unreachable", status.Item.Id)
            );
    }

    private static HashSet<string> Reached(WorkflowDocument workflow)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { workflow.Initial };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var status))
        {
            foreach (var next in Next(workflow, status).Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return reached;
    }

    private static IEnumerable<string> Next(WorkflowDocument workflow, string status)
    {
        var targets = workflow.TransitionsFrom(status).Select(transition => transition.To);
        return workflow.Reopen is { } reopen && workflow.Status(status) is { Category: StatusCategory.Done }
            ? targets.Append(reopen.To)
            : targets;
    }

    // A ticket can be done, and a closing status is a done one.
    private static IEnumerable<DocumentProblem> Ends(WorkflowDocument workflow)
    {
        if (workflow.Statuses.All(status => status.Category != StatusCategory.Done))
        {
            yield return DocumentProblem.At("/statuses", "workflow.never-done");
        }

        foreach (var (index, status) in workflow.Statuses.Index())
        {
            if (status.Closes && status.Category != StatusCategory.Done)
            {
                yield return DocumentProblem.At($"/statuses/{index}/closes", "workflow.closes-not-done", status.Id);
            }
        }
    }

    // A status that says for whom a ticket waits is one in which it waits.
    private static IEnumerable<DocumentProblem> Waits(WorkflowDocument workflow) =>
        workflow
            .Statuses.Index()
            .Where(status => status.Item is { WaitsFor: not null, Category: not StatusCategory.Waiting })
            .Select(status =>
                DocumentProblem.At($"/statuses/{status.Index}/waitsFor", "workflow.waits-not-waiting", status.Item.Id)
            );

    // What is opened again is not done, and there is time for it.
    private static IEnumerable<DocumentProblem> Reopening(WorkflowDocument workflow)
    {
        if (workflow.Reopen is not { } rule)
        {
            yield break;
        }

        if (workflow.Status(rule.To) is { Category: StatusCategory.Done })
        {
            yield return DocumentProblem.At("/reopen/to", "workflow.reopen-done", rule.To);
        }

        if (rule.Within is { } window && window <= Duration.Zero)
        {
            yield return DocumentProblem.At("/reopen/within", "workflow.span-not-positive");
        }
    }

    // What closes a ticket by itself is a transition that leaves from where it waits.
    private static IEnumerable<DocumentProblem> AutoClose(WorkflowDocument workflow)
    {
        if (workflow.AutoClose is not { } rule)
        {
            yield break;
        }

        var transition = workflow.Transitions.FirstOrDefault(transition => transition.Id == rule.Transition);
        if (transition is null)
        {
            yield return DocumentProblem.At("/autoClose/transition", "workflow.transition-unknown", rule.Transition);
        }
        else if (!transition.LeavesFrom(rule.From))
        {
            yield return DocumentProblem.At(
                "/autoClose/transition",
                "workflow.auto-close-elsewhere",
                rule.Transition,
                rule.From
            );
        }

        if (rule.After <= Duration.Zero)
        {
            yield return DocumentProblem.At("/autoClose/after", "workflow.span-not-positive");
        }
    }
}
