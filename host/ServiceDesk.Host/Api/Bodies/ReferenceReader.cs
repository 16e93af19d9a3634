using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>Finds whom a client means, among those whom it may look up. Whether the person may be asked for is decided by the ticket.</summary>
public sealed class ReferenceReader(
    IPeopleStore people,
    ITicketConversation conversation,
    FileIntake intake,
    ICurrentConfiguration configuration
)
{
    private const int LongestText = 254;

    /// <summary>The person, or why not. A name that several people have is not enough.</summary>
    public async Task<(PersonId? Person, Refusal? Refusal)> PersonAsync(
        Viewer viewer,
        PersonReference reference,
        string field,
        CancellationToken cancellation
    )
    {
        if (reference.Id is { } id)
        {
            return await NumberedAsync(viewer, id, field, cancellation);
        }

        var text = (reference.Text ?? "").Trim();
        if (text.Length is 0 or > LongestText)
        {
            return (null, Unknown(field, text));
        }

        var known = new PeopleFilter { KnownTo = Acquaintances.Of(viewer, configuration.Snapshot) };
        if (text.Contains('@', StringComparison.Ordinal))
        {
            var byAddress = await people.FindByEmailAsync(text, cancellation);
            return
                byAddress is null
                || await people.CountAsync(known with { Person = byAddress.Id, OnlyActive = false }, cancellation) == 0
                ? (null, Unknown(field, text))
                : (byAddress.Id, null);
        }

        var found = await people.ListAsync(known with { Text = text }, limit: 50, cursor: null, cancellation);
        var named = found.Items.Where(person => IsSame(person.Name, text)).ToList();
        return named.Count switch
        {
            1 => (named[0].Id, null),
            0 when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                await NumberedAsync(viewer, number, field, cancellation),
            0 => (null, Unknown(field, text)),
            _ => (null, Refusal.Invalid("api.person-ambiguous", field, text)),
        };
    }

    /// <summary>Whether somebody may learn that there is a person: oneself, and whom one may look up.</summary>
    public async Task<bool> KnowsAsync(Viewer viewer, PersonId id, CancellationToken cancellation)
    {
        var known = new PeopleFilter { KnownTo = Acquaintances.Of(viewer, configuration.Snapshot) };
        return id == viewer.Person.Id
            || await people.CountAsync(known with { Person = id, OnlyActive = false }, cancellation) > 0;
    }

    /// <summary>
    /// The values with the files that they name; and why people, organizations, teams and files in fields cannot be taken: whom and what
    /// the viewer does not know looks as if there were no such one.
    /// </summary>
    /// <param name="ticket">Of which files may be named besides those that the viewer uploaded; null for none.</param>
    public async Task<(ValueMap<FieldValue?> Fields, ValueList<Refusal> Refusals)> KnownAsync(
        Viewer viewer,
        TicketState? ticket,
        ValueMap<FieldValue?> fields,
        CancellationToken cancellation
    )
    {
        var refusals = new List<Refusal>();
        var known = fields;
        foreach (var (id, value) in fields)
        {
            var name = $"fields.{id}";
            switch (value)
            {
                case PersonValue { Person: var person } when !await KnowsAsync(viewer, person, cancellation):
                    refusals.Add(Refusal.Invalid(RefusalCodes.PersonUnknown, name, person.ToString()));
                    break;
                case OrganizationValue { Organization: var organization }
                    when !await KnowsAsync(viewer, organization, cancellation):
                    refusals.Add(Refusal.Invalid(RefusalCodes.OrganizationUnknown, name, organization.ToString()));
                    break;
                case TeamValue { Team: var team } when !KnowsTeams(viewer):
                    refusals.Add(Refusal.Invalid(RefusalCodes.TeamUnknown, name, team.ToString()));
                    break;
                case FilesValue { Files: var named }:
                    var files = new List<AttachedFile>();
                    foreach (var file in named)
                    {
                        var found = IsFound(file) ? file : await FileAsync(viewer, ticket, file.Id, cancellation);
                        files.AddRange(found is null ? [] : [found]);
                        refusals.AddRange(found is null ? [UnknownFile(name, file.Id)] : []);
                    }

                    known = known.SetItem(id, new FilesValue(files.ToValueList()));
                    break;
            }
        }

        return (known, refusals.ToValueList());
    }

    /// <summary>The team, or why not. Customers know no team.</summary>
    public async Task<(TeamId? Team, Refusal? Refusal)> TeamAsync(
        Viewer viewer,
        TeamReference reference,
        string field,
        CancellationToken cancellation
    )
    {
        var text = reference.Id is { } id ? id.ToString(CultureInfo.InvariantCulture) : (reference.Text ?? "").Trim();
        var team =
            !KnowsTeams(viewer) || text.Length is 0 or > LongestText ? null
            : reference.Id is { } number ? await people.FindTeamAsync(new TeamId(number), cancellation)
            : await people.FindTeamAsync(text, cancellation);
        return team is null ? (null, Refusal.Invalid("api.team-unknown", field, Shortened(text))) : (team.Id, null);
    }

    /// <summary>The organization, or why not. Whose members the viewer does not know looks as if there were none.</summary>
    public async Task<(OrganizationId? Organization, Refusal? Refusal)> OrganizationAsync(
        Viewer viewer,
        OrganizationReference reference,
        string field,
        CancellationToken cancellation
    )
    {
        var text = reference.Id is { } id ? id.ToString(CultureInfo.InvariantCulture) : (reference.Text ?? "").Trim();
        var found =
            reference.Id is { } number ? await people.FindOrganizationAsync(new OrganizationId(number), cancellation)
            : text.Length is 0 or > LongestText ? null
            : await people.FindOrganizationAsync(text, cancellation);
        return
            found is not null
            && (
                viewer.Person.Organizations.Contains(found.Id)
                || Acquaintances.Of(viewer, configuration.Snapshot).Knows(found)
            )
            ? (found.Id, null)
            : (null, Refusal.Invalid(RefusalCodes.OrganizationUnknown, field, Shortened(text)));
    }

    /// <summary>The files that the viewer uploaded, by their ids; one of somebody else looks as if there were none.</summary>
    public async Task<(ValueList<AttachedFile> Files, ValueList<Refusal> Refusals)> UploadedAsync(
        Viewer viewer,
        IReadOnlyList<long> ids,
        string field,
        CancellationToken cancellation
    )
    {
        var wanted = ids.Distinct().ToList();
        var files = await intake.FindAsync([.. wanted.Select(FileIntake.TokenOf)], viewer.Person.Id, cancellation);
        return (
            files.ToValueList(),
            wanted.Where(id => files.All(file => file.Id != id)).Select(id => UnknownFile(field, id)).ToValueList()
        );
    }

    private async Task<(PersonId? Person, Refusal? Refusal)> NumberedAsync(
        Viewer viewer,
        long number,
        string field,
        CancellationToken cancellation
    ) =>
        await KnowsAsync(viewer, new PersonId(number), cancellation)
            ? (new PersonId(number), null)
            : (null, Unknown(field, number.ToString(CultureInfo.InvariantCulture)));

    private async Task<bool> KnowsAsync(Viewer viewer, OrganizationId id, CancellationToken cancellation) =>
        await people.FindOrganizationAsync(id, cancellation) is { } organization
        && Acquaintances.Of(viewer, configuration.Snapshot).Knows(organization);

    private async Task<AttachedFile?> FileAsync(
        Viewer viewer,
        TicketState? ticket,
        long id,
        CancellationToken cancellation
    ) =>
        ticket is not null
        && await conversation.FindFileAsync(viewer, ticket, id, configuration.Snapshot, cancellation) is { } attached
            ? attached
            : (await intake.FindAsync([FileIntake.TokenOf(id)], viewer.Person.Id, cancellation)).FirstOrDefault();

    // What was read is no more than an id.
    private static bool IsFound(AttachedFile file) => file.Sha256.Length > 0;

    private static Refusal UnknownFile(string field, long id) =>
        Refusal.Invalid(RefusalCodes.FieldFile, field, id.ToString(CultureInfo.InvariantCulture));

    private static bool KnowsTeams(Viewer viewer) =>
        viewer.May(Permissions.WorkTickets) || viewer.May(Permissions.ManagePeople);

    private static Refusal Unknown(string field, string text) =>
        Refusal.Invalid("api.person-unknown", field, Shortened(text));

    private static bool IsSame(string name, string text) =>
        string.Equals(name.Trim(), text, StringComparison.OrdinalIgnoreCase);

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
