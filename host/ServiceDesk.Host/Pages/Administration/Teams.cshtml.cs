using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Departments of agents. Who belongs to one is set on the person's page.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
public sealed class TeamsModel(IPeopleStore people, WorkForms work, Renames renames, ITexts texts) : PageModel
{
    private IReadOnlyDictionary<PersonId, Person> leads = new Dictionary<PersonId, Person>();

    public IReadOnlyList<Team> Teams { get; private set; } = [];

    public string? Error { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Teams = await people.TeamsAsync(cancellation);
        leads = await people.FindAsync([.. Teams.Select(team => team.Lead).OfType<PersonId>()], cancellation);
    }

    /// <summary>The name of a lead; null for nobody.</summary>
    public string? NameOf(PersonId? lead) => lead is { } id ? leads.GetValueOrDefault(id)?.Name : null;

    /// <summary>The name of a calendar; null for all time.</summary>
    public string? NameOfCalendar(string? id) =>
        id is null ? null : work.Calendars(id).First(calendar => calendar.Id == id).Name;

    public Task<IActionResult> OnPostCreateAsync(string? name, CancellationToken cancellation) =>
        SaveAsync(name, async clean => await people.CreateTeamAsync(clean, cancellation), cancellation);

    /// <summary>Renames a team; where documents name it, its own page asks first.</summary>
    public async Task<IActionResult> OnPostRenameAsync(long id, string? name, CancellationToken cancellation)
    {
        if (await people.FindTeamAsync(new TeamId(id), cancellation) is not { } team)
        {
            return NotFound();
        }

        RenamePlan? plan = null;
        var answer = await SaveAsync(
            name,
            async clean =>
            {
                plan =
                    clean == team.Name
                        ? null
                        : await renames.RenameAsync(
                            team,
                            clean,
                            seen: null,
                            HttpContext.RequireViewer().Person.Id,
                            cancellation
                        );
                return team;
            },
            cancellation
        );
        if (plan is null)
        {
            return answer;
        }

        TempData.Remove("Done");
        return RedirectToPage("/Administration/Team", new { id, name = name?.Trim() });
    }

    private async Task<IActionResult> SaveAsync(
        string? name,
        Func<string, Task<Team?>> save,
        CancellationToken cancellation
    )
    {
        var clean = (name ?? "").Trim();
        if (!ShortNames.IsNameOfTeam(clean))
        {
            return await RefuseAsync("administration.name-wrong", cancellation);
        }

        try
        {
            if (await save(clean) is null)
            {
                return NotFound();
            }
        }
        catch (PeopleConflictException)
        {
            return await RefuseAsync("administration.name-taken", cancellation);
        }

        TempData["Done"] = texts["administration.saved"];
        return RedirectToPage();
    }

    private async Task<IActionResult> RefuseAsync(string key, CancellationToken cancellation)
    {
        Error = texts[key];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await OnGetAsync(cancellation);
        return Page();
    }
}
