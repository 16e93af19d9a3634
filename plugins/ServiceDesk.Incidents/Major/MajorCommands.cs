using System.Globalization;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Incidents.Major;

/// <summary>Declare an incident a major one, or change its notice.</summary>
/// <param name="Notice">What customers of the desk read in the portal, one line of at most 500 characters; empty tells them nothing.</param>
public sealed record DeclareMajor(string Notice) : TicketCommand;

/// <summary>Take back that an incident is a major one.</summary>
public sealed record WithdrawMajor : TicketCommand;

/// <summary>Decides <see cref="DeclareMajor"/>.</summary>
public sealed class MajorDeclaring : ICommandDecider<DeclareMajor>
{
    /// <summary>The longest notice, in characters.</summary>
    public const int LongestNotice = 500;

    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, DeclareMajor command, DecisionContext context)
    {
        var notice = string.Join(
            ' ',
            (command.Notice ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        if (MajorRights.Refuse(ticket, context) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (ticket.Type != IncidentsPlugin.Type)
        {
            return Decision.Refuse(Refusal.Conflict("incidents.refusal.not-an-incident", ticket.Key.ToString()));
        }

        if (ticket.Category == StatusCategory.Done)
        {
            return Decision.Refuse(Refusal.Conflict("incidents.refusal.already-solved", ticket.Key.ToString()));
        }

        if (notice.Length > LongestNotice)
        {
            return Decision.Refuse(
                Refusal.Invalid(
                    "incidents.refusal.notice-too-long",
                    "notice",
                    LongestNotice.ToString(CultureInfo.InvariantCulture)
                )
            );
        }

        return ticket.Major()?.Notice == notice ? Decision.Accept() : Decision.Accept(new MajorDeclared(notice));
    }
}

/// <summary>Decides <see cref="WithdrawMajor"/>. On a ticket that is none nothing happens.</summary>
public sealed class MajorWithdrawing : ICommandDecider<WithdrawMajor>
{
    /// <inheritdoc/>
    public Decision Decide(TicketState ticket, WithdrawMajor command, DecisionContext context) =>
        MajorRights.Refuse(ticket, context) is { } refusal ? Decision.Refuse(refusal)
        : ticket.Major() is null ? Decision.Accept()
        : Decision.Accept(new MajorWithdrawn());
}

/// <summary>Who may say that an incident is a major one: agents of its desk with the permission.</summary>
internal static class MajorRights
{
    public static Refusal? Refuse(TicketState ticket, DecisionContext context) =>
        context.Envelope.Viewer is not { } viewer ? null
        : !viewer.WorksOn(ticket.Desk) ? Refusal.NotFound("incidents.refusal.no-ticket", ticket.Key.ToString())
        : !viewer.May(IncidentsPlugin.DeclareMajorPermission) ? Refusal.Forbidden("incidents.refusal.may-not-declare")
        : null;
}
