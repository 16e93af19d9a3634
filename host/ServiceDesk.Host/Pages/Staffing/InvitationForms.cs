using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Staffing;

/// <summary>Invitations of a page: a new link, a form, those that are open; drawn by <c>Staffing/_Invitations</c>, whose handlers the page has.</summary>
/// <param name="Lines">Those that are open.</param>
/// <param name="Inputs">The inputs of a form; empty shows none.</param>
/// <param name="Errors">Why something was refused.</param>
public sealed record InvitationForm(
    IReadOnlyList<InvitationLine> Lines,
    IReadOnlyList<FieldInput> Inputs,
    FormErrors Errors
)
{
    /// <summary>A new link, shown once; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>Whom the new link invites; null without one.</summary>
    public Invitation? Invited { get; init; }
}

/// <summary>An open invitation in words.</summary>
/// <param name="By">Who invited.</param>
/// <param name="Places">Names of the desk, the team and the organizations.</param>
public sealed record InvitationLine(OpenInvitation Open, string By, string Role, IReadOnlyList<string> Places);

/// <summary>An invitation as somebody typed it.</summary>
public sealed record TypedInvitation(
    string? Email = null,
    string? Name = null,
    string? Role = null,
    string? Team = null,
    IReadOnlyCollection<string>? Organizations = null,
    string? Days = null
);

/// <summary>Invites, renews and shows invitations, for the pages of people and of a desk.</summary>
public sealed class InvitationForms(
    InvitationDoor door,
    PublicLinks links,
    IPeopleStore people,
    ICurrentConfiguration configuration,
    ITexts texts
)
{
    private static readonly string[] Names = ["email", "name", "role", "team", "organizations", "days"];

    /// <summary>Those that are open, without a form.</summary>
    /// <param name="desk">Only those for this desk; null takes all.</param>
    public async Task<InvitationForm> ListAsync(Viewer viewer, DeskDocument? desk, CancellationToken cancellation) =>
        new(await LinesAsync(viewer, desk, cancellation), [], new FormErrors(texts));

    /// <summary>Those that are open, with a form.</summary>
    public Task<InvitationForm> DrawAsync(
        Viewer viewer,
        DeskDocument? desk,
        TypedInvitation typed,
        CancellationToken cancellation
    ) => DrawAsync(viewer, desk, typed, new FormErrors(texts), cancellation);

    /// <summary>Invites somebody: the form then has the link, or says why not.</summary>
    public async Task<InvitationForm> InviteAsync(
        HttpRequest request,
        Viewer viewer,
        DeskDocument? desk,
        TypedInvitation typed,
        CancellationToken cancellation
    )
    {
        var wanted = new NewInvitation(typed.Email ?? "", typed.Role ?? "")
        {
            Name = typed.Name ?? "",
            Desk = desk?.Id,
            Team = Id(typed.Team) is { } team ? new TeamId(team) : null,
            Organizations = (typed.Organizations ?? [])
                .Select(Id)
                .OfType<long>()
                .Distinct()
                .Select(id => new OrganizationId(id))
                .ToValueList(),
        };
        var (link, refusals) = await door.InviteAsync(viewer, wanted, DaysOf(typed.Days), cancellation);
        if (link is not null)
        {
            return await ShowAsync(request, viewer, desk, link, cancellation);
        }

        var errors = new FormErrors(texts);
        errors.Add(refusals, Names);
        return await DrawAsync(viewer, desk, typed, errors, cancellation);
    }

    /// <summary>Makes another link for an invitation; null when there is none.</summary>
    public async Task<InvitationForm?> RenewAsync(
        HttpRequest request,
        Viewer viewer,
        DeskDocument? desk,
        long id,
        string? days,
        CancellationToken cancellation
    )
    {
        var (link, refusals) = await door.RenewAsync(viewer, id, DaysOf(days), cancellation);
        if (link is not null)
        {
            return await ShowAsync(request, viewer, desk, link, cancellation);
        }

        if (refusals.Any(refusal => refusal.Kind == RefusalKind.NotFound))
        {
            return null;
        }

        var errors = new FormErrors(texts);
        errors.Add(refusals, []);
        return new InvitationForm(await LinesAsync(viewer, desk, cancellation), [], errors);
    }

    /// <summary>The choices of how long a link works.</summary>
    public static IReadOnlyList<(string Id, string Name)> DaysChoices(ITexts texts) =>
        [
            .. InvitationDoor.Days.Select(days =>
            {
                var number = days.ToString(CultureInfo.InvariantCulture);
                return (number, texts.Format(days == 1 ? "invitations.day" : "invitations.days-many", number));
            }),
        ];

    /// <summary>The teams that can be given on a page.</summary>
    public static IEnumerable<Team> TeamsOf(DeskDocument? desk, IEnumerable<Team> teams) =>
        desk is null ? teams : teams.Where(team => DeskAccess.Takes(desk, team));

    /// <summary>The roles that the viewer may give on a page, with their names.</summary>
    public IReadOnlyList<(string Id, string Name)> RolesOf(Viewer viewer, DeskDocument? desk)
    {
        var working = DeskStaff.Roles(configuration.Snapshot).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. configuration
                .Snapshot.All<RoleDocument>()
                .Where(role => RoleGrants.Covers(viewer, role) && (desk is null || working.Contains(role.Id)))
                .Select(role => (role.Id, role.Name.ToString())),
        ];
    }

    private async Task<InvitationForm> ShowAsync(
        HttpRequest request,
        Viewer viewer,
        DeskDocument? desk,
        InvitationLink made,
        CancellationToken cancellation
    )
    {
        var form = await ListAsync(viewer, desk, cancellation);
        return form with { Link = links.Of(request, InvitationDoor.PathOf(made.Token)), Invited = made.Invitation };
    }

    private async Task<InvitationForm> DrawAsync(
        Viewer viewer,
        DeskDocument? desk,
        TypedInvitation typed,
        FormErrors errors,
        CancellationToken cancellation
    )
    {
        var teams = TeamsOf(desk, await people.TeamsAsync(cancellation));
        var organizations = desk is null ? await people.OrganizationsAsync(cancellation) : [];
        FieldInput[] ofCustomers =
            organizations.Count == 0
                ? []
                :
                [
                    Input("organizations", FieldKind.Choices, string.Join('\n', typed.Organizations ?? [])) with
                    {
                        Choices = [.. organizations.Select(one => (one.Id.ToString(), one.Name))],
                    },
                ];
        IReadOnlyList<FieldInput> inputs =
        [
            Input("email", FieldKind.Text, typed.Email) with
            {
                IsRequired = true,
                MaxLength = EmailAddresses.MaximumLength,
                HasFocus = string.IsNullOrEmpty(typed.Email),
            },
            Input("name", FieldKind.Text, typed.Name) with
            {
                MaxLength = 200,
                Help = texts["invitations.name-help"],
                HasFocus = !string.IsNullOrEmpty(typed.Email),
            },
            Input("role", FieldKind.Choice, typed.Role) with
            {
                IsRequired = true,
                Choices = RolesOf(viewer, desk),
            },
            Input("team", FieldKind.Choice, typed.Team) with
            {
                Choices = [.. teams.Select(team => (team.Id.ToString(), team.Name))],
            },
            .. ofCustomers,
            Input("days", FieldKind.Choice, typed.Days ?? $"{InvitationDoor.UsualDays}") with
            {
                IsRequired = true,
                Choices = DaysChoices(texts),
            },
        ];
        return new InvitationForm(await LinesAsync(viewer, desk, cancellation), inputs, errors);

        FieldInput Input(string name, FieldKind kind, string? value) =>
            new(name, texts[$"invitations.{name}"], kind) { Value = value ?? "", Error = errors[name] };
    }

    private async Task<IReadOnlyList<InvitationLine>> LinesAsync(
        Viewer viewer,
        DeskDocument? desk,
        CancellationToken cancellation
    )
    {
        var open = await door.OpenAsync(viewer, desk?.Id, cancellation);
        var inviters = await people.FindAsync([.. open.Select(one => one.Invitation.By)], cancellation);
        var teams = (await people.TeamsAsync(cancellation)).ToDictionary(team => team.Id, team => team.Name);
        var organizations = (await people.OrganizationsAsync(cancellation)).ToDictionary(
            one => one.Id,
            one => one.Name
        );
        return
        [
            .. open.Select(one => new InvitationLine(
                one,
                inviters.GetValueOrDefault(one.Invitation.By)?.Name ?? "?",
                NameOfRole(one.Invitation.To.Role),
                [.. Places(one.Invitation.To)]
            )),
        ];

        IEnumerable<string> Places(NewInvitation to)
        {
            if (to.Desk is { } key && desk is null)
            {
                yield return configuration.Snapshot.TryGet<DeskDocument>(key, out var found)
                    ? found.Name.ToString()
                    : key;
            }

            if (to.Team is { } team)
            {
                yield return teams.GetValueOrDefault(team, "?");
            }

            foreach (var organization in to.Organizations)
            {
                yield return organizations.GetValueOrDefault(organization, "?");
            }
        }
    }

    private string NameOfRole(string id) =>
        configuration.Snapshot.TryGet<RoleDocument>(id, out var role) ? role.Name.ToString() : id;

    private static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // What is no number is refused as a number of days that there is not.
    private static int DaysOf(string? text) =>
        string.IsNullOrEmpty(text) ? InvitationDoor.UsualDays
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days
        : 0;
}
