using System.Globalization;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workflows;

/// <summary>What the buttons of the editor do to a workflow.</summary>
public static class WorkflowEdits
{
    /// <summary>A workflow that is the least: a ticket is new, worked on and done.</summary>
    public static WorkflowDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Initial = "new",
            Statuses =
            [
                new("new", LocalizedText.Of("New", "신규"), StatusCategory.New),
                new("in-progress", LocalizedText.Of("In progress", "처리 중"), StatusCategory.Active),
                new("done", LocalizedText.Of("Done", "완료"), StatusCategory.Done, Closes: true),
            ],
            Transitions =
            [
                Way("start", LocalizedText.Of("Start work", "처리 시작"), ["new"], "in-progress"),
                Way("finish", LocalizedText.Of("Finish", "완료"), ["new", "in-progress"], "done"),
            ],
            Reopen = new ReopenRule("in-progress"),
        };

    /// <summary>What a button asks for, on what was read; and what is open then.</summary>
    public static (WorkflowDocument Workflow, WorkflowPart Open) Apply(
        WorkflowDocument workflow,
        WorkflowPart open,
        string? asked
    )
    {
        var parts = (asked ?? "").Split('.', 2);
        var place = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var n) ? n : -1;
        return parts[0] switch
        {
            "open" => (workflow, WorkflowPart.Parse(parts.Length > 1 ? parts[1] : "")),
            "close" => (workflow, WorkflowPart.None),
            "add-status" => (
                workflow with
                {
                    Statuses = workflow.Statuses.Add(new("", LocalizedText.Of(""), StatusCategory.Active)),
                },
                new WorkflowPart(WorkflowPart.Status, workflow.Statuses.Count)
            ),
            "add-transition" => (
                workflow with
                {
                    Transitions = workflow.Transitions.Add(Way("", LocalizedText.Of(""), Left(workflow, open), "")),
                },
                new WorkflowPart(WorkflowPart.Transition, workflow.Transitions.Count)
            ),
            "remove-status" when Has(workflow.Statuses, place) => (WithoutStatus(workflow, place), WorkflowPart.None),
            "remove-transition" when Has(workflow.Transitions, place) => (
                WithoutTransitions(workflow, [workflow.Transitions[place].Id], place),
                WorkflowPart.None
            ),
            "up-status" => (workflow with { Statuses = Swapped(workflow.Statuses, place - 1) }, WorkflowPart.None),
            "down-status" => (workflow with { Statuses = Swapped(workflow.Statuses, place) }, WorkflowPart.None),
            "up-transition" => (
                workflow with
                {
                    Transitions = Swapped(workflow.Transitions, place - 1),
                },
                WorkflowPart.None
            ),
            "down-transition" => (
                workflow with
                {
                    Transitions = Swapped(workflow.Transitions, place),
                },
                WorkflowPart.None
            ),
            "add-resolution" => (
                workflow with
                {
                    Resolutions = workflow.Resolutions.Add(new WorkflowResolution("", LocalizedText.Of(""))),
                },
                open
            ),
            "remove-resolution" => (workflow with { Resolutions = Without(workflow.Resolutions, place) }, open),
            var word => (Then(workflow, open, word, place), open),
        };
    }

    /// <summary>The workflow with what becomes of statuses that it no longer has: those that were chosen now, and those of before as far as they still hold.</summary>
    /// <param name="published">What is published; null for a new workflow.</param>
    /// <param name="chosen">Where tickets go, by the status that vanishes.</param>
    public static WorkflowDocument Replacing(
        WorkflowDocument workflow,
        WorkflowDocument? published,
        IReadOnlyDictionary<string, string> chosen
    )
    {
        var before = (published?.Replaced ?? []).Select(one =>
            chosen.TryGetValue(one.To, out var further) ? one with { To = further } : one
        );
        var now = chosen.Select(one => new StatusReplacement(one.Key, one.Value));
        return workflow with
        {
            Replaced = now.Concat(before)
                .Where(one => workflow.Status(one.From) is null && workflow.Status(one.To) is not null)
                .DistinctBy(one => one.From, StringComparer.Ordinal)
                .ToValueList(),
        };
    }

    private static WorkflowDocument Then(WorkflowDocument workflow, WorkflowPart open, string word, int place)
    {
        if (open.Kind != WorkflowPart.Transition || !Has(workflow.Transitions, open.Place))
        {
            return workflow;
        }

        var then = workflow.Transitions[open.Place].Then;
        var changed = word switch
        {
            "add-then" => then.Add(new RuleAction { Do = ActionWords.Comment, Visibility = Visibility.Internal }),
            "remove-then" => Without(then, place),
            "up-then" => Swapped(then, place - 1),
            "down-then" => Swapped(then, place),
            _ => then,
        };
        return workflow with
        {
            Transitions = workflow.Transitions.SetItem(
                open.Place,
                workflow.Transitions[open.Place] with
                {
                    Then = changed,
                }
            ),
        };
    }

    // Ways that lead only from or to it go with it: one that left from nowhere would leave from everywhere.
    private static WorkflowDocument WithoutStatus(WorkflowDocument workflow, int place)
    {
        var id = workflow.Statuses[place].Id;
        var gone = workflow
            .Transitions.Where(way => way.To == id || (way.From.Count > 0 && way.From.All(from => from == id)))
            .Select(way => way.Id)
            .ToHashSet(StringComparer.Ordinal);
        var rest = WithoutTransitions(workflow, gone, -1);
        return rest with
        {
            Statuses = Without(rest.Statuses, place),
            Transitions = rest
                .Transitions.Select(way => way with { From = way.From.Where(from => from != id).ToValueList() })
                .ToValueList(),
            Reopen = rest.Reopen?.To == id ? null : rest.Reopen,
            AutoClose = rest.AutoClose?.From == id ? null : rest.AutoClose,
        };
    }

    private static WorkflowDocument WithoutTransitions(WorkflowDocument workflow, HashSet<string> ids, int place) =>
        workflow with
        {
            Transitions = workflow
                .Transitions.Where((way, index) => place >= 0 ? index != place : !ids.Contains(way.Id))
                .ToValueList(),
            AutoClose = workflow.AutoClose is { } close && ids.Contains(close.Transition) ? null : workflow.AutoClose,
            Statuses = workflow
                .Statuses.Select(status =>
                    status.Approval is { } approval
                        ? status with
                        {
                            Approval = approval with
                            {
                                Approved = Kept(approval.Approved, ids),
                                Declined = Kept(approval.Declined, ids),
                            },
                        }
                        : status
                )
                .ToValueList(),
        };

    private static string? Kept(string? id, HashSet<string> gone) => id is null || gone.Contains(id) ? null : id;

    // A new way begins at the status that is open.
    private static ValueList<string> Left(WorkflowDocument workflow, WorkflowPart open) =>
        open.Kind == WorkflowPart.Status && Has(workflow.Statuses, open.Place) ? [workflow.Statuses[open.Place].Id]
        : workflow.Statuses.Count > 0 ? [workflow.Statuses[0].Id]
        : [];

    private static WorkflowTransition Way(string id, LocalizedText name, ValueList<string> from, string to) =>
        new()
        {
            Id = id,
            Name = name,
            From = from,
            To = to,
        };

    private static bool Has<T>(ValueList<T> list, int place) => place >= 0 && place < list.Count;

    private static ValueList<T> Without<T>(ValueList<T> list, int place) =>
        list.Where((_, index) => index != place).ToValueList();

    private static ValueList<T> Swapped<T>(ValueList<T> list, int place) =>
        Has(list, place) && Has(list, place + 1)
            ? list.SetItem(place, list[place + 1]).SetItem(place + 1, list[place])
            : list;
}
