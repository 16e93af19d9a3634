using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.Bodies;

/// <summary>Finds whom a client means, among those whom it may look up. Whether the person may be asked for is decided by the ticket.</summary>
public sealed class ReferenceReader(IPeopleStore people, ICurrentConfiguration configuration)
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
            return (new PersonId(id), null);
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
            0 when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => (
                new PersonId(number),
                null
            ),
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

    /// <summary>The team, or why not.</summary>
    public async Task<(TeamId? Team, Refusal? Refusal)> TeamAsync(
        TeamReference reference,
        string field,
        CancellationToken cancellation
    )
    {
        if (reference.Id is { } id)
        {
            return (new TeamId(id), null);
        }

        var text = (reference.Text ?? "").Trim();
        var team = text.Length is 0 or > LongestText ? null : await people.FindTeamAsync(text, cancellation);
        return team is null ? (null, Refusal.Invalid("api.team-unknown", field, Shortened(text))) : (team.Id, null);
    }

    private static Refusal Unknown(string field, string text) =>
        Refusal.Invalid("api.person-unknown", field, Shortened(text));

    private static bool IsSame(string name, string text) =>
        string.Equals(name.Trim(), text, StringComparison.OrdinalIgnoreCase);

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
