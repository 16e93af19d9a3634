using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Looks up the names of a query and checks that operators and values fit. Pure.</summary>
public sealed class QueryBinder(QueryCatalog catalog, QueryScope scope, IQueryNames names)
{
    private readonly ComparisonBinder comparisons = new(scope, names);
    private readonly SubjectBinder subjects = new(catalog, scope);

    /// <summary>The query, ready to be asked.</summary>
    /// <exception cref="QueryException">A name is unknown, or an operator or value does not fit.</exception>
    public BoundQuery Bind(QuerySyntax query) =>
        new(
            query.Filter is null ? Predicate.Always : Bind(query.Filter),
            query.Order.SelectMany(sort => SortBinder.Bind(sort, subjects.Field(sort.Subject), scope)).ToValueList()
        );

    private Predicate Bind(ConditionSyntax condition) =>
        condition switch
        {
            AndSyntax and => new AllOf(and.Parts.Select(Bind).ToValueList()),
            OrSyntax or => new AnyOf(or.Parts.Select(Bind).ToValueList()),
            NotSyntax not => new Negation(Bind(not.Part)),
            ComparisonSyntax comparison => Comparison(comparison),
            _ => throw new InvalidOperationException($"No such condition: {condition.GetType().Name}"),
        };

    private Predicate Comparison(ComparisonSyntax comparison)
    {
        var field = subjects.Field(comparison.Subject);
        if (!field.Operators.Contains(comparison.Operator))
        {
            throw QueryProblem.At(
                "query.operator-not-possible",
                comparison.OperatorSpan,
                comparison.Operator.Symbol(),
                field.Name,
                string.Join(", ", field.Operators.Select(QueryOperators.Symbol))
            );
        }

        var metrics = field.Kind == QueryValueKind.Clock ? subjects.Metrics(comparison.Subject) : [];
        var predicate = comparisons.Bind(field, comparison, metrics);
        return field.AgentsOnly ? OnlyForAgents(predicate, comparison.Operator) : predicate;
    }

    /// <summary>On desks where the person is no agent the value is empty.</summary>
    private Predicate OnlyForAgents(Predicate predicate, QueryOperator @operator)
    {
        if (scope.SeesEverything)
        {
            return predicate;
        }

        var worksThere = new TextIn(new TextSlot(TextColumn.Desk), scope.Desks);
        return @operator == QueryOperator.Empty
            ? new AnyOf([new Negation(worksThere), predicate])
            : new AllOf([worksThere, predicate]);
    }

    /// <summary>The names of people, teams and organizations that have to be looked up before the query is bound. Skips what is wrong.</summary>
    public static MentionedNames NamesIn(QuerySyntax query, QueryCatalog catalog)
    {
        var found = new MentionedNames(
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal)
        );
        Collect(query.Filter, catalog, found);
        return found;
    }

    private static void Collect(ConditionSyntax? condition, QueryCatalog catalog, MentionedNames found)
    {
        switch (condition)
        {
            case AndSyntax and:
                and.Parts.ToList().ForEach(part => Collect(part, catalog, found));
                break;
            case OrSyntax or:
                or.Parts.ToList().ForEach(part => Collect(part, catalog, found));
                break;
            case NotSyntax not:
                Collect(not.Part, catalog, found);
                break;
            case ComparisonSyntax comparison:
                Collect(comparison, catalog, found);
                break;
        }
    }

    private static void Collect(ComparisonSyntax comparison, QueryCatalog catalog, MentionedNames found)
    {
        var set = SubjectBinder.KindOf(comparison.Subject, catalog) switch
        {
            QueryValueKind.Person => found.People,
            QueryValueKind.Team => found.Teams,
            QueryValueKind.Organization => found.Organizations,
            _ => null,
        };
        if (set is HashSet<string> words)
        {
            words.UnionWith(
                comparison
                    .Values.Where(value => value.Arguments is null)
                    .Select(value => Folding.Fold(value.Text.Trim()))
            );
        }
    }
}
