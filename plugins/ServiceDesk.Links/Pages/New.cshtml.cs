using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Pages;

/// <summary>Opens a ticket that is linked with another one from the start.</summary>
[Authorize(Policy = LinksPlugin.EditPermission)]
public sealed class NewModel(
    ITicketQueries queries,
    LinkBoard board,
    LinkedOpening opening,
    IConfigurationReader configuration,
    ITexts texts
) : PageModel
{
    /// <summary>The ticket that the new one is linked with.</summary>
    public TicketState From { get; private set; } = null!;

    /// <summary>The ways to link.</summary>
    public IReadOnlyList<LinkChoice> Choices { get; private set; } = [];

    /// <summary>Desks that the viewer works on, with the types they know.</summary>
    public IReadOnlyList<(DeskDocument Desk, IReadOnlyList<TicketTypeDocument> Types)> Places { get; private set; } =
    [];

    /// <summary>The chosen way.</summary>
    [BindProperty(SupportsGet = true, Name = "link")]
    public string? Link { get; set; }

    /// <summary>The chosen desk and type: <c>ITSD/incident</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "place")]
    public string? Place { get; set; }

    /// <summary>One line.</summary>
    [BindProperty(Name = "summary")]
    public string? Summary { get; set; }

    /// <summary>Markdown.</summary>
    [BindProperty(Name = "description")]
    public string? Description { get; set; }

    /// <summary>Names this form, so that it opens one ticket however often it is sent.</summary>
    [BindProperty(Name = "once")]
    public string? Once { get; set; }

    /// <summary>Why nothing was opened.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Place ??= $"{From.Desk}/{From.Type}";
        Once = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return Page();
    }

    /// <summary>Opens the ticket and shows it.</summary>
    public async Task<IActionResult> OnPostAsync(string? key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        if (LinkChoice.Read(Link) is not { } way || (Place ?? "").Split('/') is not [var desk, var type])
        {
            return Refuse([Refusal.Invalid("links.refusal.bad-link", null)]);
        }

        var wanted = new LinkedTicket(
            From,
            way,
            desk,
            type,
            Summary ?? "",
            (Description ?? "").ReplaceLineEndings("\n")
        );
        var viewer = HttpContext.CurrentViewer()!;
        var envelope = (await opening.EnvelopeAsync(viewer, wanted, Channel.Workspace, cancellation)) with
        {
            IdempotencyKey = Once is { Length: 32 }
                ? $"{RequestRepeats.KeyPrefix}{viewer.Person.Id}:links.new:{Once}"
                : null,
        };
        var answer = await opening.OpenAsync(envelope, cancellation);
        return answer.IsAccepted
            ? Redirect(Url.Content($"~/workspace/tickets/{answer.Ticket!.State.Key}"))
            : Refuse([.. answer.Refusals]);
    }

    private PageResult Refuse(IReadOnlyList<Refusal> refusals)
    {
        Refusals = [.. refusals.Select(texts.Say)];
        Response.StatusCode = RefusedResult.StatusOf(refusals[0]);
        return Page();
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        var viewer = HttpContext.CurrentViewer()!;
        if (await queries.FindWorkedAsync(viewer, key, cancellation: cancellation) is not { } found)
        {
            return false;
        }

        From = found;
        Choices = board.Choices();
        var current = configuration.Current;
        Places =
        [
            .. current
                .All<DeskDocument>()
                .Where(desk => viewer.WorksOn(desk.Id) && desk.Types.Count > 0)
                .Select(desk => (desk, TypesOf(desk, current))),
        ];
        return true;
    }

    private static IReadOnlyList<TicketTypeDocument> TypesOf(DeskDocument desk, IConfiguration configuration) =>
        [.. configuration.All<TicketTypeDocument>().Where(type => desk.Types.Contains(type.Id))];
}
