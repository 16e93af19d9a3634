using ServiceDesk.Core.Tickets.Bulk;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Api.Bulk;

/// <summary>Reads what a client wants changed on many tickets.</summary>
public sealed class BulkReader(ReferenceReader references, ICurrentConfiguration configuration)
{
    private const int MostPeople = 100;

    /// <summary>The changes; or every reason why they cannot be read.</summary>
    public async Task<(BulkChanges Changes, ValueList<Refusal> Refusals)> ReadAsync(
        Viewer viewer,
        JsonBody<BulkBody> body,
        CancellationToken cancellation
    )
    {
        var said = body.Value;
        var (fields, wrong) = FieldReader.Read(said.Fields, viewer, null, configuration.Snapshot);
        var refusals = new List<Refusal>(wrong);
        (fields, var unknown) = await references.KnownAsync(viewer, null, fields, cancellation);
        refusals.AddRange(unknown);
        // A file stands in one ticket.
        refusals.AddRange(
            fields
                .Where(field => field.Value is FilesValue)
                .Select(field => Refusal.Invalid("api.bulk-files", $"fields.{field.Key}"))
        );
        if (body.Given.Contains("priority") && said.Priority is null)
        {
            refusals.Add(Refusal.Invalid("api.not-emptied", "priority"));
        }

        TeamId? team = null;
        if (said.Team is { } named)
        {
            (team, var refusal) = await references.TeamAsync(viewer, named, "team", cancellation);
            refusals.AddRange(refusal is null ? [] : [refusal]);
        }

        PersonReference[] whom = said.Assignee is { } one ? [one] : [];
        var assignee = await PeopleAsync(whom, "assignee");
        var changes = new BulkChanges
        {
            Assignee = body.Given.Contains("assignee")
                ? new BulkTo<PersonId>(assignee.Count > 0 ? assignee[0] : null)
                : null,
            Team = body.Given.Contains("team") ? new BulkTo<TeamId>(team) : null,
            Priority = said.Priority,
            Fields = fields,
            AddLabels = (said.AddLabels ?? []).ToValueList(),
            RemoveLabels = (said.RemoveLabels ?? []).ToValueList(),
            Participants = await PeopleAsync(said.Participants ?? [], "participants"),
            Watchers = await PeopleAsync(said.Watchers ?? [], "watchers"),
            Comment = said.Comment?.ReplaceLineEndings("\n"),
            Visibility = said.Visibility ?? Visibility.Internal,
            To = said.To,
            Resolution = said.Resolution,
        };
        return (changes, refusals.ToValueList());

        async Task<ValueList<PersonId>> PeopleAsync(IReadOnlyCollection<PersonReference?> given, string field)
        {
            var found = new List<PersonId>();
            if (given.Count > MostPeople)
            {
                refusals.Add(Refusal.Invalid("bulk.too-many-people", field, $"{MostPeople}"));
                return [];
            }

            foreach (var reference in given.OfType<PersonReference>())
            {
                var (person, refusal) = await references.PersonAsync(viewer, reference, field, cancellation);
                found.AddRange(person is { } id ? [id] : []);
                refusals.AddRange(refusal is null ? [] : [refusal]);
            }

            return found.ToValueList();
        }
    }
}
