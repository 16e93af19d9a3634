using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>Where something stands in a query's text.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="Length">Number of characters.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct QuerySpan(int Start, int Length)
{
    /// <summary>Index after the last character.</summary>
    public int End => Start + Length;

    /// <summary>From the first character of this to the last of another.</summary>
    public QuerySpan To(QuerySpan other) => new(Start, other.End - Start);
}

/// <summary>A query as it was written: names and values not looked up yet.</summary>
/// <param name="Filter">The condition; null means every ticket.</param>
/// <param name="Order">The order; empty means newest first.</param>
public sealed record QuerySyntax(ConditionSyntax? Filter, ValueList<SortSyntax> Order);

/// <summary>A condition.</summary>
public abstract record ConditionSyntax(QuerySpan Span);

/// <summary>All parts hold.</summary>
public sealed record AndSyntax(ValueList<ConditionSyntax> Parts, QuerySpan Span) : ConditionSyntax(Span);

/// <summary>Some part holds.</summary>
public sealed record OrSyntax(ValueList<ConditionSyntax> Parts, QuerySpan Span) : ConditionSyntax(Span);

/// <summary>The part does not hold.</summary>
public sealed record NotSyntax(ConditionSyntax Part, QuerySpan Span) : ConditionSyntax(Span);

/// <summary>A comparison of a subject with values.</summary>
/// <param name="Subject">What is compared.</param>
/// <param name="Operator">How.</param>
/// <param name="OperatorSpan">Where the operator stands.</param>
/// <param name="Values">One value, those of a list, or both ends of a span; none for empty, not empty and changed.</param>
public sealed record ComparisonSyntax(
    SubjectSyntax Subject,
    QueryOperator Operator,
    QuerySpan OperatorSpan,
    ValueList<ValueSyntax> Values,
    QuerySpan Span
) : ConditionSyntax(Span)
{
    /// <summary>For <c>WAS</c> and <c>CHANGED</c>, what is said of the change.</summary>
    public ValueList<ClauseSyntax> Clauses { get; init; } = [];
}

/// <summary>What is said of a change, such as <c>AFTER -7d</c>.</summary>
/// <param name="Kind">Which word.</param>
/// <param name="KeywordSpan">Where the word stands.</param>
/// <param name="Values">Its values; two for <c>DURING</c>.</param>
public sealed record ClauseSyntax(HistoryClause Kind, QuerySpan KeywordSpan, ValueList<ValueSyntax> Values);

/// <summary>A condition that a plugin brings, such as <c>linked("blocks")</c>.</summary>
/// <param name="Subject">Its name and argument.</param>
public sealed record FunctionSyntax(SubjectSyntax Subject, QuerySpan Span) : ConditionSyntax(Span);

/// <summary>What is compared or sorted by: a field's name, or a function of a name such as <c>sla("Time to resolution")</c>.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Argument">The function's argument; null for a field.</param>
public sealed record SubjectSyntax(string Name, ValueSyntax? Argument, QuerySpan Span);

/// <summary>A value: a word or quoted text, or a call such as <c>startOfDay(-1d)</c>.</summary>
/// <param name="Text">The word, the quoted text, or the function's name.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="Arguments">A function's arguments; null when it is no call.</param>
public sealed record ValueSyntax(string Text, bool IsQuoted, ValueList<ValueSyntax>? Arguments, QuerySpan Span);

/// <summary>One key of the order.</summary>
public sealed record SortSyntax(SubjectSyntax Subject, bool Descending, QuerySpan Span);

/// <summary>How a subject is compared.</summary>
public enum QueryOperator
{
    Equal = 1,
    NotEqual = 2,
    Less = 3,
    LessOrEqual = 4,
    Greater = 5,
    GreaterOrEqual = 6,
    Contains = 7,
    NotContains = 8,
    In = 9,
    NotIn = 10,
    Empty = 11,
    NotEmpty = 12,

    /// <summary>Between two moments.</summary>
    During = 13,
    Was = 14,
    WasNot = 15,
    WasIn = 16,
    WasNotIn = 17,
    Changed = 18,
}

/// <summary>The words behind <c>WAS</c> and <c>CHANGED</c>.</summary>
public enum HistoryClause
{
    /// <summary>The value before.</summary>
    From = 1,

    /// <summary>The value after.</summary>
    To = 2,

    /// <summary>Who changed it.</summary>
    By = 3,
    Before = 4,
    After = 5,

    /// <summary>On a day.</summary>
    On = 6,

    /// <summary>Between two moments.</summary>
    During = 7,
}

/// <summary>Operators as people write them.</summary>
public static class QueryOperators
{
    /// <summary>The operator's symbol or words.</summary>
    public static string Symbol(this QueryOperator @operator) =>
        @operator switch
        {
            QueryOperator.Equal => "=",
            QueryOperator.NotEqual => "!=",
            QueryOperator.Less => "<",
            QueryOperator.LessOrEqual => "<=",
            QueryOperator.Greater => ">",
            QueryOperator.GreaterOrEqual => ">=",
            QueryOperator.Contains => "~",
            QueryOperator.NotContains => "!~",
            QueryOperator.In => "IN",
            QueryOperator.NotIn => "NOT IN",
            QueryOperator.Empty => "IS EMPTY",
            QueryOperator.NotEmpty => "IS NOT EMPTY",
            QueryOperator.During => "DURING",
            QueryOperator.Was => "WAS",
            QueryOperator.WasNot => "WAS NOT",
            QueryOperator.WasIn => "WAS IN",
            QueryOperator.WasNotIn => "WAS NOT IN",
            _ => "CHANGED",
        };

    /// <summary>Whether it reads what a ticket was before.</summary>
    public static bool ReadsHistory(this QueryOperator @operator) => @operator >= QueryOperator.Was;

    /// <summary>The word of a clause.</summary>
    public static string Word(this HistoryClause clause) => clause.ToString().ToUpperInvariant();
}
