using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Configuration.Names;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One team: its name, who leads it, its working time, and who of it works now.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
public sealed class TeamModel(
    IPeopleStore people,
    Rosters rosters,
    WorkForms work,
    DutyWords words,
    ReaderTimes times,
    Renames renames,
    ITexts texts
) : PageModel
{
    private (string Name, string Lead, string Calendar) typed;
    private IReadOnlyList<(string Id, string Name)> agents = [];

    /// <summary>The team.</summary>
    public Team Team { get; private set; } = null!;

    /// <summary>Its members, with whether each works now.</summary>
    public IReadOnlyList<(Person Person, DutyStatus Status)> Members { get; private set; } = [];

    /// <summary>What another name would do to documents, for somebody to agree to; null for nothing.</summary>
    public RenameView? Rename { get; private set; }

    /// <summary>Why it was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>The inputs.</summary>
    public IReadOnlyList<FieldInput> Inputs =>
        [
            new("name", texts["administration.name"], FieldKind.Text)
            {
                Value = typed.Name,
                IsRequired = true,
                MaxLength = 200,
                Error = Errors["name"],
            },
            new("lead", texts["duty.lead"], FieldKind.Choice)
            {
                Value = typed.Lead,
                Choices = agents,
                Help = texts["duty.lead-help"],
                Error = Errors["lead"],
            },
            new("calendar", texts["duty.calendar"], FieldKind.Choice)
            {
                Value = typed.Calendar,
                Choices = work.Calendars(Team.Calendar),
                Help = texts["duty.team-calendar-help"],
                Error = Errors["calendar"],
            },
        ];

    /// <summary>Whether somebody works, in words.</summary>
    public string Say(DutyStatus status) => words.Say(status, times);

    /// <summary>Shows the team.</summary>
    /// <param name="name">A name that somebody thinks of giving it.</param>
    public async Task<IActionResult> OnGetAsync(long id, string? name, CancellationToken cancellation)
    {
        if (await people.FindTeamAsync(new TeamId(id), cancellation) is not { } team)
        {
            return NotFound();
        }

        typed = (team.Name, team.Lead?.ToString() ?? "", team.Calendar ?? "");
        if (name?.Trim() is { } other && other != team.Name && ShortNames.IsNameOfTeam(other))
        {
            typed.Name = other;
            Show(team, renames.Plan(new NameChange(NamedThing.Team, team.Name, other)));
        }

        await DrawAsync(team, cancellation);
        return Page();
    }

    /// <summary>Saves the team.</summary>
    public async Task<IActionResult> OnPostAsync(
        long id,
        string? name,
        string? lead,
        string? calendar,
        string? seen,
        CancellationToken cancellation
    )
    {
        if (await people.FindTeamAsync(new TeamId(id), cancellation) is not { } team)
        {
            return NotFound();
        }

        typed = ((name ?? "").Trim(), lead ?? "", calendar ?? "");
        var leads = long.TryParse(lead, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PersonId(number)
            : (PersonId?)null;
        var wanted = string.IsNullOrEmpty(calendar) ? null : calendar;
        if (!ShortNames.IsNameOfTeam(typed.Name))
        {
            Errors.Add("name", "administration.name-wrong");
        }

        Errors.Add(await work.CheckTeamAsync(leads, wanted, cancellation), ["lead", "calendar"]);
        if (!Errors.Any && await SaveAsync(team, leads, wanted, seen, cancellation))
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage(new { id });
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(team, cancellation);
        return Page();
    }

    private async Task<bool> SaveAsync(
        Team team,
        PersonId? lead,
        string? calendar,
        string? seen,
        CancellationToken cancellation
    )
    {
        try
        {
            var by = HttpContext.RequireViewer().Person.Id;
            if (
                typed.Name != team.Name
                && await renames.RenameAsync(team, typed.Name, seen, by, cancellation) is { } plan
            )
            {
                Show(team, plan);
                return false;
            }

            await people.SetTeamWorkAsync(team.Id, lead, calendar, cancellation);
            return true;
        }
        catch (PeopleConflictException)
        {
            Errors.Add("name", "administration.name-taken");
            return false;
        }
    }

    private void Show(Team team, RenamePlan plan) =>
        Rename = new RenameView(team.Name, typed.Name, plan, HttpContext.RequireViewer().May(Permissions.Configure));

    private async Task DrawAsync(Team team, CancellationToken cancellation)
    {
        Team = team;
        agents = await work.AgentsAsync(cancellation, team.Lead);
        var roster = await rosters.OfAsync(team.Members, times.Now, cancellation);
        var found = await people.FindAsync(team.Members, cancellation);
        Members =
        [
            .. found
                .Values.OrderBy(person => person.Name, StringComparer.Ordinal)
                .Select(person => (person, roster.At(person.Id, times.Now, team.Id))),
        ];
    }
}

/// <summary>A change of a name that somebody is to agree to.</summary>
/// <param name="From">The name or address as it is.</param>
/// <param name="To">As it would be.</param>
/// <param name="ShowsNames">Whether the reader may know the documents by name: those of closed desks say what is none of the reader's business.</param>
public sealed record RenameView(string From, string To, RenamePlan Plan, bool ShowsNames);
