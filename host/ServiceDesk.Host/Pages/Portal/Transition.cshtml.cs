using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Pages.Workflows;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What a transition asks its customer: a resolution, and those of its fields that customers see.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
public sealed class PortalTransitionModel(
    ITicketQueries queries,
    ITicketGrains grains,
    RequestReader reader,
    Colleagues colleagues,
    OrganizationChoice organizations,
    PostedFields posted,
    IPeople people,
    ICurrentConfiguration configuration,
    ReaderTimes times,
    ITexts texts
) : TransitionScreen(grains, posted, configuration, times, texts)
{
    /// <inheritdoc/>
    protected override (string Resolution, string Done) Words => ("portal.resolution", "portal.changed");

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Needs => Transition.RequiredFields;

    // A way that is not the customer's now looks as if there were none.
    /// <inheritdoc/>
    protected override async Task<(TicketSnapshot Ticket, WorkflowTransition Way, bool IsOffered)?> WayAsync(
        CancellationToken cancellation
    ) =>
        TicketKey.TryParse(Key, out var parsed)
        && await queries.FindByKeyAsync(Viewer, parsed, cancellation) is { } ticket
        && await reader.WayAsync(Viewer, ticket, Id, cancellation) is { } way
            ? (ticket, way, true)
            : null;

    // Customers know no teams.
    /// <inheritdoc/>
    protected override bool MayAsk(FieldDocument field) => field is { CustomersSee: true, Kind: not FieldKind.Team };

    /// <inheritdoc/>
    protected override async Task<FieldOffers> OffersAsync(TypedFields fields, CancellationToken cancellation)
    {
        var mine = await organizations.OfAsync(Viewer, Viewer.Person, cancellation);
        var held = await people.GroupNamesAsync(fields.Held, cancellation);
        return new FieldOffers(
            await colleagues.OfAsync(Viewer.Person.Organizations, fields.Held, cancellation),
            [
                .. mine.Select(one => (one.Id.ToString(), one.Name))
                    .Concat(
                        held.Where(one => one.Key is OrganizationValue)
                            .Select(one => (((OrganizationValue)one.Key).Organization.ToString(), one.Value))
                    )
                    .Distinct(),
            ],
            []
        )
        {
            Finder = "/Portal/People",
        };
    }

    /// <inheritdoc/>
    protected override IActionResult Back() => LocalRedirect(Url.Content($"~/portal/requests/{Ticket.State.Key}"));
}
