using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Bulk;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Bulk;

/// <summary>Makes forms of bulk edits for the tickets that were chosen, and reads them.</summary>
public sealed class BulkForms(
    IBulkRuns runs,
    IPeopleStore people,
    PersonDirectory directory,
    PostedFields posted,
    AgentDirectory agents,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
)
{
    /// <summary>An empty form for the tickets of an edit.</summary>
    public async Task<BulkForm> OfAsync(Viewer viewer, long run, CancellationToken cancellation)
    {
        var snapshot = configuration.Snapshot;
        var kinds = await runs.KindsAsync(run, cancellation);
        var teams = await people.TeamsAsync(cancellation);
        var desks = kinds
            .Select(kind => kind.Desk)
            .Distinct()
            .Select(id => snapshot.TryGet<DeskDocument>(id, out var desk) ? desk : null)
            .OfType<DeskDocument>()
            .ToList();
        var types = kinds.Select(kind => kind.Type).Distinct().ToList();
        var workflows = types.Select(snapshot.WorkflowOf).OfType<WorkflowDocument>().DistinctBy(one => one.Id).ToList();
        return new BulkForm
        {
            Errors = new FormErrors(texts, snapshot),
            Agents =
            [
                .. (await agents.NamesAsync(await agents.OfAsync(desks, teams, cancellation), cancellation)).Select(
                    one => (one.Key.ToString(), one.Value)
                ),
            ],
            Teams = [.. teams.Select(team => (team.Id.ToString(), team.Name))],
            Statuses =
            [
                .. workflows
                    .SelectMany(flow => flow.Statuses.Where(status => flow.Transitions.Any(way => way.To == status.Id)))
                    .DistinctBy(status => status.Id)
                    .Select(status => (status.Id, status.Name.ToString())),
            ],
            Resolutions =
            [
                .. workflows
                    .SelectMany(flow => flow.Resolutions)
                    .DistinctBy(resolution => resolution.Id)
                    .Select(resolution => (resolution.Id, resolution.Name.ToString())),
            ],
            Fields =
            [
                .. types
                    .SelectMany(type => FieldsOf(type, snapshot))
                    .Where(field => FieldSight.Knows(viewer, field))
                    .DistinctBy(field => field.Id),
            ],
        };
    }

    /// <summary>Puts into a form what was said before.</summary>
    public async Task FillAsync(BulkForm form, BulkChanges changes, CancellationToken cancellation)
    {
        var (typed, fields) = (form.Texts, new FieldForm(times.Zone));
        typed["assignee"] = changes.Assignee is { } assignee ? assignee.To?.ToString() ?? BulkForm.None : "";
        typed["team"] = changes.Team is { } team ? team.To?.ToString() ?? BulkForm.None : "";
        typed["priority"] = changes.Priority?.ToString() ?? "";
        typed["to"] = changes.To ?? "";
        typed["resolution"] = changes.Resolution ?? "";
        typed["addLabels"] = string.Join(", ", changes.AddLabels);
        typed["removeLabels"] = string.Join(", ", changes.RemoveLabels);
        typed["watcher"] = changes.Watchers is [var watcher, ..] ? watcher.ToString() : "";
        typed["comment"] = changes.Comment ?? "";
        typed["visibility"] = changes.Visibility.ToString();
        if (changes.Participants is [var participant, ..])
        {
            var known = await people.FindAsync([participant], cancellation);
            typed["participant"] = known.TryGetValue(participant, out var person) ? person.Email : "";
        }

        foreach (var field in form.Fields.Where(field => changes.Fields.ContainsKey(field.Id)))
        {
            typed[FieldForm.NameOf(field.Id)] = fields.Write(field, changes.Fields.Find(field.Id));
            if (changes.Fields.Find(field.Id) is null)
            {
                form.Emptied.Add(field.Id);
            }
        }
    }

    /// <summary>Draws the inputs of its fields.</summary>
    public async Task DrawAsync(Viewer viewer, BulkForm form, CancellationToken cancellation)
    {
        var reading = new FieldForm(times.Zone);
        var held = form
            .Fields.Select(field =>
                reading.TryRead(field, form[FieldForm.NameOf(field.Id)], out var value) ? value : null
            )
            .OfType<FieldValue>()
            .ToList();
        var offers = await directory.OffersAsync(
            viewer,
            [.. form.Fields.Select(field => field.Kind)],
            held,
            cancellation
        );
        form.Inputs =
        [
            .. form.Fields.Select(field =>
                (
                    field.Id,
                    Tristate(FieldForm.Input(field, form[FieldForm.NameOf(field.Id)], offers)) with
                    {
                        Error = form.Errors[FieldForm.NameOf(field.Id)],
                    }
                )
            ),
        ];
    }

    /// <summary>What the form says when it has taken what was sent; what is wrong with it is told to the form.</summary>
    public async Task<BulkChanges> ReadAsync(
        Viewer viewer,
        BulkForm form,
        IFormCollection sent,
        CancellationToken cancellation
    )
    {
        form.Fill(await posted.TakeAsync(sent, form.Fields, viewer, form.Errors, new KnownFiles(), cancellation));
        var fields = ValueMap<FieldValue?>.Empty;
        foreach (var field in form.Fields)
        {
            var name = FieldForm.NameOf(field.Id);
            if (form.Emptied.Contains(field.Id))
            {
                fields = fields.SetItem(field.Id, null);
            }
            else if (form[name].Length > 0)
            {
                if (new FieldForm(times.Zone).TryRead(field, form[name], out var value))
                {
                    fields = fields.SetItem(field.Id, value);
                }
                else
                {
                    form.Errors.Add(name, FieldForm.WrongOf(field, "workspace.field-wrong"), field.Name.ToString());
                }
            }
        }

        var names = form.Fields.Select(field => FieldForm.NameOf(field.Id)).ToList();
        await posted.CheckAsync(viewer, fields, ValueMap<FieldValue>.Empty, form.Errors, names, cancellation);
        return new BulkChanges
        {
            Assignee = Id(form, "assignee") is { } assignee
                ? new BulkTo<PersonId>(assignee.Id is { } person ? new PersonId(person) : null)
                : null,
            Team = Id(form, "team") is { } team ? new BulkTo<TeamId>(team.Id is { } id ? new TeamId(id) : null) : null,
            Priority =
                Enum.TryParse<Priority>(form["priority"], out var priority) && Enum.IsDefined(priority)
                    ? priority
                    : null,
            Fields = fields,
            AddLabels = Words(form["addLabels"]),
            RemoveLabels = Words(form["removeLabels"]),
            Watchers = Id(form, "watcher")?.Id is { } watcher ? [new PersonId(watcher)] : [],
            Participants = await ParticipantAsync(viewer, form, cancellation),
            Comment = form["comment"].Length > 0 ? form["comment"] : null,
            Visibility = form.IsPublic ? Visibility.Public : Visibility.Internal,
            To = form["to"].Length > 0 ? form["to"] : null,
            Resolution = form["resolution"].Length > 0 ? form["resolution"] : null,
        };
    }

    private async Task<ValueList<PersonId>> ParticipantAsync(
        Viewer viewer,
        BulkForm form,
        CancellationToken cancellation
    )
    {
        if (form["participant"].Length == 0)
        {
            return [];
        }

        if (await directory.FindOneAsync(viewer, form["participant"], cancellation) is { } found)
        {
            return [found.Id];
        }

        form.Errors.Add("participant", "workspace.person-unknown", form["participant"]);
        return [];
    }

    // Only who stands in a choice can be meant, so that no number tells of a person whom one does not know.
    private static (long? Id, bool IsSet)? Id(BulkForm form, string name)
    {
        var choices = name == "team" ? form.Teams : form.Agents;
        return form[name] switch
        {
            BulkForm.None => (null, true),
            var text when choices.Any(choice => choice.Id == text) => (
                long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
                true
            ),
            _ => null,
        };
    }

    private static ValueList<string> Words(string text) =>
        text.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToValueList();

    // A box that is not ticked would say no to every ticket.
    private FieldInput Tristate(FieldInput input) =>
        input.Kind == FieldKind.Flag
            ? input with
            {
                Kind = FieldKind.Choice,
                Choices = [("true", texts["common.yes"]), ("false", texts["common.no"])],
            }
            : input;

    private static IEnumerable<FieldDocument> FieldsOf(string type, IConfiguration snapshot)
    {
        foreach (var id in snapshot.TryGet<TicketTypeDocument>(type, out var document) ? document.Fields : [])
        {
            if (
                snapshot.TryGet<FieldDocument>(id, out var field)
                && field is { Script: null, Kind: not FieldKind.Attachment }
            )
            {
                yield return field;
            }
        }
    }
}
