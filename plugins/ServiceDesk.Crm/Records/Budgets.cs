using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Records;

/// <summary>What a budget counts.</summary>
public enum BudgetUnit
{
    /// <summary>There is no budget.</summary>
    None = 1,

    /// <summary>Hours, kept in minutes.</summary>
    Hours = 2,

    /// <summary>Tickets.</summary>
    Tickets = 3,
}

/// <summary>What becomes of bookings when a budget is spent.</summary>
public enum WhenSpent
{
    /// <summary>They go on, and the owner is told.</summary>
    Allow = 1,

    /// <summary>They are refused.</summary>
    Refuse = 2,
}

/// <summary>How far a budget is spent.</summary>
public enum BudgetLevel
{
    /// <summary>Less than the share at which somebody is warned.</summary>
    Free = 1,

    /// <summary>The share is reached.</summary>
    Warned = 2,

    /// <summary>Nothing is left.</summary>
    Spent = 3,
}

/// <summary>What kind of entry of a ledger.</summary>
public enum LedgerKind
{
    /// <summary>A ticket booked it.</summary>
    Booking = 1,

    /// <summary>Somebody corrected what was booked.</summary>
    Correction = 2,
}

/// <summary>An entry as the fold sees it.</summary>
/// <param name="Amount">Minutes or tickets; negative gives back.</param>
public sealed record LedgerEntry(BudgetUnit Unit, long Amount);

/// <summary>A budget and what is left of it.</summary>
/// <param name="Unit">What it counts.</param>
/// <param name="Amount">All of it.</param>
/// <param name="Used">The sum of the entries of its unit.</param>
/// <param name="WarnAt">The share in percent at which somebody is warned; 0 for not at all.</param>
public sealed record Balance(BudgetUnit Unit, long Amount, long Used, int WarnAt)
{
    /// <summary>What is left; negative when more was booked.</summary>
    public long Left => Amount - Used;

    /// <summary>The used share in percent, rounded down.</summary>
    public int Share => Amount <= 0 ? (Used > 0 ? 100 : 0) : (int)Math.Clamp(Used * 100 / Amount, 0, 999);

    /// <summary>How far it is spent.</summary>
    public BudgetLevel Level =>
        Unit == BudgetUnit.None ? BudgetLevel.Free
        : Used >= Amount && Used > 0 ? BudgetLevel.Spent
        : WarnAt > 0 && Used > 0 && Share >= WarnAt ? BudgetLevel.Warned
        : BudgetLevel.Free;
}

/// <summary>The ledger of a budget: a fold over its entries, which are never changed. Pure.</summary>
public static class Ledger
{
    /// <summary>The most that one entry can hold: ten thousand hours, or as many minutes' worth of tickets.</summary>
    public const long Most = 600_000;

    /// <summary>The longest reason, in characters.</summary>
    public const int LongestNote = 500;

    /// <summary>The balance after all entries; those of another unit, from before the budget was agreed on anew, do not count.</summary>
    public static Balance Fold(BudgetUnit unit, long amount, int warnAt, IEnumerable<LedgerEntry> entries) =>
        new(unit, amount, entries.Where(entry => entry.Unit == unit).Sum(entry => entry.Amount), warnAt);

    /// <summary>Why an amount cannot be booked; null when it can.</summary>
    public static Refusal? WhyNotBook(Balance? balance, WhenSpent whenSpent, long amount) =>
        balance is null or { Unit: BudgetUnit.None } ? Refusal.Conflict("crm.refusal.no-budget")
        : amount is < 1 or > Most ? Refusal.Invalid("crm.refusal.bad-amount", "amount")
        : whenSpent == WhenSpent.Refuse && balance.Left < amount
            ? Refusal.Conflict("crm.refusal.budget-spent", Amounts.Write(balance.Unit, Math.Max(0, balance.Left)))
        : null;

    /// <summary>Why a correction cannot be entered; null when it can. Nobody is given back more than was booked.</summary>
    public static Refusal? WhyNotCorrect(Balance? balance, long amount, string note) =>
        balance is null or { Unit: BudgetUnit.None } ? Refusal.Conflict("crm.refusal.no-budget")
        : amount == 0 || Math.Abs(amount) > Most ? Refusal.Invalid("crm.refusal.bad-amount", "amount")
        : note.Length == 0 ? Refusal.Invalid("crm.refusal.no-reason", "note")
        : balance.Used + amount < 0 ? Refusal.Conflict("crm.refusal.more-than-booked")
        : null;
}
