using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NodaTime;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Query;

/// <summary>
/// The query language as the rest of the product uses it. Catalogs and compiled conditions are kept as long as the snapshot
/// of the configuration that they were made from. Safe for many threads.
/// </summary>
/// <param name="extensions">What plugins add.</param>
/// <param name="names">Who is meant by names in conditions.</param>
/// <param name="keepsNames">Whether who is meant by a name is asked once, for work on many tickets that is to see one world; else each time.</param>
public sealed class QueryLanguage(TicketExtensions extensions, IQueryNames names, bool keepsNames = false)
{
    private readonly ConditionalWeakTable<IConfiguration, Compiled> compiled = [];

    /// <summary>What plugins add.</summary>
    public TicketExtensions Extensions => extensions;

    /// <summary>The subjects under a configuration.</summary>
    public QueryCatalog Catalog(IConfiguration configuration) => Kept(configuration).Catalog;

    /// <summary>What is wrong with a condition of configuration (of a policy, goal, transition …); null when nothing is. Empty text is right.</summary>
    public QueryError? CheckCondition(string text, IConfiguration configuration) =>
        Check(text, Catalog(configuration), QueryScope.Condition, names);

    /// <summary>What is wrong with a queue's query, asked by somebody who sees everything; null when nothing is.</summary>
    public QueryError? CheckQuery(string text, IConfiguration configuration) =>
        Check(text, Catalog(configuration), QueryScope.Condition with { IsCondition = false }, names);

    /// <summary>What is wrong with a query that somebody asks; null when nothing is.</summary>
    public QueryError? CheckQuery(string text, Viewer viewer, IConfiguration configuration) =>
        Check(text, Catalog(configuration), QueryScope.Of(viewer, configuration), names);

    /// <summary>The fields that are hidden from somebody, as words of the configuration name them.</summary>
    public HiddenSubjects HiddenFrom(Viewer viewer, IConfiguration configuration) =>
        new(Catalog(configuration), QueryScope.Of(viewer, configuration));

    /// <summary>
    /// Whether a condition of configuration reads a clock, or nothing but how late it is: no event of the ticket makes such a one
    /// true. False for one that cannot be read.
    /// </summary>
    public bool IsPastEvents(string condition, IConfiguration configuration)
    {
        if (!QueryParser.TryParse(condition, out var syntax, out _))
        {
            return false;
        }

        try
        {
            var bound = new QueryBinder(Catalog(configuration), QueryScope.Condition, names).Bind(syntax);
            return PredicateSources.ReadsClock(bound.Filter) || PredicateSources.ReadsTimeAlone(bound.Filter);
        }
        catch (QueryException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a condition of configuration holds for a ticket. Empty text holds always. A condition that cannot be read
    /// (any longer) holds never; <see cref="CheckCondition"/> says why. Pure, but for who is meant by names of people,
    /// teams and organizations. An order in it is ignored.
    /// </summary>
    public bool Holds(string condition, TicketSnapshot ticket, Instant now, IConfiguration configuration) =>
        Kept(configuration).Condition(condition, names, keepsNames) is { } made
        && made.Decide(new QuerySubject(ticket, extensions), QueryContext.Unattended(now));

    /// <summary>
    /// The truth of each part of a condition of configuration, whose whole is what <see cref="Holds"/> says. Null for empty
    /// text, which holds, and for one that cannot be read, which does not.
    /// </summary>
    public ConditionTruth? Explain(
        string condition,
        TicketSnapshot ticket,
        Instant now,
        IConfiguration configuration
    ) =>
        Kept(configuration)
            .Condition(condition, names, keepsNames)
            ?.Explain?.Invoke(new QuerySubject(ticket, extensions), QueryContext.Unattended(now));

    private Compiled Kept(IConfiguration configuration) =>
        compiled.GetValue(configuration, snapshot => new Compiled(new QueryCatalog(snapshot, extensions)));

    private static QueryError? Check(string text, QueryCatalog catalog, QueryScope scope, IQueryNames names)
    {
        try
        {
            new QueryBinder(catalog, scope, names).Bind(QueryParser.Parse(text));
            return null;
        }
        catch (QueryException exception)
        {
            return exception.Error;
        }
    }

    private sealed class Compiled(QueryCatalog catalog)
    {
        private readonly ConcurrentDictionary<string, CompiledCondition> conditions = new(StringComparer.Ordinal);
        private readonly ConditionExplanation explanation = new(catalog);

        public QueryCatalog Catalog => catalog;

        /// <summary>The condition; null when it cannot be read. One with names in it depends on facts that change, so it is bound each time unless names are kept.</summary>
        public CompiledCondition? Condition(string text, IQueryNames names, bool keepsNames)
        {
            if (conditions.TryGetValue(text, out var kept))
            {
                return kept;
            }

            if (!QueryParser.TryParse(text, out var syntax, out _))
            {
                return null;
            }

            try
            {
                var bound = new QueryBinder(catalog, QueryScope.Condition, names).Bind(syntax);
                var made = new CompiledCondition(
                    QueryEvaluator.Compile(bound.Filter),
                    syntax.Filter is { } filter ? explanation.Compile(filter, bound.Filter) : null
                );
                return keepsNames || QueryBinder.NamesIn(syntax, catalog).IsEmpty
                    ? conditions.GetOrAdd(text, made)
                    : made;
            }
            catch (QueryException)
            {
                return null;
            }
        }
    }

    private sealed record CompiledCondition(
        Func<QuerySubject, QueryContext, bool> Decide,
        Func<QuerySubject, QueryContext, ConditionTruth>? Explain
    );
}
