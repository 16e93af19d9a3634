using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Sla;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Sla;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What was promised for a request, in the customer's words: every span with what went on, without what is internal.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class PromisesModel(
    ITicketQueries tickets,
    CustomerClocks clocks,
    ICurrentConfiguration configuration,
    LedgerWords words,
    ITexts texts
) : PageModel
{
    public TicketSnapshot Ticket { get; private set; } = null!;

    public IReadOnlyList<NamedClock> Clocks { get; private set; } = [];

    /// <summary>Whether the page is of one clock alone.</summary>
    public bool IsOne { get; private set; }

    public async Task<IActionResult> OnGetAsync(string key, string? metric, int? cycle, CancellationToken cancellation)
    {
        var viewer = HttpContext.RequireViewer();
        var ticket = TicketKey.TryParse(key, out var parsed)
            ? await tickets.FindByKeyAsync(viewer, parsed, cancellation)
            : null;
        IsOne = metric is not null;
        Clocks = ticket is null ? [] : Asked(await clocks.OfAsync(viewer, ticket, cancellation), metric, cycle);
        if (ticket is null || Clocks.Count == 0)
        {
            return NotFound();
        }

        Ticket = ticket;
        return Page();
    }

    private static IReadOnlyList<NamedClock> Asked(IReadOnlyList<NamedClock> all, string? metric, int? cycle) =>
        metric is null
            ? all
            : [.. all.Where(named => named.Clock.Metric == metric && (cycle is null || named.Clock.Cycle == cycle))];

    /// <summary>What a span was, for a customer.</summary>
    public string WhatOf(LedgerSegment segment) =>
        segment switch
        {
            { Holiday: { } holiday } => texts.Format("promises.because-holiday", holiday.ToString()),
            { Kind: LedgerSegmentKind.OutsideHours } => texts["promises.customer-outside"],
            { Kind: LedgerSegmentKind.Paused } => Paused(segment),
            _ => texts["promises.customer-running"],
        };

    /// <summary>Where the clock stands, in a sentence.</summary>
    public string SentenceOf(NamedClock named) =>
        (named.Reading.Status, named.Reading.Verdict) switch
        {
            (ClockStatus.Stopped, ClockVerdict.Breached) => texts["promises.customer-ended-late"],
            (ClockStatus.Stopped, ClockVerdict.Met) => texts["promises.customer-ended"],
            (ClockStatus.Stopped, _) => texts["promises.customer-taken-back"],
            (ClockStatus.Paused, _) => texts["promises.customer-now-paused"],
            (_, ClockVerdict.Breached) => texts["promises.customer-late"],
            _ => named.Reading.DueAt is { } due
                ? texts.Format("promises.customer-by", words.Moment(due))
                : texts["promises.customer-running"],
        };

    // A status has a name for customers; any other condition of a pause is none of theirs.
    private string Paused(LedgerSegment segment) =>
        SlaConditions.Read(segment.Condition ?? "").Status is { } id
        && configuration.Snapshot.WorkflowOf(Ticket.State.Type)?.Status(id) is { } status
            ? texts.Format("promises.customer-paused-in", (status.CustomerName ?? status.Name).ToString())
            : texts["promises.customer-paused"];
}
