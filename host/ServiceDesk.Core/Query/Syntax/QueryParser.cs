using System.Diagnostics.CodeAnalysis;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>Reads the ticket query language. Pure; time is linear in the text.</summary>
/// <remarks>
/// <code>
/// query      = [or] ["ORDER" "BY" sort {"," sort}]
/// or         = and {"OR" and}
/// and        = not {"AND" not}
/// not        = "NOT" not | "(" or ")" | function | comparison
/// function   = name "(" value ")"
/// comparison = subject ("=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" | "!~") value
///            | subject ["NOT"] "IN" "(" value {"," value} ")"
///            | subject "IS" ["NOT"] ("EMPTY" | "NULL")
///            | subject "DURING" span
///            | subject "WAS" ["NOT"] (value | "IN" "(" value {"," value} ")") {clause}
///            | subject "CHANGED" {clause}
/// clause     = ("FROM" | "TO" | "BY") (value | "(" value {"," value} ")")
///            | ("BEFORE" | "AFTER" | "ON") value
///            | "DURING" span
/// span       = "(" value "," value ")"
/// subject    = name | name "(" value ")"
/// value      = word | quoted | name "(" [value {"," value}] ")"
/// sort       = subject ["ASC" | "DESC"]
/// </code>
/// Keywords are read in either case.
/// </remarks>
public sealed class QueryParser
{
    private readonly List<QueryToken> tokens;
    private int at;
    private int comparisons;
    private int values;

    private QueryParser(List<QueryToken> tokens) => this.tokens = tokens;

    private QueryToken Current => tokens[at];

    /// <summary>Reads a query.</summary>
    /// <exception cref="QueryException">It is wrong; the error says what and where.</exception>
    public static QuerySyntax Parse(string text)
    {
        if (text.Length > QueryText.MaxLength)
        {
            throw QueryProblem.At(
                "query.too-long",
                new QuerySpan(QueryText.MaxLength, text.Length - QueryText.MaxLength),
                $"{QueryText.MaxLength}"
            );
        }

        return new QueryParser(QueryLexer.Cut(text)).Query();
    }

    /// <summary>Reads a query without throwing.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out QuerySyntax? query,
        [NotNullWhen(false)] out QueryError? error
    )
    {
        try
        {
            (query, error) = (Parse(text), null);
            return true;
        }
        catch (QueryException exception)
        {
            (query, error) = (null, exception.Error);
            return false;
        }
    }

    private QuerySyntax Query()
    {
        var filter = Current.Kind == TokenKind.End || AtOrder() ? null : Or(0);
        var order = AtOrder() ? Order() : [];
        return Current.Kind == TokenKind.End
            ? new QuerySyntax(filter, order)
            : throw Unexpected("query.expected-and-or");
    }

    private bool AtOrder() => Current.IsKeyword("ORDER") && tokens[at + 1].IsKeyword("BY");

    private ConditionSyntax Or(int depth)
    {
        var parts = new List<ConditionSyntax> { And(depth) };
        while (Accept("OR"))
        {
            parts.Add(And(depth));
        }

        return parts.Count == 1 ? parts[0] : new OrSyntax(parts.ToValueList(), parts[0].Span.To(parts[^1].Span));
    }

    private ConditionSyntax And(int depth)
    {
        var parts = new List<ConditionSyntax> { Not(depth) };
        while (Accept("AND"))
        {
            parts.Add(Not(depth));
        }

        return parts.Count == 1 ? parts[0] : new AndSyntax(parts.ToValueList(), parts[0].Span.To(parts[^1].Span));
    }

    private ConditionSyntax Not(int depth)
    {
        var first = Current;
        if (depth > QueryText.MaxDepth)
        {
            throw QueryProblem.At("query.too-deep", first.Span, $"{QueryText.MaxDepth}");
        }

        if (Accept("NOT"))
        {
            var part = Not(depth + 1);
            return new NotSyntax(part, first.Span.To(part.Span));
        }

        if (first.Kind != TokenKind.Open)
        {
            return Comparison();
        }

        at++;
        var inner = Or(depth + 1);
        Expect(TokenKind.Close, "query.expected-close");
        return inner;
    }

    private ConditionSyntax Comparison()
    {
        var subject = Subject();
        if (++comparisons > QueryText.MaxComparisons)
        {
            throw QueryProblem.At("query.too-many-comparisons", subject.Span, $"{QueryText.MaxComparisons}");
        }

        if (subject.Argument is not null && AtEndOfCondition())
        {
            return new FunctionSyntax(subject, subject.Span);
        }

        var (@operator, span) = Operator(subject);
        var operands = @operator switch
        {
            QueryOperator.Empty or QueryOperator.NotEmpty or QueryOperator.Changed => ValueList<ValueSyntax>.Empty,
            QueryOperator.In or QueryOperator.NotIn or QueryOperator.WasIn or QueryOperator.WasNotIn => List(
                @operator.Symbol()
            ),
            QueryOperator.During => Ends(),
            _ => [Value(@operator.Symbol())],
        };
        var clauses = @operator.ReadsHistory() ? Clauses(@operator) : [];
        var whole = subject.Span.To(tokens[at - 1].Span);
        return new ComparisonSyntax(subject, @operator, span, operands, whole) { Clauses = clauses };
    }

    // Nothing compares: what stands in parentheses is the whole condition.
    private bool AtEndOfCondition() =>
        Current.Kind is TokenKind.End or TokenKind.Close
        || Current.IsKeyword("AND")
        || Current.IsKeyword("OR")
        || AtOrder();

    private SubjectSyntax Subject()
    {
        var name = Current;
        if (name.Kind is not (TokenKind.Word or TokenKind.Quoted) || IsReserved(name))
        {
            throw Unexpected("query.expected-field");
        }

        at++;
        if (name.Kind != TokenKind.Word || Current.Kind != TokenKind.Open)
        {
            return new SubjectSyntax(name.Text, null, name.Span);
        }

        at++;
        var argument = Value(name.Text);
        var close = Expect(TokenKind.Close, "query.expected-close");
        return new SubjectSyntax(name.Text, argument, name.Span.To(close.Span));
    }

    private static bool IsReserved(QueryToken token) =>
        token.IsKeyword("AND")
        || token.IsKeyword("OR")
        || token.IsKeyword("NOT")
        || token.IsKeyword("IN")
        || token.IsKeyword("IS");

    private (QueryOperator Operator, QuerySpan Span) Operator(SubjectSyntax subject)
    {
        var first = Current;
        if (first.Kind == TokenKind.Operator)
        {
            at++;
            return (Symbol(first.Text), first.Span);
        }

        if (Accept("IN"))
        {
            return (QueryOperator.In, first.Span);
        }

        if (first.IsKeyword("NOT") && tokens[at + 1].IsKeyword("IN"))
        {
            at += 2;
            return (QueryOperator.NotIn, first.Span.To(tokens[at - 1].Span));
        }

        if (Accept("DURING"))
        {
            return (QueryOperator.During, first.Span);
        }

        if (Accept("CHANGED"))
        {
            return (QueryOperator.Changed, first.Span);
        }

        if (Accept("WAS"))
        {
            return (Was(), first.Span.To(tokens[at - 1].Span));
        }

        if (!Accept("IS"))
        {
            throw Unexpected("query.expected-operator", subject.Name);
        }

        var not = Accept("NOT");
        return Accept("EMPTY") || Accept("NULL")
            ? (not ? QueryOperator.NotEmpty : QueryOperator.Empty, first.Span.To(tokens[at - 1].Span))
            : throw Unexpected("query.expected-empty");
    }

    private QueryOperator Was() =>
        (Accept("NOT"), Accept("IN")) switch
        {
            (false, false) => QueryOperator.Was,
            (true, false) => QueryOperator.WasNot,
            (false, true) => QueryOperator.WasIn,
            _ => QueryOperator.WasNotIn,
        };

    private ValueList<ClauseSyntax> Clauses(QueryOperator @operator)
    {
        var clauses = new List<ClauseSyntax>();
        while (AtClause() is { } kind)
        {
            var word = tokens[at++];
            if (kind <= HistoryClause.By && @operator != QueryOperator.Changed)
            {
                throw QueryProblem.At("query.only-changed", word.Span, kind.Word());
            }

            if (kind <= HistoryClause.By && clauses.Exists(other => other.Kind == kind))
            {
                throw QueryProblem.At("query.clause-twice", word.Span, kind.Word());
            }

            var operands = kind switch
            {
                HistoryClause.During => Ends(),
                <= HistoryClause.By when Current.Kind == TokenKind.Open => List(kind.Word()),
                _ => [Value(kind.Word())],
            };
            clauses.Add(new ClauseSyntax(kind, word.Span, operands));
        }

        return clauses.Count <= QueryText.MaxClauses
            ? clauses.ToValueList()
            : throw QueryProblem.At(
                "query.too-many-clauses",
                clauses[QueryText.MaxClauses].KeywordSpan,
                $"{QueryText.MaxClauses}"
            );
    }

    private HistoryClause? AtClause() =>
        Enum.GetValues<HistoryClause>()
            .Where(kind => Current.IsKeyword(kind.Word()))
            .Select(kind => (HistoryClause?)kind)
            .FirstOrDefault();

    /// <summary>Both ends of a span of time.</summary>
    private ValueList<ValueSyntax> Ends()
    {
        Expect(TokenKind.Open, "query.expected-span");
        var start = Value("DURING");
        Expect(TokenKind.Comma, "query.expected-span");
        var end = Value("DURING");
        Expect(TokenKind.Close, "query.expected-close");
        return [start, end];
    }

    private static QueryOperator Symbol(string text) =>
        text switch
        {
            "=" => QueryOperator.Equal,
            "!=" => QueryOperator.NotEqual,
            "<" => QueryOperator.Less,
            "<=" => QueryOperator.LessOrEqual,
            ">" => QueryOperator.Greater,
            ">=" => QueryOperator.GreaterOrEqual,
            "~" => QueryOperator.Contains,
            _ => QueryOperator.NotContains,
        };

    private ValueList<ValueSyntax> List(string after)
    {
        Expect(TokenKind.Open, "query.expected-list", after);
        var list = new List<ValueSyntax> { Value(after) };
        while (Current.Kind == TokenKind.Comma)
        {
            at++;
            list.Add(Value(after));
        }

        Expect(TokenKind.Close, "query.expected-close");
        return list.ToValueList();
    }

    private ValueSyntax Value(string after)
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Word or TokenKind.Quoted))
        {
            throw Unexpected("query.expected-value", after);
        }

        if (++values > QueryText.MaxValues)
        {
            throw QueryProblem.At("query.too-many-values", token.Span, $"{QueryText.MaxValues}");
        }

        at++;
        return token.Kind == TokenKind.Word && Current.Kind == TokenKind.Open
            ? Call(token)
            : new ValueSyntax(token.Text, token.Kind == TokenKind.Quoted, null, token.Span);
    }

    private ValueSyntax Call(QueryToken name)
    {
        at++;
        var arguments = new List<ValueSyntax>();
        while (Current.Kind != TokenKind.Close)
        {
            if (arguments.Count > 0)
            {
                Expect(TokenKind.Comma, "query.expected-close");
            }

            var argument = Current;
            if (argument.Kind is not (TokenKind.Word or TokenKind.Quoted))
            {
                throw Unexpected("query.expected-close");
            }

            at++;
            arguments.Add(new ValueSyntax(argument.Text, argument.Kind == TokenKind.Quoted, null, argument.Span));
        }

        var close = Expect(TokenKind.Close, "query.expected-close");
        return new ValueSyntax(name.Text, false, arguments.ToValueList(), name.Span.To(close.Span));
    }

    private ValueList<SortSyntax> Order()
    {
        at += 2;
        var sorts = new List<SortSyntax> { Sort() };
        while (Current.Kind == TokenKind.Comma)
        {
            at++;
            sorts.Add(Sort());
        }

        return sorts.Count <= QueryText.MaxSorts
            ? sorts.ToValueList()
            : throw QueryProblem.At("query.too-many-sorts", sorts[QueryText.MaxSorts].Span, $"{QueryText.MaxSorts}");
    }

    private SortSyntax Sort()
    {
        var subject = Subject();
        var descending = Accept("DESC");
        if (!descending)
        {
            Accept("ASC");
        }

        return new SortSyntax(subject, descending, subject.Span.To(tokens[at - 1].Span));
    }

    private bool Accept(string keyword)
    {
        if (!Current.IsKeyword(keyword))
        {
            return false;
        }

        at++;
        return true;
    }

    private QueryToken Expect(TokenKind kind, string code, params ReadOnlySpan<string> arguments)
    {
        if (Current.Kind != kind)
        {
            throw Unexpected(code, arguments);
        }

        return tokens[at++];
    }

    private QueryException Unexpected(string code, params ReadOnlySpan<string> arguments) =>
        QueryProblem.At(code, Current.Span, arguments);
}
