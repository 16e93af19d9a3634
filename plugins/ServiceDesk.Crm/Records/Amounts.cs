using System.Globalization;

namespace ServiceDesk.Crm.Records;

/// <summary>Amounts of budgets as people write them: hours as <c>1.5</c>, <c>1:30</c> or <c>1h 30m</c>, tickets as whole numbers.</summary>
public static class Amounts
{
    /// <summary>An amount for people: <c>1h 30m</c>, or the number of tickets.</summary>
    public static string Write(BudgetUnit unit, long amount)
    {
        if (unit != BudgetUnit.Hours)
        {
            return amount.ToString(CultureInfo.InvariantCulture);
        }

        var (hours, minutes) = (Math.Abs(amount) / 60, Math.Abs(amount) % 60);
        var sign = amount < 0 ? "−" : "";
        return (hours, minutes) switch
        {
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}h"),
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}h {minutes}m"),
        };
    }

    /// <summary>An amount as a form shows it, so that it can be read back.</summary>
    public static string Plain(BudgetUnit unit, long amount) =>
        unit == BudgetUnit.Hours
            ? (amount / 60m).ToString("0.####", CultureInfo.InvariantCulture)
            : amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>What somebody typed, in minutes or tickets; null when it is no such amount. Hours must be whole minutes.</summary>
    public static long? Read(BudgetUnit unit, string? text)
    {
        var plain = (text ?? "").Trim().Replace('−', '-').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        var isNegative = plain.StartsWith('-');
        plain = plain
            .TrimStart('-', '+')
            .Replace("시간", "h", StringComparison.Ordinal)
            .Replace("분", "m", StringComparison.Ordinal);
        var read = unit == BudgetUnit.Hours ? Minutes(plain) : Whole(plain);
        return isNegative ? -read : read;
    }

    /// <summary>Hours as a number in minutes; null when they are no whole minutes.</summary>
    public static long? FromHours(decimal hours) =>
        Math.Abs(hours) <= Ledger.Most && hours * 60 == decimal.Truncate(hours * 60) ? (long)(hours * 60) : null;

    private static long? Minutes(string text)
    {
        if (text.Split(':') is [var hours, var minutes])
        {
            return Whole(hours) is { } h && Whole(minutes) is { } m && m < 60 ? (h * 60) + m : null;
        }

        if (text.Contains('h', StringComparison.Ordinal) || text.EndsWith('m'))
        {
            var at = text.IndexOf('h', StringComparison.Ordinal);
            var before = at > 0 ? Decimal(text[..at]) : 0;
            var after = text[(at + 1)..].TrimEnd('m');
            var rest = after.Length == 0 ? 0 : Whole(after);
            return before is { } some && FromHours(some) is { } first ? first + rest : null;
        }

        return Decimal(text.Replace(',', '.')) is { } number ? FromHours(number) : null;
    }

    private static long? Whole(string text) =>
        text.Length <= 9 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static decimal? Decimal(string text) =>
        text.Length <= 12
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
