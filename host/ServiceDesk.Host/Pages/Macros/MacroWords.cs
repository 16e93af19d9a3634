using ServiceDesk.Core.Access;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Macros;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.History;
using ServiceDesk.Host.Pages.Rules;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Macros;

/// <summary>Something that a macro changes, in the reader's words.</summary>
/// <param name="What"><c>status</c>, <c>resolution</c>, <c>priority</c>, <c>assignee</c>, <c>team</c>, <c>summary</c>, <c>labels</c>, <c>watchers</c>, <c>files</c>, <c>fields.ID</c>, or <c>other</c>.</param>
/// <param name="Name">Its name; for <c>other</c> a sentence that says all.</param>
/// <param name="Before">What it is; empty for nothing.</param>
/// <param name="After">What it will be; empty for nothing.</param>
public sealed record MacroChange(string What, string Name, string Before, string After);

/// <summary>Says what a macro does: beforehand, and why not.</summary>
public sealed class MacroWords(
    ITexts texts,
    ReaderTimes times,
    EventSentences sentences,
    RuleSentences rules,
    IPeopleStore people,
    ICurrentConfiguration configuration
)
{
    /// <summary>What changes, the weightiest first; the comment is not among it.</summary>
    public async Task<IReadOnlyList<MacroChange>> ChangesAsync(
        Viewer viewer,
        MacroPlan plan,
        CancellationToken cancellation
    )
    {
        if (plan.After is not { } after)
        {
            return [];
        }

        var snapshot = configuration.Snapshot;
        // A field that is hidden in the status of now is not told beforehand, although the macro leads to where it is seen.
        var (was, will) = (Seen(plan.Before.State), Seen(after.State));
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id, team => team.Name);
        var known = await people.FindAsync([.. PeopleOf(plan)], cancellation);
        var names = new HistoryNames(known.ToDictionary(one => one.Key, one => one.Value.Name), teams)
        {
            Groups = await people.GroupNamesAsync([.. was.Fields.Values, .. will.Fields.Values], cancellation),
        };
        var changes = Own(was, will, names)
            .Concat(Fields(was, will, names))
            .Append(Along(plan))
            .Where(change => change.Before != change.After);
        var others = plan.Events.Where(recorded => !IsTold(recorded.Event));
        return
        [
            .. changes,
            .. sentences
                .Write(
                    FieldSight.Shown(viewer, was, FieldSight.Shown(viewer, will, others, snapshot), snapshot),
                    will,
                    configuration.Snapshot,
                    names
                )
                .Select(line => new MacroChange("other", line.Sentence, "", "")),
        ];

        TicketState Seen(TicketState ticket) =>
            FieldSight.Shown(
                viewer,
                FieldSight.Shown(viewer, ticket, plan.Before.State.Status, snapshot),
                after.State.Status,
                snapshot
            );
    }

    /// <summary>What the macro does, in order, each a sentence.</summary>
    public IReadOnlyList<string> Sentences(MacroDocument macro) =>
        [.. macro.Do.Select(action => rules.Do(action, configuration.Snapshot))];

    /// <summary>Why not, with the action that cannot be done.</summary>
    public string Say(MacroRefusal refusal) =>
        refusal.Action is { } action
            ? texts.Format("macro.refused-part", rules.Do(action, configuration.Snapshot), texts.Say(refusal.Refusal))
            : texts.Say(refusal.Refusal);

    private IEnumerable<MacroChange> Own(TicketState before, TicketState after, HistoryNames names)
    {
        var workflow = configuration.Snapshot.WorkflowOf(before.Type);
        yield return Change("status", state => workflow?.Status(state.Status)?.Name.ToString() ?? state.Status);
        yield return Change(
            "resolution",
            state =>
                workflow?.Resolutions.FirstOrDefault(one => one.Id == state.Resolution)?.Name.ToString()
                ?? state.Resolution
                ?? ""
        );
        yield return Change(
            "priority",
            state => texts[$"common.priority-{state.Priority.ToString().ToLowerInvariant()}"]
        );
        yield return Change("assignee", state => Name(state.Assignee));
        yield return Change("team", state => state.Team is { } team ? names.Teams.GetValueOrDefault(team, "?") : "");
        yield return Change("summary", state => state.Summary);
        yield return Change("labels", state => string.Join(", ", state.Labels));
        yield return Change("watchers", state => string.Join(", ", state.Watchers.Select(one => Name(one))));

        MacroChange Change(string what, Func<TicketState, string> words) =>
            new(what, texts[$"macro.what-{what}"], words(before), words(after));

        string Name(PersonId? person) => person is { } id ? names.People.GetValueOrDefault(id, "?") : "";
    }

    private MacroChange Along(MacroPlan plan) =>
        new(
            "files",
            texts[
                plan.Commands.Any(command =>
                    command is AddPublicComment or AttachFiles { Visibility: Visibility.Public }
                )
                    ? "macro.what-files-public"
                    : "macro.what-files-internal"
            ],
            "",
            string.Join(", ", plan.Files.Select(file => file.File.Name))
        );

    private IEnumerable<MacroChange> Fields(TicketState before, TicketState after, HistoryNames names)
    {
        var words = new FieldWords(times, texts, names.People, names.Groups);
        foreach (var id in before.Fields.Keys.Union(after.Fields.Keys, StringComparer.Ordinal))
        {
            if (configuration.Snapshot.TryGet<FieldDocument>(id, out var field))
            {
                yield return new MacroChange(
                    $"fields.{id}",
                    field.Name.ToString(),
                    words.Of(field, before.Fields.Find(id)),
                    words.Of(field, after.Fields.Find(id))
                );
            }
        }
    }

    // What the comparison, or the text, says already; and what only the clocks make of it.
    private static bool IsTold(TicketEvent happened) =>
        happened
            is TextEdited
                or FieldsChanged
                or LabelsChanged
                or TicketAssigned
                or PriorityChanged
                or StatusChanged
                or WatchChanged
                or PublicCommentAdded
                or InternalNoteAdded
                or FilesAttached
                or SlaBreached
                or SlaThresholdReached
                or SlaEscalated;

    private static IEnumerable<PersonId> PeopleOf(MacroPlan plan) =>
        new[] { plan.Before.State, plan.After!.State }
            .SelectMany(state =>
                new[] { state.Assignee }
                    .OfType<PersonId>()
                    .Concat(state.Watchers)
                    .Concat(state.Fields.Values.OfType<PersonValue>().Select(value => value.Person))
            )
            .Concat(EventSentences.Mentioned([.. plan.Events]).People)
            .Distinct();
}
