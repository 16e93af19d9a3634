using ServiceDesk.Core.Query;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>What somebody may ask for: desks with their groups of request types, as the configuration orders them.</summary>
public sealed class PortalCatalogue(Viewer viewer, IConfiguration configuration)
{
    /// <summary>Desks that the person may ask, in their order; those that offer nothing are left out.</summary>
    public IReadOnlyList<PortalDesk> Desks() =>
        [
            .. viewer
                .AskableDesks.Select(key => configuration.TryGet<DeskDocument>(key, out var desk) ? desk : null)
                .OfType<DeskDocument>()
                .Select(desk => new PortalDesk(desk, [.. GroupsOf(desk)]))
                .Where(desk => desk.Groups.Count > 0),
        ];

    /// <summary>Request types whose name or description, in any language, holds each word; best first.</summary>
    public IReadOnlyList<PortalOffer> Search(string text)
    {
        var words = Folding.Terms(text);
        return
        [
            .. Desks()
                .SelectMany(desk =>
                    desk.Groups.SelectMany(group => group.Types).Select(type => new PortalOffer(desk.Desk, type))
                )
                .DistinctBy(offer => offer.Type.Id)
                .Where(offer => words.All(word => TextOf(offer.Type).Contains(word, StringComparison.Ordinal)))
                .OrderByDescending(offer =>
                    words.Any(word => Fold(offer.Type.Name).Contains(word, StringComparison.Ordinal))
                ),
        ];
    }

    /// <summary>What may be asked for without signing in, in the order of the catalogue.</summary>
    /// <param name="stranger">Somebody of whom nothing is known.</param>
    public static IReadOnlyList<PortalOffer> Open(Viewer stranger, IConfiguration configuration) =>
        [
            .. new PortalCatalogue(stranger, configuration)
                .Desks()
                .SelectMany(desk =>
                    desk.Groups.SelectMany(group => group.Types).Select(type => new PortalOffer(desk.Desk, type))
                )
                .Where(offer => offer.Type.Anonymous)
                .DistinctBy(offer => offer.Type.Id),
        ];

    /// <summary>A request type that the person may ask for; null when there is none such.</summary>
    public PortalOffer? Find(string desk, string requestType) =>
        viewer.AskableDesks.Contains(desk)
        && configuration.TryGet<DeskDocument>(desk, out var document)
        && configuration.TryGet<RequestTypeDocument>(requestType, out var type)
        && type.Desk == desk
            ? new PortalOffer(document, type)
            : null;

    // A desk without groups offers all it has; one with groups offers what they name.
    private IEnumerable<PortalGroupOffers> GroupsOf(DeskDocument desk)
    {
        var groups =
            desk.Groups.Count > 0
                ? desk.Groups.Select(group => new PortalGroupOffers(group.Name, [.. TypesOf(group.RequestTypes, desk)]))
                :
                [
                    new PortalGroupOffers(
                        null,
                        [.. configuration.All<RequestTypeDocument>().Where(type => type.Desk == desk.Id)]
                    ),
                ];
        return groups.Where(group => group.Types.Count > 0);
    }

    private IEnumerable<RequestTypeDocument> TypesOf(ValueList<string> ids, DeskDocument desk) =>
        ids.Select(id => configuration.TryGet<RequestTypeDocument>(id, out var type) ? type : null)
            .OfType<RequestTypeDocument>()
            .Where(type => type.Desk == desk.Id);

    private static string TextOf(RequestTypeDocument type) =>
        $"{Fold(type.Name)} {Fold(type.Description)} {Fold(type.Help)}";

    private static string Fold(LocalizedText? text) =>
        text is null ? string.Empty : Folding.Fold(string.Join(' ', text.Texts.Values));
}

/// <summary>A desk in the portal.</summary>
public sealed record PortalDesk(DeskDocument Desk, IReadOnlyList<PortalGroupOffers> Groups);

/// <summary>A group of request types; without a name when the desk has no groups.</summary>
public sealed record PortalGroupOffers(LocalizedText? Name, IReadOnlyList<RequestTypeDocument> Types);

/// <summary>A request type with its desk.</summary>
public sealed record PortalOffer(DeskDocument Desk, RequestTypeDocument Type);
