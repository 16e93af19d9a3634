using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>Where an agent opens a ticket: desk, ticket type and request type of an address, or the first ones that there are; and what else can be chosen.</summary>
/// <param name="Desks">Desks on which the agent works.</param>
/// <param name="Types">Ticket types of the chosen desk.</param>
/// <param name="RequestTypes">What customers can ask of the chosen desk.</param>
/// <param name="Desk">The chosen desk; null when there is none.</param>
/// <param name="Type">The chosen ticket type; null when the desk has none.</param>
/// <param name="RequestType">The chosen request type; null opens a ticket of the type.</param>
/// <param name="Form">The form of the request type, or of the type: its words and all its fields.</param>
public sealed record OpeningPlace(
    IReadOnlyList<DeskDocument> Desks,
    IReadOnlyList<TicketTypeDocument> Types,
    IReadOnlyList<RequestTypeDocument> RequestTypes,
    string? Desk,
    string? Type,
    string? RequestType,
    RequestTypeDocument Form
)
{
    /// <summary>Whether it is the place that was sent: what of it is gone, or may no longer be chosen, is not replaced by another behind one's back.</summary>
    public bool Is(string? desk, string? type, string? requestType) =>
        IsSame(desk, Desk) && IsSame(type, Type) && IsSame(requestType, RequestType);

    private static bool IsSame(string? sent, string? chosen) => string.IsNullOrEmpty(sent) || sent == chosen;

    /// <summary>The place for an agent.</summary>
    /// <param name="except">A desk that cannot be chosen; null for none.</param>
    public static OpeningPlace Of(
        Viewer viewer,
        IConfiguration configuration,
        string? desk,
        string? type,
        string? requestType,
        string? except = null
    )
    {
        var desks = configuration.All<DeskDocument>().Where(one => viewer.WorksOn(one.Id) && one.Id != except).ToList();
        var chosen = desks.Find(one => one.Id == desk) ?? desks.Find(one => one.Types.Count > 0);
        var types = (chosen?.Types ?? []).Select(Find).OfType<TicketTypeDocument>().ToList();
        var requestTypes = configuration.All<RequestTypeDocument>().Where(one => one.Desk == chosen?.Id).ToList();
        var asked = requestTypes.Find(one => one.Id == requestType);
        var ofType = types.Find(one => one.Id == (asked?.Type ?? type)) ?? types.FirstOrDefault();
        return new OpeningPlace(
            desks,
            types,
            requestTypes,
            chosen?.Id,
            ofType?.Id,
            asked?.Id,
            asked ?? OfType(ofType, configuration)
        );

        TicketTypeDocument? Find(string id) =>
            configuration.TryGet<TicketTypeDocument>(id, out var found) ? found : null;
    }

    // A type of ticket has no form of its own: its words, and every field that people fill.
    private static RequestTypeDocument OfType(TicketTypeDocument? type, IConfiguration configuration) =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Desk = "",
            Type = type?.Id ?? "",
            Form =
            [
                new FormField("summary", Required: true),
                new FormField("description"),
                .. (type?.Fields ?? [])
                    .Where(id => configuration.TryGet<FieldDocument>(id, out var field) && field.Script is null)
                    .Select(id => new FormField(id)),
                new FormField("attachments"),
            ],
        };
}
