using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>
/// An approval that a customer asks for: the requester, where the request type allows it, asks colleagues of the ticket's
/// organization. It binds nobody else: it moves no ticket and opens no gate of the desk.
/// </summary>
public static class CustomerApproval
{
    /// <summary>How many may be pending at once.</summary>
    public const int MostPending = 5;

    /// <summary>How many are asked at once.</summary>
    public const int MostApprovers = 20;

    /// <summary>Whether somebody may ask at all: pages show the form then.</summary>
    public static bool MayAsk(PersonId? person, TicketState ticket, IConfiguration configuration) =>
        person == ticket.Requester
        && ticket.Organization is not null
        && ticket.Category != StatusCategory.Done
        && ticket.Merged is null
        && IsOffered(ticket, configuration);

    // What was asked for says it; where nothing was picked, the type of the ticket.
    private static bool IsOffered(TicketState ticket, IConfiguration configuration) =>
        ticket.RequestType is { } id
            ? configuration.TryGet<RequestTypeDocument>(id, out var request) && request.CustomersAskApproval
            : configuration.TryGet<TicketTypeDocument>(ticket.Type, out var type) && type.CustomersAskApproval;

    /// <summary>Why not. Whoever is no colleague looks as if there were no such person.</summary>
    internal static ValueList<Refusal> WhyNot(TicketQuestion asked, RequestApproval command)
    {
        if (asked.Standing < Standing.TakesPart || !MayAsk(asked.Viewer?.Person.Id, asked.Ticket, asked.Configuration))
        {
            return [Refusal.Forbidden(RefusalCodes.AgentsOnly)];
        }

        if (!IsPlain(command))
        {
            return [Refusal.Forbidden(RefusalCodes.ApprovalColleaguesOnly)];
        }

        var people = command.Steps[0].People;
        var pending = asked.Ticket.Approvals.Count(one => one is { ByCustomer: true, State: ApprovalState.Pending });
        return new[]
        {
            pending >= MostPending ? Refusal.Conflict(RefusalCodes.ApprovalsPending, Number(MostPending)) : null,
            people.Count > MostApprovers
                ? Refusal.Invalid(RefusalCodes.ApproversTooMany, "steps", Number(1), Number(MostApprovers))
                : null,
        }
            .OfType<Refusal>()
            .Concat(
                people
                    .Where(person => !IsColleague(asked, person))
                    .Select(person => Refusal.Invalid(RefusalCodes.PersonUnknown, "steps", person.ToString()))
            )
            .ToValueList();
    }

    /// <summary>The command as customers ask it: all customers of the ticket see it.</summary>
    internal static RequestApproval Seen(RequestApproval command) => command with { CustomersSee = true };

    /// <summary>Nobody stands in: a substitute may be from elsewhere, and would come to see the ticket.</summary>
    internal static TicketQuestion AlwaysPersonal(TicketQuestion asked) =>
        asked with
        {
            Facts = asked.Facts with { StandIns = [] },
        };

    // One step of people. Policies, teams, roles and reminders are the desk's, and so is what follows.
    private static bool IsPlain(RequestApproval command) =>
        command
            is {
                Policy: null,
                RemindEvery: null,
                WhenApproved: null,
                WhenDeclined: null,
                ForStatus: false,
                Steps.Count: 1,
            }
        && command.Steps[0] is { Teams.Count: 0, Roles.Count: 0 };

    private static bool IsColleague(TicketQuestion asked, PersonId id) =>
        asked.Ticket.Organization is { } organization
        && asked.Viewer!.Person.Organizations.Contains(organization)
        && asked.Facts.Find(id) is { IsActive: true } person
        && person.Organizations.Contains(organization);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
