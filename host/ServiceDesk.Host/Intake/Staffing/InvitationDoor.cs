using Microsoft.AspNetCore.Identity;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>
/// The one way to invitations, for pages and REST. Who manages people invites, to a role that may nothing which the inviter may
/// not; whoever holds the link becomes that person, as long as the inviter still may invite to it.
/// </summary>
public sealed class InvitationDoor(
    IInvitations invitations,
    IPeopleStore people,
    IViewers viewers,
    ICurrentConfiguration configuration,
    IPasswordHasher<PersonRow> hasher,
    IDateTimeZoneProvider zones,
    IClock clock
)
{
    private const int LongestName = 200;

    /// <summary>The most organizations that somebody is invited to.</summary>
    public const int MostOrganizations = 50;

    /// <summary>How many days a link can work.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 7, 30];

    /// <summary>How many days it works when nothing was said.</summary>
    public const int UsualDays = 7;

    /// <summary>The page that takes a token, relative to the server's address.</summary>
    public static string PathOf(string token) => $"/account/invitation?token={token}";

    /// <summary>Invites somebody.</summary>
    /// <returns>The link, whose token nobody can read again; else why not, on the fields of a form.</returns>
    public async Task<(InvitationLink? Link, IReadOnlyList<Refusal> Refusals)> InviteAsync(
        Viewer by,
        NewInvitation wanted,
        int days,
        CancellationToken cancellation
    )
    {
        if (!by.May(Permissions.ManagePeople))
        {
            return (null, [NotYours()]);
        }

        var clean = wanted with { Email = wanted.Email.Trim(), Name = wanted.Name.Trim() };
        if (await CheckAsync(by, clean, days, cancellation) is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        try
        {
            var validity = Duration.FromDays(days);
            var now = clock.GetCurrentInstant();
            return (await invitations.AddAsync(clean, by.Person.Id, now, validity, cancellation), []);
        }
        catch (PeopleConflictException)
        {
            var isSomebodys = await people.FindByEmailAsync(clean.Email, cancellation) is not null;
            return (null, [isSomebodys ? Taken(clean.Email) : OpenAlready(clean.Email)]);
        }
    }

    /// <summary>Those that are open, the newest first, with whether each link works; none for who does not manage people.</summary>
    /// <param name="desk">Only those for this desk; null takes all.</param>
    public async Task<IReadOnlyList<OpenInvitation>> OpenAsync(
        Viewer viewer,
        string? desk,
        CancellationToken cancellation
    )
    {
        if (!viewer.May(Permissions.ManagePeople))
        {
            return [];
        }

        if (desk is not null && !DeskAccess.Knows(viewer, desk))
        {
            return [];
        }

        var now = clock.GetCurrentInstant();
        var found = new List<OpenInvitation>();
        foreach (var one in await invitations.OpenAsync(desk, cancellation))
        {
            found.Add(await ShowAsync(Seen(viewer, one), now, cancellation));
        }

        return found;
    }

    /// <summary>An invitation as its list shows it now.</summary>
    public Task<OpenInvitation> ShowAsync(Viewer viewer, Invitation invitation, CancellationToken cancellation) =>
        ShowAsync(Seen(viewer, invitation), clock.GetCurrentInstant(), cancellation);

    /// <summary>Makes another link for an invitation, with which the old one is dead; who renews it is who invites from then on.</summary>
    public async Task<(InvitationLink? Link, IReadOnlyList<Refusal> Refusals)> RenewAsync(
        Viewer by,
        long id,
        int days,
        CancellationToken cancellation
    )
    {
        if (!by.May(Permissions.ManagePeople))
        {
            return (null, [NotYours()]);
        }

        if (await invitations.FindAsync(id, cancellation) is not { } found)
        {
            return (null, [Unknown()]);
        }

        var refusals = new List<Refusal>();
        refusals.AddRange(RoleOf(by, found.To.Role));
        refusals.AddRange(DaysOf(days));
        if (await people.FindByEmailAsync(found.To.Email, cancellation) is not null)
        {
            refusals.Add(Taken(found.To.Email));
        }

        if (refusals.Count > 0)
        {
            return (null, refusals);
        }

        var now = clock.GetCurrentInstant();
        var link = await invitations.RenewAsync(id, by.Person.Id, now, Duration.FromDays(days), cancellation);
        return link is null ? (null, [Unknown()]) : (link, []);
    }

    /// <summary>Ends an invitation; null when it is done, else why not.</summary>
    public async Task<Refusal?> WithdrawAsync(Viewer by, long id, CancellationToken cancellation) =>
        !by.May(Permissions.ManagePeople) ? NotYours()
        : await invitations.WithdrawAsync(id, clock.GetCurrentInstant(), cancellation) ? null
        : Unknown();

    /// <summary>What a link is good for; null when it is unknown, used, withdrawn or over, or its inviter may no longer invite to it.</summary>
    public async Task<Invitation?> FindAsync(string token, CancellationToken cancellation) =>
        await invitations.FindAsync(token, clock.GetCurrentInstant(), cancellation) is { } found
        && await IsMeantAsync(found, cancellation)
            ? found
            : null;

    /// <summary>Makes the person that the link invites, and uses the link up.</summary>
    /// <returns>The person; else why not. <see cref="RefusalKind.NotFound"/> when the link does not work.</returns>
    public async Task<(Person? Person, IReadOnlyList<Refusal> Refusals)> AcceptAsync(
        string token,
        InvitedPerson wanted,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, cancellation) is not { } found)
        {
            return (null, [Dead()]);
        }

        var clean = wanted with { Name = wanted.Name.Trim() };
        if (Check(clean) is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        try
        {
            var hash = Passwords.Hash(hasher, clean.Password);
            var accepted = new AcceptedInvitation(clean.Name, hash, clean.Language, clean.Zone);
            var person = await invitations.AcceptAsync(token, accepted, clock.GetCurrentInstant(), cancellation);
            return person is null ? (null, [Dead()]) : (person, []);
        }
        catch (PeopleConflictException)
        {
            return (null, [Refusal.Conflict("invitations.account-already", found.To.Email)]);
        }
    }

    private async Task<OpenInvitation> ShowAsync(Invitation one, Instant now, CancellationToken cancellation) =>
        new(
            one,
            one.ExpiresAt <= now ? InvitationState.Expired
                : await IsMeantAsync(one, cancellation) ? InvitationState.Works
                : InvitationState.Void
        );

    // A desk that the viewer does not know looks as if there were none.
    private static Invitation Seen(Viewer viewer, Invitation one) =>
        one.To.Desk is { } desk && !DeskAccess.Knows(viewer, desk)
            ? one with
            {
                To = one.To with { Desk = null },
            }
            : one;

    // Whoever lost the right to invite may have kept the link.
    private async ValueTask<bool> IsMeantAsync(Invitation invitation, CancellationToken cancellation) =>
        await viewers.OfAsync(invitation.By, cancellation) is { } inviter
        && inviter.May(Permissions.ManagePeople)
        && configuration.Snapshot.TryGet<RoleDocument>(invitation.To.Role, out var role)
        && RoleGrants.Covers(inviter, role);

    private async Task<List<Refusal>> CheckAsync(
        Viewer by,
        NewInvitation wanted,
        int days,
        CancellationToken cancellation
    )
    {
        var refusals = new List<Refusal>();
        if (!EmailAddresses.IsAddress(wanted.Email))
        {
            refusals.Add(Refusal.Invalid("accounts.person-email", "email", Shortened(wanted.Email)));
        }

        if (wanted.Name.Length > LongestName || wanted.Name.Any(char.IsControl))
        {
            refusals.Add(Refusal.Invalid("accounts.person-name", "name"));
        }

        refusals.AddRange(RoleOf(by, wanted.Role));
        refusals.AddRange(DaysOf(days));
        var team = wanted.Team is { } id ? await people.FindTeamAsync(id, cancellation) : null;
        if (wanted.Team is not null && team is null)
        {
            refusals.Add(Refusal.Invalid("duty.team-unknown", "team"));
        }

        if (wanted.Organizations.Count > MostOrganizations)
        {
            refusals.Add(Refusal.Invalid("invitations.organization-unknown", "organizations"));
        }
        else
        {
            foreach (var organization in wanted.Organizations)
            {
                if (await people.FindOrganizationAsync(organization, cancellation) is null)
                {
                    refusals.Add(Refusal.Invalid("invitations.organization-unknown", "organizations"));
                    break;
                }
            }
        }

        if (wanted.Desk is { } desk && refusals.Count == 0)
        {
            refusals.AddRange(DeskOf(by, desk, wanted.Role, team));
        }

        return refusals;
    }

    // Who is invited to a desk must be able to work there.
    private IEnumerable<Refusal> DeskOf(Viewer by, string key, string role, Team? team) =>
        !configuration.Snapshot.TryGet<DeskDocument>(key, out var desk) || !DeskAccess.Knows(by, key)
            ? [Refusal.Invalid("staffing.desk-unknown", "desk")]
        : configuration.Snapshot.TryGet<RoleDocument>(role, out var given)
            ? DeskStaff.LackOf(desk, given, team is null ? [] : [team])
        : [];

    private IEnumerable<Refusal> RoleOf(Viewer by, string role) =>
        !configuration.Snapshot.TryGet<RoleDocument>(role, out var found)
            ? [Refusal.Invalid("administration.role-unknown", "role", Shortened(role))]
        : RoleGrants.Covers(by, found) ? []
        : [Refusal.Invalid("administration.role-above", "role")];

    private static IEnumerable<Refusal> DaysOf(int days) =>
        Days.Contains(days) ? [] : [Refusal.Invalid("invitations.days-wrong", "days", string.Join(", ", Days))];

    private List<Refusal> Check(InvitedPerson wanted)
    {
        var refusals = new List<Refusal>();
        if (wanted.Name.Length is 0 or > LongestName || wanted.Name.Any(char.IsControl))
        {
            refusals.Add(Refusal.Invalid("accounts.person-name", "name"));
        }

        if (!Languages.All.Contains(wanted.Language, StringComparer.Ordinal))
        {
            refusals.Add(Refusal.Invalid("invitations.language-unknown", "language"));
        }

        if (zones.GetZoneOrNull(wanted.Zone) is null)
        {
            refusals.Add(Refusal.Invalid("account.zone-wrong", "zone"));
        }

        refusals.AddRange(Passwords.Check(wanted.Password));
        return refusals;
    }

    private static Refusal NotYours() => Refusal.Forbidden("invitations.not-yours");

    private static Refusal Unknown() => Refusal.NotFound("invitations.unknown");

    private static Refusal Dead() => Refusal.NotFound("invitations.dead");

    private static Refusal Taken(string email) =>
        Refusal.Conflict("accounts.person-email-taken", email) with
        {
            Field = "email",
        };

    private static Refusal OpenAlready(string email) =>
        Refusal.Conflict("invitations.open-already", email) with
        {
            Field = "email",
        };

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>Whether the link of an open invitation works.</summary>
public enum InvitationState
{
    /// <summary>It works.</summary>
    Works,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Who invited may no longer invite to it.</summary>
    Void,
}

/// <summary>An invitation in its list.</summary>
public sealed record OpenInvitation(Invitation Invitation, InvitationState State);

/// <summary>What whoever accepts an invitation says.</summary>
public sealed record InvitedPerson(string Name, string Language, string Zone, string Password);
