using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Staffing;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Who works on a desk and why, who leads its teams; adding and removing people, and inviting those whom nobody knows yet.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DeskPeopleModel(
    DeskStaff staff,
    InvitationForms invitations,
    PersonDirectory directory,
    IPeopleStore people,
    ICurrentConfiguration configuration,
    InvitationDoor door,
    ITexts texts
) : PageModel
{
    private static readonly string[] Names = ["who", "role", "team"];

    /// <summary>The key of the desk.</summary>
    [BindProperty(SupportsGet = true, Name = "desk")]
    public string Key { get; set; } = "";

    /// <summary>Words by which people of the desk are found.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>The desk.</summary>
    public DeskDocument Desk { get; private set; } = null!;

    /// <summary>Who works there.</summary>
    public IReadOnlyList<DeskWorker> Workers { get; private set; } = [];

    /// <summary>Whether there are more than are shown.</summary>
    public bool AreMore { get; private set; }

    /// <summary>The teams that the desk takes, with the name of who leads each.</summary>
    public IReadOnlyList<(Team Team, Person? Lead)> Teams { get; private set; } = [];

    /// <summary>Names of teams that the desk takes and nobody made.</summary>
    public IReadOnlyList<string> MissingTeams { get; private set; } = [];

    /// <summary>The invitations to the desk.</summary>
    public InvitationForm Invitations { get; private set; } = null!;

    /// <summary>The roles that can be given.</summary>
    public IReadOnlyList<(string Id, string Name)> Roles => invitations.RolesOf(HttpContext.RequireViewer(), Desk);

    /// <summary>Why somebody was not added.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>What was typed: who, with which role, into which team.</summary>
    public (string Who, string Role, string Team) Typed { get; private set; } = ("", "", "");

    /// <summary>Whether the reader may change the desk itself.</summary>
    public bool MayConfigure => HttpContext.RequireViewer().May(Permissions.Configure);

    /// <summary>Shows who works on the desk.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!Find())
        {
            return NotFound();
        }

        await DrawAsync(null, cancellation);
        return Page();
    }

    /// <summary>Completes the name or address of whom to add.</summary>
    public async Task<IActionResult> OnGetSuggestAsync(CancellationToken cancellation) =>
        Find()
            ? Partial(
                "Staffing/_PeopleOptions",
                await directory.SuggestAsync(HttpContext.RequireViewer(), Filter, false, cancellation)
            )
            : NotFound();

    /// <summary>Lets somebody work on the desk; an address that nobody has is offered to be invited.</summary>
    public async Task<IActionResult> OnPostAddAsync(
        string? who,
        string? role,
        string? team,
        CancellationToken cancellation
    )
    {
        if (!Find())
        {
            return NotFound();
        }

        Typed = ((who ?? "").Trim(), role ?? "", team ?? "");
        var viewer = HttpContext.RequireViewer();
        if (await directory.FindOneAsync(viewer, Typed.Who, cancellation) is { } person)
        {
            return await AddAsync(viewer, person, cancellation);
        }

        if (EmailAddresses.IsAddress(Typed.Who))
        {
            var typed = new TypedInvitation(Typed.Who, Role: Typed.Role, Team: Typed.Team);
            await DrawAsync(await invitations.DrawAsync(viewer, Desk, typed, cancellation), cancellation);
            return Page();
        }

        Errors.Add("who", "staffing.who-unknown");
        return await RefusedAsync(null, cancellation);
    }

    /// <summary>Invites somebody to the desk.</summary>
    public async Task<IActionResult> OnPostInviteAsync(
        string? email,
        string? name,
        string? role,
        string? team,
        string? days,
        CancellationToken cancellation
    )
    {
        if (!Find())
        {
            return NotFound();
        }

        var typed = new TypedInvitation(email, name, role, team, Days: days);
        var viewer = HttpContext.RequireViewer();
        return await ShowAsync(await invitations.InviteAsync(Request, viewer, Desk, typed, cancellation), cancellation);
    }

    /// <summary>Makes another link for an invitation.</summary>
    public async Task<IActionResult> OnPostRenewAsync(long invitation, string? days, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        return
            Find() && await invitations.RenewAsync(Request, viewer, Desk, invitation, days, cancellation) is { } renewed
            ? await ShowAsync(renewed, cancellation)
            : NotFound();
    }

    /// <summary>Ends an invitation.</summary>
    public async Task<IActionResult> OnPostWithdrawAsync(long invitation, CancellationToken cancellation)
    {
        if (!Find() || await door.WithdrawAsync(HttpContext.RequireViewer(), invitation, cancellation) is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts["invitations.withdrawn"];
        return RedirectToPage(new { desk = Desk.Id });
    }

    /// <summary>Takes somebody out of the teams through which he works here.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(long person, CancellationToken cancellation)
    {
        if (!Find() || await people.FindAsync(new PersonId(person), cancellation) is not { } found)
        {
            return NotFound();
        }

        if (await staff.RemoveAsync(HttpContext.RequireViewer(), Desk, found, cancellation) is { } refusal)
        {
            Errors.Add([refusal], Names);
            return await RefusedAsync(null, cancellation);
        }

        TempData["Done"] = texts.Format("staffing.removed", found.Name, Desk.Name.ToString());
        return RedirectToPage(new { desk = Desk.Id });
    }

    /// <summary>Why somebody works here, in words.</summary>
    public IEnumerable<string> Why(DeskWorker worker)
    {
        var role = NameOfRole(worker.Person.Role);
        if (worker.Why.EveryAgent)
        {
            yield return texts.Format("staffing.by-every-agent", role);
        }

        if (worker.Why.SeesEverything)
        {
            yield return texts.Format("staffing.by-seeing-all", role);
        }

        foreach (var team in worker.Why.Teams)
        {
            yield return texts.Format("staffing.by-team", team.Name);
        }
    }

    /// <summary>The name of a role.</summary>
    public string NameOfRole(string id) =>
        configuration.Snapshot.TryGet<RoleDocument>(id, out var role) ? role.Name.ToString() : id;

    private bool Find()
    {
        var isThere = configuration.Snapshot.TryGet<DeskDocument>(Key, out var desk);
        Desk = desk!;
        return isThere && DeskAccess.Knows(HttpContext.RequireViewer(), Key);
    }

    private async Task<IActionResult> AddAsync(Viewer viewer, Person person, CancellationToken cancellation)
    {
        var role = Typed.Role.Length == 0 ? null : Typed.Role;
        var team = long.TryParse(Typed.Team, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new TeamId(id)
            : (TeamId?)null;
        var refusals = await staff.AddAsync(viewer, Desk, person, role, team, cancellation);
        if (refusals.Count > 0)
        {
            Errors.Add(refusals, Names);
            return await RefusedAsync(null, cancellation);
        }

        TempData["Done"] = texts.Format("staffing.added", person.Name, Desk.Name.ToString());
        return RedirectToPage(new { desk = Desk.Id });
    }

    private async Task<IActionResult> ShowAsync(InvitationForm form, CancellationToken cancellation)
    {
        if (form.Errors.Any)
        {
            return await RefusedAsync(form, cancellation);
        }

        await DrawAsync(form, cancellation);
        return Page();
    }

    private async Task<IActionResult> RefusedAsync(InvitationForm? form, CancellationToken cancellation)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(form, cancellation);
        return Page();
    }

    private async Task DrawAsync(InvitationForm? form, CancellationToken cancellation)
    {
        // What is posted to has no filter in its address.
        (Workers, AreMore) = await staff.OfAsync(Desk, (Filter ?? "").Trim(), cancellation);
        var all = await people.TeamsAsync(cancellation);
        var teams = InvitationForms.TeamsOf(Desk, all).ToList();
        var leads = await people.FindAsync([.. teams.Select(team => team.Lead).OfType<PersonId>()], cancellation);
        Teams = [.. teams.Select(team => (team, team.Lead is { } lead ? leads.GetValueOrDefault(lead) : null))];
        MissingTeams = Desk.Agents.Everyone
            ? []
            : [.. Desk.Agents.Teams.Where(name => all.All(team => team.Name != name))];
        Invitations = form ?? await invitations.ListAsync(HttpContext.RequireViewer(), Desk, cancellation);
    }
}
