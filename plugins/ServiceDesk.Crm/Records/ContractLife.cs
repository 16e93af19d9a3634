using NodaTime;
using NodaTime.Text;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Records;

/// <summary>How far a contract has come.</summary>
public enum ContractState
{
    /// <summary>It is being agreed on and promises nothing yet.</summary>
    Draft = 1,

    /// <summary>It holds while its period runs.</summary>
    Active = 2,

    /// <summary>Its period is over.</summary>
    Expired = 3,

    /// <summary>It was ended for good.</summary>
    Cancelled = 4,
}

/// <summary>How often a contract's amount is paid.</summary>
public enum AmountPer
{
    /// <summary>Once for the whole period.</summary>
    Whole = 1,

    /// <summary>Each year.</summary>
    Year = 2,

    /// <summary>Each month.</summary>
    Month = 3,
}

/// <summary>What a contract may become, and when time itself moves it. Pure; days are those of the zone in the settings.</summary>
public static class ContractLife
{
    /// <summary>Where a contract can go from a state.</summary>
    public static IReadOnlyList<ContractState> From(ContractState state) =>
        state switch
        {
            ContractState.Draft => [ContractState.Active, ContractState.Cancelled],
            ContractState.Active => [ContractState.Expired, ContractState.Cancelled],
            ContractState.Expired => [ContractState.Active],
            _ => [],
        };

    /// <summary>Why a contract cannot become that; null when it can. Nothing becomes active after its last day.</summary>
    public static Refusal? WhyNot(ContractState from, ContractState to, LocalDate ends, LocalDate today) =>
        !From(from).Contains(to) ? Refusal.Conflict("crm.refusal.no-such-move")
        : to == ContractState.Active && ends < today
            ? new Refusal(RefusalKind.Conflict, "crm.refusal.period-over", [Write(ends)], "endsOn")
        : null;

    /// <summary>Whether its promises hold on a day.</summary>
    public static bool Holds(ContractState state, LocalDate starts, LocalDate ends, LocalDate day) =>
        state == ContractState.Active && starts <= day && day <= ends;

    /// <summary>The instant behind its last day, at which an active contract expires; null for others.</summary>
    public static Instant? ExpiresAt(ContractState state, LocalDate ends, DateTimeZone zone) =>
        state == ContractState.Active ? zone.AtStartOfDay(ends.PlusDays(1)).ToInstant() : null;

    /// <summary>When the owner is to be told that it ends: the beginning of the day so many days before the last one. Null when it is not active, nobody wants it, or it was told for this last day.</summary>
    public static Instant? RemindsAt(
        ContractState state,
        LocalDate ends,
        int daysBefore,
        string remindedFor,
        DateTimeZone zone
    ) =>
        state == ContractState.Active && daysBefore > 0 && remindedFor != Write(ends)
            ? zone.AtStartOfDay(ends.PlusDays(-daysBefore)).ToInstant()
            : null;

    /// <summary>A day as it is stored.</summary>
    public static string Write(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>A stored or typed day; null when it is none, or lies outside of 1900 to 2200.</summary>
    public static LocalDate? ReadDay(string? text) =>
        LocalDatePattern
            .Iso.Parse((text ?? "").Trim().Replace('.', '-').Replace('/', '-'))
            .TryGetValue(default, out var day) && day.Year is >= 1900 and <= 2200
            ? day
            : null;
}
