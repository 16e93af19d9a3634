using System.Text;
using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Configuration.Names;

/// <summary>
/// Gives a team or person another name in a query: where the parser finds a value of that kind, and nowhere else. What stands
/// around it stays as its author wrote it.
/// </summary>
internal static class NamesInQueries
{
    /// <summary>The query with the new name; as it is where the old one is not named, and where it cannot be read.</summary>
    public static string Renamed(string query, NameChange change, QueryCatalog catalog)
    {
        if (!QueryParser.TryParse(query, out var syntax, out _))
        {
            return query;
        }

        var found = new List<QuerySpan>();
        Collect(syntax.Filter, change, catalog, found);
        var text = new StringBuilder(query);
        foreach (var span in found.OrderByDescending(span => span.Start))
        {
            text.Remove(span.Start, span.Length).Insert(span.Start, QueryText.Quote(change.To));
        }

        return text.ToString();
    }

    private static void Collect(
        ConditionSyntax? condition,
        NameChange change,
        QueryCatalog catalog,
        List<QuerySpan> found
    )
    {
        switch (condition)
        {
            case AndSyntax and:
                and.Parts.ToList().ForEach(part => Collect(part, change, catalog, found));
                break;
            case OrSyntax or:
                or.Parts.ToList().ForEach(part => Collect(part, change, catalog, found));
                break;
            case NotSyntax not:
                Collect(not.Part, change, catalog, found);
                break;
            case ComparisonSyntax comparison:
                var kind = SubjectBinder.KindOf(comparison.Subject, catalog);
                Collect(kind, Names(comparison, comparison.Values), change, found);
                foreach (var clause in comparison.Clauses.Where(clause => clause.Kind <= HistoryClause.By))
                {
                    Collect(
                        clause.Kind == HistoryClause.By ? QueryValueKind.Person : kind,
                        Names(comparison, clause.Values),
                        change,
                        found
                    );
                }

                break;
            default:
                break;
        }
    }

    private static void Collect(
        QueryValueKind? kind,
        IEnumerable<ValueSyntax> values,
        NameChange change,
        List<QuerySpan> found
    )
    {
        var wanted = change.Thing == NamedThing.Team ? QueryValueKind.Team : QueryValueKind.Person;
        foreach (var value in values)
        {
            if (kind == wanted && value.Arguments is null && Is(value, change))
            {
                found.Add(value.Span);
            }

            // People are also named by the team that they are in.
            if (kind == QueryValueKind.Person && change.Thing == NamedThing.Team && ValueFunctions.IsMembersOf(value))
            {
                found.AddRange(value.Arguments!.Where(team => Is(team, change)).Select(team => team.Span));
            }
        }
    }

    // In questions about the past an EMPTY without quotes is none.
    private static IEnumerable<ValueSyntax> Names(ComparisonSyntax comparison, IEnumerable<ValueSyntax> values) =>
        comparison.Operator.ReadsHistory() ? values.Where(value => !HistoryBinder.IsEmpty(value)) : values;

    // As queries look names up.
    private static bool Is(ValueSyntax value, NameChange change) =>
        Folding.Fold(value.Text.Trim()) == Folding.Fold(change.From.Trim());
}
