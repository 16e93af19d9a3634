using System.Globalization;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Linking;

/// <summary>Decides <see cref="LinkTickets"/>.</summary>
public sealed class Linking : ICommandDecider<LinkTickets>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, LinkTickets command, DecisionContext context)
    {
        if (LinkRules.Stranger(ticket, context) is { } stranger)
        {
            return Decision.Refuse(stranger);
        }

        if (!context.Configuration.TryGet<LinkTypeDocument>(command.Type, out var type))
        {
            return Decision.Refuse(Refusal.Invalid("links.refusal.no-type", "type", command.Type));
        }

        if (context.Fact<LinkFacts>() is not { } facts)
        {
            return Decision.Refuse(LinkRules.NotLookedUp(command.Other));
        }

        var other = facts.Find(command.Other);
        if (LinkRules.OtherEnd(ticket, command.Other, other) is { } missing)
        {
            return Decision.Refuse(missing);
        }

        var direction = type.Inward is null ? LinkDirection.Both : command.Direction;
        if ((direction == LinkDirection.Both) != (type.Inward is null) || !Enum.IsDefined(direction))
        {
            return Decision.Refuse(Refusal.Invalid("links.refusal.no-direction", "direction"));
        }

        if (ticket.Links().Find(type.Id, direction, other!.Id) is not null)
        {
            return Decision.Accept();
        }

        return (LinkRules.Full(ticket, other) ?? LinkRules.Hierarchy(ticket, type, direction, other, facts)) is { } no
            ? Decision.Refuse(no)
            : Decision.Accept(new TicketsLinked(type.Id, direction, other.Id, other.Category, type.Hierarchical));
    }
}

/// <summary>Decides <see cref="UnlinkTickets"/>. The type may be gone from the configuration meanwhile.</summary>
public sealed class Unlinking : ICommandDecider<UnlinkTickets>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, UnlinkTickets command, DecisionContext context)
    {
        if (context.Fact<LinkFacts>() is not { } facts)
        {
            return Decision.Refuse(LinkRules.NotLookedUp(command.Other));
        }

        var other = facts.Find(command.Other);
        if ((LinkRules.Stranger(ticket, context) ?? LinkRules.OtherEnd(ticket, command.Other, other)) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var link = ticket
            .Links()
            .Links.FirstOrDefault(link =>
                link.Type == command.Type
                && link.Other == other!.Id
                && (link.Direction == command.Direction || link.Direction == LinkDirection.Both)
            );
        return link is null
            ? Decision.Accept()
            : Decision.Accept(new TicketsUnlinked(link.Type, link.Direction, link.Other));
    }
}

/// <summary>Decides <see cref="MirrorLink"/>: nothing happens where both ends agree.</summary>
public sealed class Mirroring : ICommandDecider<MirrorLink>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, MirrorLink command, DecisionContext context)
    {
        if (LinkRules.Person(context) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var links = ticket.Links();
        var own = links.Find(command.Type, command.Direction, command.Other);
        if (!command.IsLinked)
        {
            return own is null
                ? Decision.Accept()
                : Decision.Accept(new TicketsUnlinked(command.Type, command.Direction, command.Other));
        }

        // Two tickets may have been linked below each other at the same time. Asked again when both ends stand, since neither
        // end sees what is decided on the other in the same moment.
        if (LinkRules.Circle(ticket, command, context.Fact<LinkFacts>()) is { } circle)
        {
            return Decision.Refuse(circle);
        }

        if (own is not null)
        {
            return Noting.Of(ticket, command.Other, command.Category, onlyOther: true);
        }

        // Two tickets may have taken the same child at the same time: the second one yields.
        return command is { Hierarchical: true, Direction: LinkDirection.Inward } && links.Parent is not null
            ? Decision.Refuse(Refusal.Conflict(LinkRules.SecondParent, ticket.Key.ToString()))
            : Decision.Accept(
                new TicketsLinked(
                    command.Type,
                    command.Direction,
                    command.Other,
                    command.Category,
                    command.Hierarchical
                )
            );
    }
}

/// <summary>Decides <see cref="NoteLinkedTicket"/>.</summary>
public sealed class Noting : ICommandDecider<NoteLinkedTicket>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, NoteLinkedTicket command, DecisionContext context) =>
        LinkRules.Person(context) is { } refusal
            ? Decision.Refuse(refusal)
            : Of(ticket, command.Other, command.Category, onlyOther: !command.IsNews);

    /// <summary>What is recorded of another ticket's status.</summary>
    /// <param name="onlyOther">Whether a status that means the same as before is no news.</param>
    internal static Decision Of(TicketState ticket, TicketId other, StatusCategory category, bool onlyOther)
    {
        var links = ticket.Links().Links.Where(link => link.Other == other).ToList();
        return links.Count == 0 || (onlyOther && links.TrueForAll(link => link.Category == category))
            ? Decision.Accept()
            : Decision.Accept(new LinkedTicketChanged(other, category, links.Select(link => link.Word).ToValueList()));
    }
}

/// <summary>Decides <see cref="LinkPage"/>.</summary>
public sealed class PageLinking : ICommandDecider<LinkPage>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, LinkPage command, DecisionContext context)
    {
        if (LinkRules.Stranger(ticket, context) is { } stranger)
        {
            return Decision.Refuse(stranger);
        }

        var remote = ticket.Links().Remote;
        var text = (command.Url ?? string.Empty).Trim();
        if (
            text.Length > LinkLimits.LongestUrl
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.UserInfo.Length > 0
        )
        {
            return Decision.Refuse(Refusal.Invalid("links.refusal.bad-address", "url"));
        }

        var words = (command.Title ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var title = words.Length == 0 ? url.Host : string.Join(' ', words);
        if (title.Length > LinkLimits.LongestTitle)
        {
            var limit = LinkLimits.LongestTitle.ToString(CultureInfo.InvariantCulture);
            return Decision.Refuse(Refusal.Invalid("links.refusal.long-title", "title", limit));
        }

        var known = remote.FirstOrDefault(other => other.Url == url.AbsoluteUri);
        return known?.Title == title ? Decision.Accept()
            : known is null && remote.Count >= LinkLimits.MostPages
                ? Decision.Refuse(
                    Refusal.Conflict(
                        "links.refusal.too-many",
                        LinkLimits.MostPages.ToString(CultureInfo.InvariantCulture)
                    )
                )
            : Decision.Accept(new PageLinked(url.AbsoluteUri, title));
    }
}

/// <summary>Decides <see cref="UnlinkPage"/>.</summary>
public sealed class PageUnlinking : ICommandDecider<UnlinkPage>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, UnlinkPage command, DecisionContext context) =>
        LinkRules.Stranger(ticket, context) is { } refusal ? Decision.Refuse(refusal)
        : ticket.Links().Remote.Any(remote => remote.Url == command.Url)
            ? Decision.Accept(new PageUnlinked(command.Url))
        : Decision.Accept();
}
