using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Completion;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Query.Building;

/// <summary>A value of a row as people type it: a function such as <c>currentUser()</c>, or text.</summary>
public static class TypedValue
{
    /// <summary>The value.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="kind">What it is compared with: only people, teams, organizations and times have functions.</param>
    public static ValueSyntax Read(string typed, QueryValueKind kind)
    {
        var text = typed.Trim();
        return
            text.EndsWith(')')
            && kind
                is QueryValueKind.Person
                    or QueryValueKind.Team
                    or QueryValueKind.Organization
                    or QueryValueKind.Moment
                    or QueryValueKind.Date
            && QueryParser.TryParse($"x = {text}", out var query, out _)
            && query is { Filter: ComparisonSyntax { Values: [{ Arguments: { } arguments } call] }, Order.Count: 0 }
            ? new ValueSyntax(
                call.Text,
                false,
                [.. arguments.Select(argument => argument with { Span = default })],
                default
            )
            : new ValueSyntax(text, QueryCompletion.Written(text) != text, null, default);
    }

    /// <summary>The value as one would type it.</summary>
    public static string Write(ValueSyntax value) =>
        value.Arguments is { } arguments
            ? $"{value.Text}({string.Join(", ", arguments.Select(argument => argument.IsQuoted ? QueryText.Quote(argument.Text) : argument.Text))})"
            : value.Text;
}
