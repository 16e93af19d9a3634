using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Forecasts;

/// <summary>What of a forecast is shown: reckoned is the whole work of everybody, also that of other desks.</summary>
internal sealed class ForecastFilter(
    ForecastQuestion question,
    IReadOnlyDictionary<TicketId, ForecastTicket> tickets,
    IReadOnlyDictionary<TeamId, Team> teams
)
{
    /// <summary>The clocks and loads of the desk and team that were asked for.</summary>
    public SlaForecast Of(SlaForecast whole)
    {
        if (question.Desk is null && question.Team is null)
        {
            return whole;
        }

        var lines = whole.Lines.Where(line => Shows(line.Clock)).ToList();
        var due = lines.ToLookup(line => line.Clock.Owner);
        return whole with
        {
            Lines = lines,
            Loads =
            [
                .. whole
                    .Loads.Where(load => due.Contains(load.Owner) || Has(load.Owner))
                    .Select(load =>
                        load with
                        {
                            Due = due[load.Owner].Count(),
                            Breaks = due[load.Owner].Count(line => line.Breaks),
                        }
                    ),
            ],
        };
    }

    /// <summary>Whether a clock is of the desk and team that were asked for.</summary>
    public bool Shows(ForecastClock clock) =>
        tickets.TryGetValue(clock.Ticket, out var ticket)
        && (question.Desk is null || ticket.Desk == question.Desk)
        && (question.Team is null || IsOf(clock.Owner, question.Team.Value) || ticket.Team == question.Team);

    private bool Has(ForecastOwner owner) => question.Desk is null && question.Team is { } team && IsOf(owner, team);

    private bool IsOf(ForecastOwner owner, TeamId team) =>
        owner.Team == team
        || owner.Person is { } person && teams.GetValueOrDefault(team)?.Members.Contains(person) == true;
}
