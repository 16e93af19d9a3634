using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>What somebody typed into the search box, cut into parts whose names are not looked up yet.</summary>
/// <param name="Root">What is looked for; null when nothing was typed.</param>
/// <param name="Notes">What could not be understood and is read as text, with its place.</param>
public sealed record SearchText(SearchPart? Root, ValueList<QueryError> Notes)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>How many words and phrases are searched for.</summary>
    public const int MaxWords = 10;

    /// <summary>How many words with a colon are read.</summary>
    public const int MaxFields = 30;

    /// <summary>How many names of people, teams and organizations are looked up.</summary>
    public const int MaxNames = 20;

    /// <summary>How long the values of all lists may be together where they are written, so that the lists of hits are right queries.</summary>
    public const int MaxListed = 2_500;
}

/// <summary>A part of a search.</summary>
/// <param name="Span">Where it stands in what was typed.</param>
public abstract record SearchPart(QuerySpan Span);

/// <summary>A word, or a phrase that stood in quotes.</summary>
public sealed record SearchWord(string Text, bool IsPhrase, QuerySpan Span) : SearchPart(Span);

/// <summary>A word with a colon, such as <c>priority:high,critical</c> or <c>created:&gt;2026-01-01</c>.</summary>
/// <param name="Name">What stands before the colon.</param>
/// <param name="Operator">What stands behind it, as the query language has it; null when nothing does.</param>
/// <param name="Values">The values; none when nothing follows.</param>
/// <param name="Raw">The whole as it was typed.</param>
public sealed record SearchField(
    string Name,
    QuerySpan NameSpan,
    QueryOperator? Operator,
    ValueList<ValueSyntax> Values,
    string Raw,
    QuerySpan Span
) : SearchPart(Span);

/// <summary>Not the part.</summary>
public sealed record SearchNot(SearchPart Part, QuerySpan Span) : SearchPart(Span);

/// <summary>All parts.</summary>
public sealed record SearchAll(ValueList<SearchPart> Parts, QuerySpan Span) : SearchPart(Span);

/// <summary>Some part.</summary>
public sealed record SearchAny(ValueList<SearchPart> Parts, QuerySpan Span) : SearchPart(Span);
