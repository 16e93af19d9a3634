using System.Globalization;
using System.Linq.Expressions;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries;

/// <summary>A part of a key, as somebody types it: the end of the desk's key, and the beginning of the number.</summary>
/// <param name="Desk">In capitals; empty for any desk.</param>
/// <param name="Number">Null for any number.</param>
internal sealed record KeyPart(string Desk, int? Number)
{
    private const int LongestDesk = 10;
    private const int LongestNumber = 9;

    /// <summary>Reads <c>12</c>, <c>SD-1</c>, <c>-12</c> or <c>itsd-</c>; null when it is no part of a key. Letters alone are words, not a key.</summary>
    public static KeyPart? Of(string? text)
    {
        var typed = (text ?? string.Empty).Trim();
        var dash = typed.LastIndexOf('-');
        var (desk, digits) = dash < 0 ? (string.Empty, typed) : (typed[..dash], typed[(dash + 1)..]);
        if (
            desk.Length > LongestDesk
            || digits.Length > LongestNumber
            || desk.Length + digits.Length == 0
            || !desk.All(char.IsAsciiLetterOrDigit)
            || !digits.All(char.IsAsciiDigit)
            || digits.StartsWith('0')
        )
        {
            return null;
        }

        return new KeyPart(
            desk.ToUpperInvariant(),
            digits.Length == 0 ? null : int.Parse(digits, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>The keys that it is a part of, among those that have the number itself.</summary>
    public IQueryable<TicketKeyRow> Exactly(IQueryable<TicketKeyRow> keys) =>
        Number is { } number ? OnDesk(keys).Where(key => key.Number == number) : OnDesk(keys);

    /// <summary>The keys that it is a part of.</summary>
    public IQueryable<TicketKeyRow> In(IQueryable<TicketKeyRow> keys) =>
        Number is { } number ? OnDesk(keys).Where(BeginsWith(number)) : OnDesk(keys);

    private IQueryable<TicketKeyRow> OnDesk(IQueryable<TicketKeyRow> keys)
    {
        var desk = Desk;
        return desk.Length == 0 ? keys : keys.Where(key => key.Desk.EndsWith(desk));
    }

    // 12 begins 12, 120 to 129, 1200 to 1299 and so on: ranges, which every database compares as numbers.
    private static Expression<Func<TicketKeyRow, bool>> BeginsWith(int number)
    {
        var key = Expression.Parameter(typeof(TicketKeyRow), "key");
        var column = Expression.Property(key, nameof(TicketKeyRow.Number));
        Expression? any = null;
        for (long first = number, last = number; first <= int.MaxValue; (first, last) = (first * 10, (last * 10) + 9))
        {
            var between = Expression.AndAlso(
                Expression.GreaterThanOrEqual(column, Expression.Constant((int)first)),
                Expression.LessThanOrEqual(column, Expression.Constant((int)Math.Min(last, int.MaxValue)))
            );
            any = any is null ? between : Expression.OrElse(any, between);
        }

        return Expression.Lambda<Func<TicketKeyRow, bool>>(any!, key);
    }
}
