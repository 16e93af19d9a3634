using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>A search as a query, with what it looks for in texts.</summary>
/// <param name="Query">The query.</param>
/// <param name="Terms">Folded words and phrases that texts must contain, for highlights.</param>
/// <param name="Words">What was written as words, without operators; empty when it was none. Other sources than tickets look for it.</param>
/// <param name="Notes">What could not be understood and is read as text, with its place.</param>
public sealed record SearchPlan(
    QuerySyntax Query,
    ValueList<string> Terms,
    ValueList<string> Words,
    ValueList<QueryError> Notes
)
{
    /// <summary>The query in canonical form.</summary>
    public string Text => QueryWriter.Write(Query);

    /// <summary>The plan of a query that somebody wrote as one.</summary>
    public static SearchPlan Of(QuerySyntax query, QueryCatalog catalog) =>
        new(query, TermsOf(query.Filter, catalog).ToValueList(), [], []);

    /// <summary>
    /// The lists that follow one another: what has all that is looked for in the summary first, then the rest, each newest
    /// first. A query with an order of its own, and one that looks for nothing in texts, is one list.
    /// </summary>
    public IReadOnlyList<string> Bands(QueryCatalog catalog)
    {
        if (Query is not { Filter: { } filter, Order.Count: 0 } || InSummary(filter, catalog) is not { } titled)
        {
            return [Text];
        }

        // What is asked for besides is not asked for again in what is left out.
        var parts = filter is AndSyntax and ? and.Parts : [filter];
        var first = parts.Select(part => InSummary(part, catalog)).OfType<ConditionSyntax>().ToValueList();
        var excluded = new NotSyntax(first.Count == 1 ? first[0] : new AndSyntax(first, default), default);
        return [Written(titled), Written(new AndSyntax(parts.Append(excluded).ToValueList(), default))];
    }

    /// <summary>What texts must contain, by all that must hold and all of which one must.</summary>
    public static IEnumerable<string> TermsOf(ConditionSyntax? condition, QueryCatalog catalog) =>
        (
            condition switch
            {
                AndSyntax and => and.Parts.SelectMany(part => TermsOf(part, catalog)),
                OrSyntax or => or.Parts.SelectMany(part => TermsOf(part, catalog)),
                ComparisonSyntax { Operator: QueryOperator.Contains } text
                    when FieldOf(text, catalog) is { Kind: QueryValueKind.Search } => SearchTerms.Of(
                    text.Values[0].Text
                ),
                _ => [],
            }
        ).Distinct(StringComparer.Ordinal);

    private static string Written(ConditionSyntax condition) => QueryWriter.Write(new QuerySyntax(condition, []));

    // The same condition with what is looked for anywhere looked for in the summary, which is stricter; null when nothing is.
    private static ConditionSyntax? InSummary(ConditionSyntax condition, QueryCatalog catalog)
    {
        var found = false;
        var titled = Titled(condition);
        return found ? titled : null;

        ConditionSyntax Titled(ConditionSyntax one)
        {
            switch (one)
            {
                case AndSyntax and:
                    return and with { Parts = and.Parts.Select(Titled).ToValueList() };
                case OrSyntax or:
                    return or with { Parts = or.Parts.Select(Titled).ToValueList() };
                case ComparisonSyntax { Operator: QueryOperator.Contains } text
                    when FieldOf(text, catalog) is { Kind: QueryValueKind.Search, Scope: TextScope.Everything }:
                    found = true;
                    return text with { Subject = new SubjectSyntax("summary", null, text.Subject.Span) };
                default:
                    return one;
            }
        }
    }

    private static QueryField? FieldOf(ComparisonSyntax comparison, QueryCatalog catalog) =>
        SubjectBinder.Find(comparison.Subject, catalog);
}
