using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Crm.Api;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Pages;

/// <summary>Where the forms of a ticket's panel are sent, and where a refusal is told. Works without JavaScript.</summary>
[Authorize(Policy = CrmPlugin.WorkPermission)]
public sealed class TicketModel(
    ITicketQueries queries,
    ITicketGrains grains,
    CoverReader covers,
    IConfigurationReader configuration,
    ITexts texts
) : CrmPageModel(texts)
{
    private TicketSnapshot ticket = null!;

    /// <summary>The panel.</summary>
    public CrmPanel Panel { get; private set; } = null!;

    /// <summary>Why nothing changed.</summary>
    public IReadOnlyList<string> Sentences { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(string? key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ? Page() : NotFound();

    /// <summary>Says for whom the ticket is worked.</summary>
    /// <param name="choice">Account and contract, parted by a line; empty takes what was typed.</param>
    public async Task<IActionResult> OnPostChooseAsync(
        string? key,
        string? choice,
        string? at,
        string? number,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        var isTyped = !string.IsNullOrWhiteSpace(at) || !string.IsNullOrWhiteSpace(number);
        var parts = isTyped ? [] : (choice ?? "").Split('|', 2);
        var command = isTyped
            ? new ChooseCover((at ?? "").Trim().ToLowerInvariant(), (number ?? "").Trim())
            : new ChooseCover(parts[0], parts.Length > 1 ? parts[1] : "");
        Panel = Panel with { IsOpen = true, Chosen = "typed" };
        return await SendAsync(command, cancellation);
    }

    /// <summary>Takes account and contract from the requester again.</summary>
    public async Task<IActionResult> OnPostFindAsync(string? key, CancellationToken cancellation) =>
        await FindAsync(key, cancellation) ? await SendAsync(new FindCover(), cancellation) : NotFound();

    /// <summary>Says which product the ticket is about; empty for none.</summary>
    public async Task<IActionResult> OnPostProductAsync(string? key, string? product, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation) || configuration.Current.ProductField() is not { Length: > 0 } field)
        {
            return NotFound();
        }

        FieldValue? value = string.IsNullOrEmpty(product) ? null : new ChoiceValue(product);
        var fields = ValueMap<FieldValue?>.Empty.SetItem(field, value);
        return await SendAsync(new EditTicket(Fields: fields), cancellation);
    }

    /// <summary>Books to the budget.</summary>
    public async Task<IActionResult> OnPostBookAsync(
        string? key,
        string? amount,
        string? note,
        CancellationToken cancellation
    )
    {
        if (!await FindAsync(key, cancellation))
        {
            return NotFound();
        }

        Panel = Panel with { IsOpen = true, Amount = amount ?? "", Note = note ?? "" };
        return await SendAsync(TicketCoverRoutes.Booking(Panel.View, amount, note), cancellation);
    }

    private async Task<IActionResult> SendAsync(TicketCommand command, CancellationToken cancellation)
    {
        var answer = await grains.SendAsync(ticket.State.Id, CommandEnvelope.By(Viewer, command), cancellation);
        if (answer.IsAccepted)
        {
            return Redirect(Url.Content($"~/workspace/tickets/{ticket.State.Key}"));
        }

        Sentences = [.. answer.Refusals.Select(Words.Say)];
        return Refuse(answer.Refusals);
    }

    private async Task<bool> FindAsync(string? key, CancellationToken cancellation)
    {
        if (await TicketCoverRoutes.FindAsync(queries, Viewer, key, cancellation) is not { } found)
        {
            return false;
        }

        ticket = found;
        var view = await covers.ForAgentAsync(Viewer, found, cancellation);
        Panel = new CrmPanel(found.State, view, MayWork: true);
        return true;
    }
}
