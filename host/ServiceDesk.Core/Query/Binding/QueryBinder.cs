using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Looks up the names of a query and checks that operators and values fit. Pure.</summary>
public sealed class QueryBinder(QueryCatalog catalog, QueryScope scope, IQueryNames names)
{
    private readonly ComparisonBinder forAgents = new(scope, names, isCustomer: false);
    private readonly ComparisonBinder forCustomers = new(scope, names, isCustomer: true);
    private readonly SubjectBinder subjects = new(catalog, scope);
    private readonly FunctionBinder functions = new(catalog, scope, names);

    /// <summary>Whether whatever matches stands on desks that the viewer works on.</summary>
    private bool onlyWorked = scope.SeesEverything;

    /// <summary>The query, ready to be asked.</summary>
    /// <exception cref="QueryException">A name is unknown, or an operator or value does not fit.</exception>
    public BoundQuery Bind(QuerySyntax query)
    {
        onlyWorked = scope.SeesEverything || StaysOnWorkedDesks(query.Filter);
        var filter = query.Filter is null ? Predicate.Always : Bind(query.Filter);
        var desks = onlyWorked ? null : scope.Desks;
        return new BoundQuery(
            filter,
            query.Order.SelectMany(sort => Bind(sort, subjects.Field(sort.Subject), desks)).ToValueList()
        );
    }

    private IEnumerable<SortKey> Bind(SortSyntax sort, QueryField field, ValueList<string>? desks) =>
        scope.HiddenIn(field) is { IsNone: false } hidden
            ? SortBinder.Bind(sort, field, desks).Select(key => key with { HiddenIn = hidden })
            : SortBinder.Bind(sort, field, desks);

    private Predicate Bind(ConditionSyntax condition) =>
        condition switch
        {
            AndSyntax and => new AllOf(and.Parts.Select(Bind).ToValueList()),
            OrSyntax or => new AnyOf(or.Parts.Select(Bind).ToValueList()),
            NotSyntax not => new Negation(Bind(not.Part)),
            ComparisonSyntax comparison => Comparison(comparison),
            FunctionSyntax function => Function(function),
            _ => throw new InvalidOperationException($"No such condition: {condition.GetType().Name}"),
        };

    private Predicate Comparison(ComparisonSyntax comparison)
    {
        if (functions.Find(comparison.Subject) is { } function)
        {
            throw QueryProblem.At("query.function-stands-alone", comparison.OperatorSpan, function.Name);
        }

        var field = subjects.Field(comparison.Subject);
        var possible = scope.MayUse(field.Operators);
        if (!possible.Contains(comparison.Operator))
        {
            throw QueryProblem.At(
                "query.operator-not-possible",
                comparison.OperatorSpan,
                comparison.Operator.Symbol(),
                field.Name,
                string.Join(", ", possible.Select(QueryOperators.Symbol))
            );
        }

        if (scope.IsCondition && comparison.Operator.ReadsHistory())
        {
            throw QueryProblem.At(
                "query.history-not-in-conditions",
                comparison.OperatorSpan,
                comparison.Operator.Symbol()
            );
        }

        var metrics = field.Kind == QueryValueKind.Clock ? subjects.Metrics(comparison.Subject) : [];
        var hidden = scope.HiddenIn(field);
        var agents = HiddenFields.Guard(forAgents.Bind(field, comparison, metrics), hidden);
        return onlyWorked ? agents : Apart(agents, HiddenFields.Guard(ForCustomers(field, comparison), hidden));
    }

    private Predicate Function(FunctionSyntax function)
    {
        var words = functions.Words(function);
        return words is null ? Predicate.Never
            : onlyWorked ? words
            : Apart(words, Predicate.Never);
    }

    private Predicate ForCustomers(QueryField field, ComparisonSyntax comparison)
    {
        // What a ticket was before is the agents' own.
        if (comparison.Operator.ReadsHistory())
        {
            return Predicate.Never;
        }

        if (field.AgentsOnly)
        {
            return comparison.Operator == QueryOperator.Empty ? Predicate.Always : Predicate.Never;
        }

        var seen = field.PublicSlot is { } slot ? field with { Slot = slot } : field;
        return forCustomers.Bind(seen, comparison, []);
    }

    /// <summary>One predicate on the desks where the viewer is an agent, another one elsewhere.</summary>
    private Predicate Apart(Predicate agents, Predicate customers)
    {
        if (scope.IsCustomer || agents.Equals(customers))
        {
            return customers;
        }

        var there = new TextIn(new TextSlot(TextColumn.Desk), scope.Desks);
        return new AnyOf([new AllOf([there, agents]), new AllOf([new Negation(there), customers])]);
    }

    private bool StaysOnWorkedDesks(ConditionSyntax? condition) =>
        condition switch
        {
            AndSyntax and => and.Parts.Any(part => StaysOnWorkedDesks(part)),
            ComparisonSyntax { Operator: QueryOperator.Equal or QueryOperator.In } comparison => functions.Find(
                comparison.Subject
            )
                is null
                && subjects.Field(comparison.Subject) is { Slot: TextSlot { Column: TextColumn.Desk } } desk
                && forAgents.Bind(desk, comparison, []) is TextIn keys
                && keys.Values.All(key => scope.Desks.Contains(key, StringComparer.Ordinal)),
            _ => false,
        };

    /// <summary>The names of people, teams and organizations and the keys of tickets that have to be looked up before the query is bound. Skips what is wrong.</summary>
    public static MentionedNames NamesIn(QuerySyntax query, QueryCatalog catalog)
    {
        var found = new MentionedNames(
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<TicketKey>(),
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
            case FunctionSyntax function
                when FunctionBinder.KeyOf(function, catalog) is { } key && found.Tickets is HashSet<TicketKey> keys:
                keys.Add(key);
                break;
        }
    }

    private static void Collect(ComparisonSyntax comparison, QueryCatalog catalog, MentionedNames found)
    {
        var kind = SubjectBinder.KindOf(comparison.Subject, catalog);
        Collect(kind, comparison.Values, found);
        foreach (var clause in comparison.Clauses.Where(clause => clause.Kind <= HistoryClause.By))
        {
            Collect(clause.Kind == HistoryClause.By ? QueryValueKind.Person : kind, clause.Values, found);
        }
    }

    private static void Collect(QueryValueKind? kind, ValueList<ValueSyntax> values, MentionedNames found)
    {
        var set = kind switch
        {
            QueryValueKind.Person => found.People,
            QueryValueKind.Team => found.Teams,
            QueryValueKind.Organization => found.Organizations,
            _ => null,
        };
        if (set is HashSet<string> words)
        {
            words.UnionWith(
                values.Where(value => value.Arguments is null).Select(value => Folding.Fold(value.Text.Trim()))
            );
        }

        if (kind == QueryValueKind.Person && found.Members is HashSet<string> teams)
        {
            teams.UnionWith(
                values
                    .Where(ValueFunctions.IsMembersOf)
                    .SelectMany(call => call.Arguments!)
                    .Select(team => Folding.Fold(team.Text.Trim()))
            );
        }
    }
}
