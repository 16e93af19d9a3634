using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>The functions that stand for values.</summary>
public static class ValueFunctions
{
    /// <summary>Functions that give a moment.</summary>
    public static IReadOnlyList<string> Moments { get; } =
    [
        "now()",
        "startOfDay()",
        "startOfWeek()",
        "startOfMonth()",
        "startOfYear()",
        "endOfDay()",
        "endOfWeek()",
        "endOfMonth()",
        "endOfYear()",
    ];

    /// <summary>The function that gives the person who asks.</summary>
    public const string CurrentUser = "currentUser()";

    /// <summary>The function that gives the teams of the person who asks.</summary>
    public const string MyTeams = "myTeams()";

    /// <summary>The function that gives the organizations of the person who asks.</summary>
    public const string MyOrganizations = "myOrganizations()";

    /// <summary>The function that gives the members of a team.</summary>
    public const string MembersOf = "membersOf";

    internal static bool IsMembersOf(ValueSyntax value) =>
        value.Arguments is not null && string.Equals(value.Text, MembersOf, StringComparison.OrdinalIgnoreCase);

    internal static MomentOperand Moment(ValueSyntax call)
    {
        var name = Folding.Fold(call.Text);
        if (name == "now" && call.Arguments!.Count == 0)
        {
            return new FromNow(Duration.Zero);
        }

        var (unit, isEnd) = name switch
        {
            "startofday" => (CalendarUnit.Day, false),
            "startofweek" => (CalendarUnit.Week, false),
            "startofmonth" => (CalendarUnit.Month, false),
            "startofyear" => (CalendarUnit.Year, false),
            "endofday" => (CalendarUnit.Day, true),
            "endofweek" => (CalendarUnit.Week, true),
            "endofmonth" => (CalendarUnit.Month, true),
            "endofyear" => (CalendarUnit.Year, true),
            _ => throw Unknown(call, Moments),
        };
        return call.Arguments!.Count switch
        {
            0 => new CalendarEdge(unit, isEnd, 0, Duration.Zero),
            1 => Shifted(unit, isEnd, call.Arguments[0]),
            _ => throw QueryProblem.At("query.too-many-arguments", call.Span, call.Text),
        };
    }

    private static CalendarEdge Shifted(CalendarUnit unit, bool isEnd, ValueSyntax argument)
    {
        var text = Folding.Fold(argument.Text.Trim());
        var natural = unit switch
        {
            CalendarUnit.Day => "d",
            CalendarUnit.Week => "w",
            CalendarUnit.Month => "mo",
            _ => "y",
        };
        var digits = text.EndsWith(natural, StringComparison.Ordinal) ? text[..^natural.Length] : text;
        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units))
        {
            return Math.Abs((long)units) <= 1_000
                ? new CalendarEdge(unit, isEnd, units, Duration.Zero)
                : throw QueryProblem.At("query.not-a-duration", argument.Span, argument.Text);
        }

        return ValueWords.TryDuration(text, out var offset)
            ? new CalendarEdge(unit, isEnd, 0, offset)
            : throw QueryProblem.At("query.not-a-duration", argument.Span, argument.Text);
    }

    internal static Exception Unknown(ValueSyntax call, IEnumerable<string> known)
    {
        var near = Folding.Nearest(call.Text + "()", known);
        return near is null
            ? QueryProblem.At("query.unknown-function", call.Span, call.Text)
            : QueryProblem.At("query.unknown-function-near", call.Span, call.Text, near);
    }
}
