using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>Tells queries that somebody types into the search box from words that only look alike.</summary>
public static class SearchQueries
{
    /// <summary>Whether it can be read as a query, each of whose comparisons asks for something that there is, or that is near it.</summary>
    public static bool IsQuery(string text, QueryCatalog catalog) =>
        QueryParser.TryParse(text, out var query, out _)
        && (query.Filter is not null || query.Order.Count > 0)
        && Subjects(query.Filter)
            .Concat(query.Order.Select(key => key.Subject))
            .Any(subject => IsKnown(subject, catalog));

    /// <summary>What is wrong with what looks like a query and cannot be read as one, with its place; null where it does not look so.</summary>
    public static QueryError? Mistake(string text, QueryCatalog catalog)
    {
        try
        {
            var tokens = QueryLexer.Cut(text);
            return
                tokens.Zip(tokens.Skip(1)).Any(pair => Compares(pair.First, pair.Second, catalog))
                && !QueryParser.TryParse(text, out _, out var error)
                ? error
                : null;
        }
        catch (QueryException)
        {
            return null;
        }
    }

    private static bool Compares(QueryToken subject, QueryToken sign, QueryCatalog catalog) =>
        subject.Kind == TokenKind.Word && sign.Kind == TokenKind.Operator && catalog.Find(subject.Text) is not null;

    private static bool IsKnown(SubjectSyntax subject, QueryCatalog catalog) =>
        SubjectBinder.Find(subject, catalog) is not null
        || (subject.Argument is not null && catalog.FindFunction(subject.Name) is not null)
        || (
            subject.Argument is null
            && Folding.Nearest(subject.Name, catalog.Fields.Select(field => field.Name)) is not null
        );

    private static IEnumerable<SubjectSyntax> Subjects(ConditionSyntax? condition) =>
        condition switch
        {
            AndSyntax and => and.Parts.SelectMany(Subjects),
            OrSyntax or => or.Parts.SelectMany(Subjects),
            NotSyntax not => Subjects(not.Part),
            ComparisonSyntax comparison => [comparison.Subject],
            FunctionSyntax function => [function.Subject],
            _ => [],
        };
}
