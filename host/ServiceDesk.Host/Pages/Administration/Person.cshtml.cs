using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Duty;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Duty;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>One person: name, address, role, memberships; and a link with which the person sets a password.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
public sealed class PersonModel(
    IPeopleStore people,
    PersonCreation creation,
    WorkForms work,
    AbsenceForms absences,
    AccountSetup setup,
    PublicLinks links,
    ICurrentConfiguration configuration,
    Renames renames,
    IDateTimeZoneProvider zones,
    ITexts texts
) : PageModel
{
    private static readonly string[] Names =
    [
        "name",
        "email",
        "role",
        "language",
        "zone",
        "organizations",
        "colleagues",
        "teams",
        "manager",
        "calendar",
        "skills",
        "active",
    ];
    private Dictionary<string, string> typed = new(StringComparer.Ordinal);

    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    public Person? Existing { get; private set; }

    /// <summary>The absences; null for somebody new.</summary>
    public AbsenceForm? Absences { get; private set; }

    public FormErrors Errors { get; private set; } = null!;

    /// <summary>What another address would do to documents, for somebody to agree to; null for nothing.</summary>
    public RenameView? Rename { get; private set; }

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>Whether the person may more than who looks, and so is changed by others.</summary>
    public bool IsAbove =>
        Existing is not null && RoleGrants.IsAbove(HttpContext.RequireViewer(), Existing.Role, configuration.Snapshot);

    /// <summary>A new link for a password, shown once.</summary>
    public string? Link { get; private set; }

    /// <summary>Shows the person.</summary>
    /// <param name="from">The first day of an absence that somebody thinks of entering.</param>
    /// <param name="to">Its last day.</param>
    public async Task<IActionResult> OnGetAsync(string? from, string? to, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        typed = Write(Existing);
        await DrawAsync(cancellation, from, to);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        typed = Names.ToDictionary(name => name, name => string.Join('\n', Request.Form[name].OfType<string>()));
        Check();
        Errors.Add(await work.CheckAsync(Existing?.Id, Work(), cancellation), Names);
        if (!Errors.Any && await SaveAsync(cancellation) is { } saved)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage(new { id = saved.Id.Value });
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAbsenceAsync(
        string? from,
        string? to,
        string? note,
        string? substitute,
        CancellationToken cancellation
    )
    {
        var absent = new TypedAbsence(from, to, note, substitute);
        if (!await FindAsync(cancellation) || Existing is null)
        {
            return NotFound();
        }

        if (IsAbove)
        {
            return Forbid();
        }

        if (await absences.AddAsync(Existing.Id, absent, cancellation) is not { } refused)
        {
            TempData["Done"] = texts["duty.absence-added"];
            return RedirectToPage(new { id = Existing.Id.Value });
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        typed = Write(Existing);
        await DrawAsync(cancellation);
        Absences = refused;
        return Page();
    }

    public async Task<IActionResult> OnPostPresentAsync(long absence, CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Existing is null)
        {
            return NotFound();
        }

        if (IsAbove)
        {
            return Forbid();
        }

        if (!await people.RemoveAbsenceAsync(Existing.Id, absence, cancellation))
        {
            return NotFound();
        }

        TempData["Done"] = texts["duty.absence-removed"];
        return RedirectToPage(new { id = Existing.Id.Value });
    }

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Existing is null)
        {
            return NotFound();
        }

        // Whoever sets a password can sign in as that person.
        if (IsAbove)
        {
            return Forbid();
        }

        var token = await setup.NewLinkAsync(
            OneTimePurpose.SetPassword,
            Existing.Id,
            HttpContext.RequireViewer().Person.Id,
            cancellation
        );
        Link = links.Of(Request, AccountSetup.PathOf(token));
        typed = Write(Existing);
        await DrawAsync(cancellation);
        return Page();
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        Errors = new FormErrors(texts);
        Existing = Id is { } id ? await people.FindAsync(new PersonId(id), cancellation) : null;
        return Id is null || Existing is not null;
    }

    private void Check()
    {
        var role = typed["role"];
        if (!configuration.Snapshot.TryGet<RoleDocument>(role, out _))
        {
            Errors.Add("role", "administration.role-unknown", role);
        }

        // Nobody lifts somebody above himself, changes who may more, or locks himself out.
        var viewer = HttpContext.RequireViewer();
        if (IsAbove)
        {
            Errors.Add(null, "administration.person-above");
        }

        if (RoleGrants.IsAbove(viewer, role, configuration.Snapshot))
        {
            Errors.Add("role", "administration.role-above");
        }

        if (Existing?.Id == viewer.Person.Id && (role != Existing.Role || typed["active"] != "true"))
        {
            Errors.Add("role", "administration.not-yourself");
        }

        var email = typed["email"].Trim();
        if (Existing is not null && email != Existing.Email && email.Length > 0 && !EmailAddresses.IsAddress(email))
        {
            Errors.Add("email", "accounts.person-email", email);
        }

        if (zones.GetZoneOrNull(typed["zone"]) is null)
        {
            Errors.Add("zone", "administration.zone-unknown", typed["zone"]);
        }
    }

    private async Task<Person?> SaveAsync(CancellationToken cancellation)
    {
        var person = Existing;
        if (person is null)
        {
            var (created, refusals) = await creation.CreateAsync(
                typed["name"],
                typed["email"],
                typed["role"],
                passwordHash: null,
                cancellation
            );
            Errors.Add(refusals, Names);
            person = created;
        }

        if (person is null)
        {
            return null;
        }

        try
        {
            var change = Change();
            if (Existing is null || change.Email == person.Email)
            {
                return await people.UpdateAsync(person.Id, change, cancellation);
            }

            var by = HttpContext.RequireViewer().Person.Id;
            if (await renames.ReaddressAsync(person, change, Request.Form["seen"], by, cancellation) is not { } plan)
            {
                return person;
            }

            var showsNames = HttpContext.RequireViewer().May(Permissions.Configure);
            Rename = new RenameView(person.Email, typed["email"].Trim(), plan, showsNames);
            return null;
        }
        catch (RoleGoneException)
        {
            Errors.Add("role", "administration.role-unknown", typed["role"]);
            return null;
        }
        catch (PeopleConflictException)
        {
            Errors.Add("email", "accounts.person-email-taken", typed["email"]);
            return null;
        }
    }

    private PersonChange Change() =>
        new()
        {
            Name = typed["name"].Trim(),
            Email = typed["email"].Trim(),
            Role = typed["role"],
            Language = Languages.All.Contains(typed["language"]) ? typed["language"] : "en",
            Zone = typed["zone"],
            IsActive = Existing is null || typed["active"] == "true",
            Organizations = Ids("organizations").Select(id => new OrganizationId(id)).ToValueList(),
            Colleagues = new ColleagueSight(
                typed["colleagues"] switch
                {
                    "yes" => true,
                    "no" => false,
                    _ => null,
                }
            ),
            Teams = Ids("teams").Select(id => new TeamId(id)).ToValueList(),
            Work = Work(),
        };

    private PersonWork Work() =>
        new(
            Ids("manager").Select(id => (PersonId?)new PersonId(id)).FirstOrDefault(),
            typed["calendar"].Length == 0 ? null : typed["calendar"],
            WorkForms.Skills(typed["skills"])
        );

    private IEnumerable<long> Ids(string name) =>
        typed[name]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null
            )
            .OfType<long>();

    private static Dictionary<string, string> Write(Person? person) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = person?.Name ?? "",
            ["email"] = person?.Email ?? "",
            ["role"] = person?.Role ?? "customer",
            ["language"] = person?.Language ?? "en",
            ["zone"] = person?.Zone ?? "Asia/Seoul",
            ["organizations"] = string.Join('\n', person?.Organizations ?? []),
            ["colleagues"] = person?.SeesColleagues switch
            {
                true => "yes",
                false => "no",
                null => "",
            },
            ["teams"] = string.Join('\n', person?.Teams ?? []),
            ["manager"] = person?.Manager?.ToString() ?? "",
            ["calendar"] = person?.Calendar ?? "",
            ["skills"] = string.Join(", ", person?.Skills ?? []),
            ["active"] = person is null || person.IsActive ? "true" : "",
        };

    private async Task DrawAsync(CancellationToken cancellation, string? from = null, string? to = null)
    {
        var organizations = await people.OrganizationsAsync(cancellation);
        var teams = await people.TeamsAsync(cancellation);
        var agents = await work.AgentsAsync(cancellation, Existing?.Manager);
        Absences = Existing is null ? null : await absences.DrawAsync(Existing.Id, cancellation, from, to);
        Inputs =
        [
            Input("name", FieldKind.Text) with
            {
                IsRequired = true,
                MaxLength = 200,
            },
            Input("email", FieldKind.Text) with
            {
                IsRequired = Existing is null,
                MaxLength = 254,
            },
            Input("role", FieldKind.Choice) with
            {
                IsRequired = true,
                Choices =
                [
                    .. configuration.Snapshot.All<RoleDocument>().Select(role => (role.Id, role.Name.ToString())),
                ],
            },
            Input("language", FieldKind.Choice) with
            {
                IsRequired = true,
                Choices = [.. Languages.All.Select(code => (code, Languages.NameOf(code)))],
            },
            Input("zone", FieldKind.Text) with
            {
                IsRequired = true,
            },
            Input("organizations", FieldKind.Choices) with
            {
                Choices = [.. organizations.Select(o => (o.Id.ToString(), o.Name))],
            },
            Input("colleagues", FieldKind.Choice) with
            {
                Choices =
                [
                    ("yes", texts["administration.colleagues-yes"]),
                    ("no", texts["administration.colleagues-no"]),
                ],
                Help = texts["administration.colleagues-help"],
            },
            Input("teams", FieldKind.Choices) with
            {
                Choices = [.. teams.Select(t => (t.Id.ToString(), t.Name))],
            },
            Input("manager", FieldKind.Choice, "duty") with
            {
                Choices = [.. agents.Where(agent => agent.Id != Existing?.Id.ToString())],
                Help = texts["duty.manager-help"],
            },
            Input("calendar", FieldKind.Choice, "duty") with
            {
                Choices = work.Calendars(Existing?.Calendar),
                Help = texts["duty.calendar-help"],
            },
            Input("skills", FieldKind.Text, "duty") with
            {
                MaxLength = 3000,
                Help = texts["duty.skills-help"],
            },
            .. Existing is null ? Array.Empty<FieldInput>() : [Input("active", FieldKind.Flag)],
        ];
    }

    private FieldInput Input(string name, FieldKind kind, string owner = "administration") =>
        new(name, texts[$"{owner}.{name}"], kind) { Value = typed[name], Error = Errors[name] };
}
