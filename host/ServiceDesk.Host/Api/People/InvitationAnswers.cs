using NodaTime;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Api.People;

/// <summary>An invitation that is open.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Name">The name, which the invited may change; empty for none.</param>
/// <param name="Role">The id of the role.</param>
/// <param name="Desk">The key of the desk for whose work it is; null for none in particular.</param>
/// <param name="Team">The name of the team; null for none.</param>
/// <param name="Organizations">Short names of the organizations.</param>
/// <param name="InvitedBy">Who invited, or renewed it last.</param>
/// <param name="CreatedAt">When its link was made.</param>
/// <param name="ExpiresAt">When its link ends.</param>
/// <param name="State">Whether the link works.</param>
/// <param name="Link">The link: answered when it is made, and never again.</param>
public sealed record InvitationAnswer(
    long Id,
    string Email,
    string Name,
    string Role,
    string? Desk,
    string? Team,
    ValueList<string> Organizations,
    PersonAnswer? InvitedBy,
    Instant CreatedAt,
    Instant ExpiresAt,
    InvitationState State,
    string? Link
);

/// <summary>Whom to invite.</summary>
public sealed record InvitationBody
{
    /// <summary>The address of who is invited.</summary>
    public string? Email { get; init; }

    /// <summary>The name, which the invited may change.</summary>
    public string? Name { get; init; }

    /// <summary>The id of a role.</summary>
    public string? Role { get; init; }

    /// <summary>The key of the desk for whose work it is.</summary>
    public string? Desk { get; init; }

    /// <summary>The team, by id or name.</summary>
    public TeamReference? Team { get; init; }

    /// <summary>Short names of organizations.</summary>
    public ValueList<string>? Organizations { get; init; }

    /// <summary>How many days the link works: 1, 7 (when it is left out) or 30.</summary>
    public int? Days { get; init; }
}

/// <summary>How long a new link works.</summary>
public sealed record RenewalBody
{
    /// <summary>Days: 1, 7 (when it is left out) or 30.</summary>
    public int? Days { get; init; }
}

/// <summary>Shows invitations.</summary>
public sealed class InvitationAnswers(IPeopleStore people)
{
    /// <summary>Those of a list.</summary>
    public async Task<IReadOnlyList<InvitationAnswer>> OfAsync(
        IReadOnlyList<OpenInvitation> open,
        CancellationToken cancellation
    )
    {
        var inviters = await people.FindAsync([.. open.Select(one => one.Invitation.By)], cancellation);
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id, team => team.Name);
        var organizations = (await people.OrganizationsAsync(cancellation)).ToDictionary(one => one.Id, one => one.Key);
        return [.. open.Select(Show)];

        InvitationAnswer Show(OpenInvitation one)
        {
            var (found, to) = (one.Invitation, one.Invitation.To);
            var inviter = inviters.GetValueOrDefault(found.By);
            return new InvitationAnswer(
                found.Id,
                to.Email,
                to.Name,
                to.Role,
                to.Desk,
                to.Team is { } team ? teams.GetValueOrDefault(team) : null,
                to.Organizations.Select(id => organizations.GetValueOrDefault(id)).OfType<string>().ToValueList(),
                inviter is null ? null : new PersonAnswer(inviter.Id.Value, inviter.Name, inviter.Email),
                found.CreatedAt,
                found.ExpiresAt,
                one.State,
                null
            );
        }
    }
}
