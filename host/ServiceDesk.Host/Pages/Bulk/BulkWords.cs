using System.Globalization;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.History;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Bulk;

/// <summary>Says in the reader's language what a bulk edit changes and what became of tickets.</summary>
public sealed class BulkWords(ITexts texts, ReaderTimes times, IPeopleStore people, ICurrentConfiguration configuration)
{
    /// <summary>A number as people write it.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>What is changed: names and what they are set to; the comment is not among it.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> ChangesAsync(
        BulkChanges changes,
        CancellationToken cancellation
    )
    {
        var persons = new[] { changes.Assignee?.To }
            .OfType<PersonId>()
            .Concat(changes.Watchers)
            .Concat(changes.Participants)
            .Concat(changes.Fields.Values.OfType<PersonValue>().Select(value => value.Person));
        var known = (await people.FindAsync([.. persons.Distinct()], cancellation)).ToDictionary(
            one => one.Key,
            one => one.Value.Name
        );
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id, team => team.Name);
        var groups = await people.GroupNamesAsync(changes.Fields.Values, cancellation);
        var words = new FieldWords(times, texts, known, groups);
        return [.. Own(changes, new HistoryNames(known, teams)), .. Fields(changes, words)];
    }

    /// <summary>Why a ticket did not change, and what an undo left.</summary>
    public IReadOnlyList<string> Say(BulkNotes notes) =>
        [
            .. notes.Refusals.Select(Say),
            .. notes.Left.Count > 0
                ? [texts.Format("bulk.left", string.Join(", ", notes.Left.Select(NameOf)))]
                : Array.Empty<string>(),
        ];

    /// <summary>Why not.</summary>
    public string Say(Refusal refusal) =>
        texts.Format(refusal.Code, [.. FormErrors.Arguments(refusal, configuration.Snapshot)]);

    private IEnumerable<(string Name, string Value)> Own(BulkChanges changes, HistoryNames names)
    {
        if (changes.Assignee is { } assignee)
        {
            yield return (texts["workspace.assignee"], Name(assignee.To) ?? texts["workspace.nobody"]);
        }

        if (changes.Team is { } team)
        {
            yield return (
                texts["workspace.team"],
                team.To is { } id ? names.Teams.GetValueOrDefault(id, "?") : texts["workspace.no-team"]
            );
        }

        if (changes.Priority is { } priority)
        {
            yield return (
                texts["workspace.priority"],
                texts[$"common.priority-{priority.ToString().ToLowerInvariant()}"]
            );
        }

        if (changes.To is { } to)
        {
            yield return (texts["bulk.status"], StatusName(to));
        }

        if (changes.Resolution is { } resolution)
        {
            yield return (texts["workspace.resolution"], ResolutionName(resolution));
        }

        if (changes.AddLabels.Count > 0)
        {
            yield return (texts["bulk.add-labels"], string.Join(", ", changes.AddLabels));
        }

        if (changes.RemoveLabels.Count > 0)
        {
            yield return (texts["bulk.remove-labels"], string.Join(", ", changes.RemoveLabels));
        }

        if (changes.Watchers.Count > 0)
        {
            yield return (texts["bulk.watcher"], string.Join(", ", changes.Watchers.Select(one => Name(one))));
        }

        if (changes.Participants.Count > 0)
        {
            yield return (texts["bulk.participant"], string.Join(", ", changes.Participants.Select(one => Name(one))));
        }

        string? Name(PersonId? person) => person is { } id ? names.People.GetValueOrDefault(id, "?") : null;
    }

    private IEnumerable<(string Name, string Value)> Fields(BulkChanges changes, FieldWords words)
    {
        foreach (var (id, value) in changes.Fields)
        {
            if (configuration.Snapshot.TryGet<FieldDocument>(id, out var field))
            {
                yield return (field.Name.ToString(), value is null ? texts["bulk.emptied"] : words.Of(field, value));
            }
        }
    }

    private string NameOf(string left) =>
        left.StartsWith("field:", StringComparison.Ordinal)
            ? configuration.Snapshot.TryGet<FieldDocument>(left["field:".Length..], out var field)
                ? field.Name.ToString()
                : left["field:".Length..]
            : texts[$"bulk.trait-{left}"];

    private string StatusName(string to) =>
        configuration
            .Snapshot.All<WorkflowDocument>()
            .Select(workflow =>
                workflow.Status(to)?.Name ?? workflow.Transitions.FirstOrDefault(way => way.Id == to)?.Name
            )
            .OfType<LocalizedText>()
            .FirstOrDefault()
            ?.ToString()
        ?? to;

    private string ResolutionName(string id) =>
        configuration
            .Snapshot.All<WorkflowDocument>()
            .SelectMany(workflow => workflow.Resolutions)
            .FirstOrDefault(resolution => resolution.Id == id)
            ?.Name.ToString()
        ?? id;
}
