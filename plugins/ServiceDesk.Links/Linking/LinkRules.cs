using System.Globalization;
using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Links.Linking;

/// <summary>How much a ticket can hold.</summary>
public static class LinkLimits
{
    /// <summary>The most links of a ticket with others.</summary>
    public const int MostLinks = 500;

    /// <summary>The most links of a ticket to pages elsewhere.</summary>
    public const int MostPages = 100;

    /// <summary>The longest address, in characters.</summary>
    public const int LongestUrl = 2000;

    /// <summary>The longest title, in characters.</summary>
    public const int LongestTitle = 200;
}

/// <summary>Reasons against linking.</summary>
internal static class LinkRules
{
    /// <summary>The sender works on the ticket's desk and may link.</summary>
    public static Refusal? Stranger(TicketState ticket, DecisionContext context) =>
        context.Envelope.Viewer is not { } viewer ? null
        : !viewer.WorksOn(ticket.Desk) || !viewer.May(LinksPlugin.EditPermission)
            ? Refusal.Forbidden("links.refusal.may-not-link")
        : null;

    /// <summary>Only the plugin itself sends it.</summary>
    public static Refusal? Person(DecisionContext context) =>
        context.Envelope.Viewer is null ? null : Refusal.Forbidden("links.refusal.may-not-link");

    /// <summary>The other end is there and the sender may change it too.</summary>
    public static Refusal? OtherEnd(TicketState ticket, TicketKey key, OtherEnd? other) =>
        other is null ? Refusal.NotFound("links.refusal.no-ticket", key.ToString()) with { Field = "other" }
        : other.Id == ticket.Id ? Refusal.Invalid("links.refusal.itself", "other")
        : !other.WorksThere ? Refusal.Forbidden("links.refusal.not-there", key.ToString()) with { Field = "other" }
        : null;

    /// <summary>The other end could not be looked up in time: whether it is there is not known.</summary>
    public static Refusal NotLookedUp(TicketKey key) =>
        Refusal.Conflict(Unknown, key.ToString()) with
        {
            Field = "other",
        };

    /// <summary>There is room on both tickets.</summary>
    public static Refusal? Full(TicketState ticket, OtherEnd other) =>
        ticket.Links().Links.Count >= LinkLimits.MostLinks || other.IsFull
            ? Refusal.Conflict("links.refusal.too-many", LinkLimits.MostLinks.ToString(CultureInfo.InvariantCulture))
            : null;

    /// <summary>The child has no parent yet, and the parent does not descend from it.</summary>
    public static Refusal? Hierarchy(
        TicketState ticket,
        LinkTypeDocument type,
        LinkDirection direction,
        OtherEnd other,
        LinkFacts facts
    )
    {
        if (!type.Hierarchical)
        {
            return null;
        }

        var isChild = direction == LinkDirection.Inward;
        var hasParent = isChild ? ticket.Links().Parent is not null : other.HasParent;
        var isCircle = isChild ? other.Ancestors.Contains(ticket.Id) : facts.OwnAncestors.Contains(other.Id);
        return isCircle ? Refusal.Conflict("links.refusal.circle")
            : hasParent ? Refusal.Conflict(SecondParent, (isChild ? ticket.Key : other.Asked).ToString())
            : null;
    }

    /// <summary>A link to be mirrored does not put a ticket below itself.</summary>
    public static Refusal? Circle(TicketState ticket, MirrorLink mirror, LinkFacts? facts) =>
        !mirror.Hierarchical ? null
        : facts is null ? NotLookedUp(ticket.Key)
        : (
            mirror.Direction == LinkDirection.Inward
                ? facts.OtherAncestors.Contains(ticket.Id)
                : facts.OwnAncestors.Contains(mirror.Other)
        )
            ? Refusal.Conflict("links.refusal.circle")
        : null;

    /// <summary>The code of the refusal of a second parent.</summary>
    public const string SecondParent = "links.refusal.second-parent";

    /// <summary>The code of the refusal of what could not be looked up in time.</summary>
    public const string Unknown = "links.refusal.not-looked-up";
}
