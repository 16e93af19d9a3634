using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Design;

/// <summary>Every part of the design system on one page, for writers of pages. Only while developing.</summary>
[AllowAnonymous]
public sealed class IndexModel(ReaderTimes times, IHostEnvironment environment) : PageModel
{
    /// <summary>Now.</summary>
    public Instant Now => times.Now;

    /// <summary>A text with everything that Markdown can.</summary>
    public string Sample { get; } =
        "I **replaced** the cable. Could you check:\n\n1. Open `https://intranet.example`\n2. Sign in\n\n> It worked yesterday\n\n```\nping 10.0.0.1\n```\n\n| Host | State |\n|---|---|\n| web-1 | ok |\n| web-2 | slow |\n\n- [x] cable\n- [ ] switch";

    /// <summary>An input of each kind.</summary>
    public IReadOnlyList<FieldInput> Inputs { get; } =
    [
        new("summary", "Summary", FieldKind.Text) { IsRequired = true, Help = "One line is enough." },
        new("email", "Email", FieldKind.Text) { Value = "ana@", Error = "This is not an address." },
        new("description", "What happened?", FieldKind.LongText) { Value = "It does not start." },
        new("impact", "Impact", FieldKind.Choice)
        {
            Choices = [("one", "One person"), ("all", "Everybody")],
            Value = "all",
        },
        new("systems", "Systems", FieldKind.Choices)
        {
            Choices = [("mail", "Mail"), ("vpn", "VPN"), ("erp", "ERP")],
            Value = "vpn",
        },
        new("since", "Since", FieldKind.Date),
        new("at", "Seen at", FieldKind.Moment),
        new("count", "People", FieldKind.Number),
        new("urgent", "It stops my work", FieldKind.Flag) { Value = "true" },
        new("page", "Page", FieldKind.Url),
    ];

    /// <summary>404 outside development.</summary>
    public IActionResult OnGet() => environment.IsDevelopment() ? Page() : NotFound();
}
