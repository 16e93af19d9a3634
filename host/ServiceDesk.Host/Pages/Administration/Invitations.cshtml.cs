using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Staffing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages.Administration;

/// <summary>Who is invited to become a person here: customers and everybody else.</summary>
[Authorize(Policy = Permissions.ManagePeople)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class InvitationsModel(InvitationForms invitations, InvitationDoor door, ITexts texts) : PageModel
{
    /// <summary>The form, a new link, and those that are open.</summary>
    public InvitationForm Form { get; private set; } = null!;

    /// <summary>Shows a form and those that are open.</summary>
    public async Task OnGetAsync(CancellationToken cancellation) =>
        Form = await invitations.DrawAsync(
            HttpContext.RequireViewer(),
            null,
            new TypedInvitation(Role: "customer"),
            cancellation
        );

    /// <summary>Invites somebody.</summary>
    public async Task<IActionResult> OnPostInviteAsync(
        string? email,
        string? name,
        string? role,
        string? team,
        string[]? organizations,
        string? days,
        CancellationToken cancellation
    )
    {
        var typed = new TypedInvitation(email, name, role, team, organizations, days);
        return Show(await invitations.InviteAsync(Request, HttpContext.RequireViewer(), null, typed, cancellation));
    }

    /// <summary>Makes another link for an invitation.</summary>
    public async Task<IActionResult> OnPostRenewAsync(long invitation, string? days, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        return await invitations.RenewAsync(Request, viewer, null, invitation, days, cancellation) is { } renewed
            ? Show(renewed)
            : NotFound();
    }

    /// <summary>Ends an invitation.</summary>
    public async Task<IActionResult> OnPostWithdrawAsync(long invitation, CancellationToken cancellation)
    {
        if (await door.WithdrawAsync(HttpContext.RequireViewer(), invitation, cancellation) is not null)
        {
            return NotFound();
        }

        TempData["Done"] = texts["invitations.withdrawn"];
        return RedirectToPage();
    }

    private PageResult Show(InvitationForm form)
    {
        Form = form;
        if (form.Errors.Any)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        return Page();
    }
}
