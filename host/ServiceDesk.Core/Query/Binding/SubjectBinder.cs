using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Looks up what a subject names.</summary>
internal sealed class SubjectBinder(QueryCatalog catalog, QueryScope scope)
{
    private static readonly string[] Functions = ["sla", "field"];

    private static readonly QueryField Clock = new()
    {
        Name = "sla",
        Kind = QueryValueKind.Clock,
        AgentsOnly = true,
        IsSortable = false,
    };

    public QueryField Field(SubjectSyntax subject)
    {
        var found = Find(subject, catalog);
        if (found is null || !scope.MayName(found))
        {
            throw Unknown(subject);
        }

        if (scope.IsCondition && found is { Kind: QueryValueKind.Search, Scope: TextScope.Everything })
        {
            throw QueryProblem.At("query.not-in-conditions", subject.Span, found.Name);
        }

        return found;
    }

    /// <summary>Ids of the metrics that <c>sla("…")</c> names.</summary>
    public ValueList<string> Metrics(SubjectSyntax subject)
    {
        var argument = subject.Argument!;
        var found = catalog.FindMetrics(argument.Text);
        if (found.Count > 0)
        {
            return found;
        }

        var names = catalog.Metrics.SelectMany(metric =>
            metric.Names.SelectMany(name => name.Texts.Values).Prepend(metric.Id)
        );
        var near = Folding.Nearest(argument.Text, names);
        throw near is null
            ? QueryProblem.At("query.unknown-metric", argument.Span, argument.Text)
            : QueryProblem.At("query.unknown-metric-near", argument.Span, argument.Text, near);
    }

    /// <summary>Whether subjects of a name are made of what stands in its brackets.</summary>
    public static bool IsFunction(string name) => Functions.Contains(Folding.Fold(name), StringComparer.Ordinal);

    public static QueryValueKind? KindOf(SubjectSyntax subject, QueryCatalog catalog) => Find(subject, catalog)?.Kind;

    /// <summary>The subject; null when there is none of that name.</summary>
    public static QueryField? Find(SubjectSyntax subject, QueryCatalog catalog) =>
        (Folding.Fold(subject.Name, 100), subject.Argument) switch
        {
            (_, null) => catalog.Find(subject.Name),
            ("sla", { Arguments: null }) => Clock,
            ("field", { Arguments: null } argument) => catalog.FindConfigured(argument.Text),
            _ => null,
        };

    private Exception Unknown(SubjectSyntax subject)
    {
        var isFunction = subject.Argument is not null;
        var (name, span) =
            isFunction && Folding.Fold(subject.Name) == "field"
                ? (subject.Argument!.Text, subject.Argument.Span)
                : (subject.Name, subject.Span);
        var known =
            isFunction && name == subject.Name
                ? scope.IsCustomer
                    ? Functions
                    : Functions.Concat(catalog.Functions.Select(one => one.Name))
                : catalog.Fields.Where(scope.MayName).Select(field => field.Name);
        var near = Folding.Nearest(name, known);
        return near is null
            ? QueryProblem.At("query.unknown-field", span, name)
            : QueryProblem.At("query.unknown-field-near", span, name, near);
    }
}
