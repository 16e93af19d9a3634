namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>
/// The rules of who may read what, as a person would tell them: written for the tests alone, and knowing nothing of how the
/// product decides.
/// </summary>
public static class WhoMaySee
{
    /// <summary>Agents of the desk, who asked, who takes part, and colleagues where desk and company share.</summary>
    public static bool Ticket(Member member, Errand ticket) =>
        Internals(member, ticket) || TakesPart(member, ticket) || Shares(member, ticket);

    /// <summary>Notes, internal files and fields: agents of the desk alone.</summary>
    public static bool Internals(Member member, Errand ticket) => member.WorksAt.Contains(ticket.At);

    /// <summary>Whether one may answer in it as a customer.</summary>
    public static bool TakesPart(Member member, Errand ticket) =>
        member == ticket.Requester || ticket.Participants.Contains(member);

    /// <summary>
    /// A name: one's own; those of colleagues; to agents, of each other and of whom their desks serve; and of whoever stands
    /// in the public part of a ticket that one may see.
    /// </summary>
    public static bool Name(Member member, Member other, IEnumerable<Errand> tickets) =>
        Address(member, other, tickets)
        || (member.Firm is { } firm && other.Firm == firm)
        || tickets.Any(ticket => Ticket(member, ticket) && (TakesPart(other, ticket) || ticket.Agents.Contains(other)));

    /// <summary>An address: one's own, and to agents of whoever they may know.</summary>
    public static bool Address(Member member, Member other, IEnumerable<Errand> tickets) =>
        member == other
        || member.ManagesPeople
        || (member.IsAgent && (other.IsAgent || member.WorksAt.Any(desk => desk.Serves(other))))
        || tickets.Any(ticket => Internals(member, ticket) && TakesPart(other, ticket));

    /// <summary>The name of a company: to its members, to agents who serve it, and on tickets on which one works or takes part.</summary>
    public static bool FirmName(Member member, Firm firm, IEnumerable<Errand> tickets) =>
        member.Firm == firm
        || member.ManagesPeople
        || member.WorksAt.Any(desk => desk.Firms?.Contains(firm) != false)
        // Who writes knows who reads along; who only reads learns of no other one.
        || tickets.Any(ticket =>
            (ticket.Requester.Firm == firm || ticket.SharedWith.Contains(firm))
            && (Internals(member, ticket) || TakesPart(member, ticket))
        );

    /// <summary>Accounts, contacts and contracts of a company: to agents of desks that serve it.</summary>
    public static bool Client(Member member, Firm firm) =>
        member.WorksAt.Any(desk => desk.Firms?.Contains(firm) != false);

    /// <summary>For whom a ticket is worked: to agents of its desk, also when the desk does not serve the company.</summary>
    public static bool WorksFor(Member member, Firm firm, IEnumerable<Errand> tickets) =>
        tickets.Any(ticket => ticket.Requester.Firm == firm && Internals(member, ticket));

    /// <summary>What a desk offers: to whom it serves, and to its agents.</summary>
    public static bool Offer(Member member, Counter desk) =>
        member.WorksAt.Contains(desk) || member.Configures || desk.Serves(member);

    private static bool Shares(Member member, Errand ticket) =>
        ticket.At.Shares
        && member.Firm is { Shares: true } firm
        && ((ticket.Requester.Firm == firm && !ticket.IsPrivate) || ticket.SharedWith.Contains(firm));
}
