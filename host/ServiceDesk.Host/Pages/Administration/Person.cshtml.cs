using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
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
    AccountSetup setup,
    ICurrentConfiguration configuration,
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
        "teams",
        "active",
    ];
    private Dictionary<string, string> typed = new(StringComparer.Ordinal);

    [BindProperty(SupportsGet = true, Name = "id")]
    public long? Id { get; set; }

    public Person? Existing { get; private set; }

    public FormErrors Errors { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>A new link for a password, shown once.</summary>
    public string? Link { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation))
        {
            return NotFound();
        }

        typed = Write(Existing);
        await DrawAsync(cancellation);
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
        if (!Errors.Any && await SaveAsync(cancellation) is { } saved)
        {
            TempData["Done"] = texts["administration.saved"];
            return RedirectToPage(new { id = saved.Id.Value });
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await DrawAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellation)
    {
        if (!await FindAsync(cancellation) || Existing is null)
        {
            return NotFound();
        }

        var token = await setup.NewLinkAsync(OneTimePurpose.SetPassword, Existing.Id, cancellation);
        Link = $"{Request.Scheme}://{Request.Host}{Request.PathBase}{AccountSetup.PathOf(token)}";
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

        // Nobody lifts somebody above himself, or locks himself out.
        var viewer = HttpContext.RequireViewer();
        var grants = configuration.Snapshot.TryGet<RoleDocument>(role, out var wanted) ? wanted.Permissions : [];
        if (grants.Any(permission => !viewer.May(permission)))
        {
            Errors.Add("role", "administration.role-above");
        }

        if (Existing?.Id == viewer.Person.Id && (role != Existing.Role || typed["active"] != "true"))
        {
            Errors.Add("role", "administration.not-yourself");
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
            return await people.UpdateAsync(person.Id, Change(), cancellation);
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
            Teams = Ids("teams").Select(id => new TeamId(id)).ToValueList(),
        };

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
            ["teams"] = string.Join('\n', person?.Teams ?? []),
            ["active"] = person is null || person.IsActive ? "true" : "",
        };

    private async Task DrawAsync(CancellationToken cancellation)
    {
        var organizations = await people.OrganizationsAsync(cancellation);
        var teams = await people.TeamsAsync(cancellation);
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
            Input("teams", FieldKind.Choices) with
            {
                Choices = [.. teams.Select(t => (t.Id.ToString(), t.Name))],
            },
            .. Existing is null ? Array.Empty<FieldInput>() : [Input("active", FieldKind.Flag)],
        ];
    }

    private FieldInput Input(string name, FieldKind kind) =>
        new(name, texts[$"administration.{name}"], kind) { Value = typed[name], Error = Errors[name] };
}
